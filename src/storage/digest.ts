/** Recognises content, a piece after another. At once and small; protects nothing, and two contents may meet once in 2^64. */

const PRIME = 0x01000193;

/** What is recognised so far. */
export class Digest {
  // FNV-1a twice, from two beginnings, the second turned so that the two part
  #first = 0x811c9dc5;
  #second = 0x2545f491;

  /** Takes a piece; how a text is cut into pieces makes no difference. */
  add(text: string): this {
    let [first, second] = [this.#first, this.#second];
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      first = Math.imul(first ^ unit, PRIME);
      second = Math.imul(second ^ unit, PRIME);
      second = (second << 13) | (second >>> 19);
    }
    [this.#first, this.#second] = [first, second];
    return this;
  }

  /** What stands for all that was taken. */
  toString(): string {
    return [this.#first, this.#second].map((part) => (part >>> 0).toString(36)).join('-');
  }
}

/** What stands for a text. */
export function digestOf(text: string): string {
  return new Digest().add(text).toString();
}
