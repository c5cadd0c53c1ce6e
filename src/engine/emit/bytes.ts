/** Bytes of the WebAssembly binary format, in the order in which they are written. */

/** A growing row of bytes. */
export class Bytes {
  #bytes = new Uint8Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): this {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
    return this;
  }

  all(values: ArrayLike<number>): this {
    this.#grow(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
    return this;
  }

  /** A whole number without a sign, seven bits a byte. */
  unsigned(value: number): this {
    let rest = value;
    while (rest > 127) {
      this.byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    return this.byte(rest);
  }

  /** A whole number with its sign, seven bits a byte. */
  signed(value: bigint): this {
    let rest = value;
    for (;;) {
      const low = Number(rest & 127n);
      rest >>= 7n;
      const isLast = (rest === 0n && low < 64) || (rest === -1n && low >= 64);
      this.byte(isLast ? low : low + 128);
      if (isLast) return this;
    }
  }

  /** The eight bytes of a number. */
  double(value: number): this {
    return this.all(new Uint8Array(new Float64Array([value]).buffer));
  }

  /** Length first, then the bytes. */
  sized(inner: Bytes): this {
    return this.unsigned(inner.length).all(inner.toArray());
  }

  text(value: string): this {
    return this.sized(new Bytes().all(new TextEncoder().encode(value)));
  }

  toArray(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(by: number): void {
    if (this.#length + by <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + by));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
