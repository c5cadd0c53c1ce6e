/** Bytes in the 64 characters that a link carries unharmed (RFC 4648, section 5), without padding. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUE: ReadonlyMap<string, number> = new Map([...ALPHABET].map((letter, index) => [letter, index]));

/** Writes bytes as text. */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const letters = Math.min(3, bytes.length - at) + 1;
    for (let letter = 0; letter < letters; letter += 1)
      text += ALPHABET.charAt((group >> (18 - 6 * letter)) & 63);
  }
  return text;
}

/** Reads bytes back; undefined for a text that `toBase64Url` cannot have written. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    const value = VALUE.get(letter);
    if (value === undefined) return undefined;
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = held >> bits;
    at += 1;
    held &= (1 << bits) - 1;
  }
  return bits < 6 && held === 0 ? bytes : undefined;
}
