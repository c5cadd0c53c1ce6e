/** How near what the browser keeps has come to what it may refuse. Its own figure of what is free cannot be trusted; what is used can. */
import { CROWDED_BYTES } from '#plan';

/** How full it is with so many bytes: undefined while there is nothing to say. */
export function crowding(used: number): 'filling' | 'full' | undefined {
  if (used >= CROWDED_BYTES.stop) return 'full';
  return used >= CROWDED_BYTES.warn ? 'filling' : undefined;
}
