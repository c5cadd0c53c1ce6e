/** Deflating, and inflating that stops at a limit: the only place that knows the library. */
import { Inflate, deflateSync, type FlateError } from 'fflate';

/** Bytes given to the inflater at once: what comes of them, at most a thousandfold, is all that can go over the limit. */
const STEP_BYTES = 512;

/** Deflates bytes as small as it gets; the same bytes give the same bytes. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 9, mem: 8 });
}

/** Either the bytes, or whether there are too many of them or they are no deflated bytes. */
export type Inflated =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: 'too_large' | 'damaged' };

/** Inflates bytes and stops as soon as more than `limit` have come out. */
export function inflate(bytes: Uint8Array, limit: number): Inflated {
  const chunks: Uint8Array[] = [];
  let count = 0;
  const stream = new Inflate((chunk) => {
    chunks.push(chunk);
    count += chunk.length;
  });
  try {
    for (let at = 0; at < bytes.length && count <= limit; at += STEP_BYTES) {
      stream.push(bytes.slice(at, at + STEP_BYTES), at + STEP_BYTES >= bytes.length);
    }
  } catch (error) {
    if (isFlateError(error)) return { ok: false, reason: 'damaged' };
    throw error;
  }
  if (count > limit) return { ok: false, reason: 'too_large' };
  const whole = new Uint8Array(count);
  let to = 0;
  for (const chunk of chunks) {
    whole.set(chunk, to);
    to += chunk.length;
  }
  return { ok: true, bytes: whole };
}

function isFlateError(error: unknown): error is FlateError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
