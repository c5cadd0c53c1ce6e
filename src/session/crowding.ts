/** How near what the browser keeps has come to what it may refuse. Its own figure of what is free cannot be trusted; what is used can. */

/** From here on a person is warned. Bytes. */
const WARN_BYTES = 200_000_000;

/** From here on no new versions are kept; edits always are. Bytes. */
const STOP_BYTES = 500_000_000;

/** How full it is with so many bytes: undefined while there is nothing to say. */
export function crowding(used: number): 'filling' | 'full' | undefined {
  if (used >= STOP_BYTES) return 'full';
  return used >= WARN_BYTES ? 'filling' : undefined;
}
