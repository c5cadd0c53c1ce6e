/** What may stand in a name: nothing that cannot be seen, one line, not too many characters; and names that are free. */
import { inOneLine, readAlike, withoutHidden } from '#quantity';
import type { Localized } from './schema.ts';
import { MAX_NAME } from './limits.ts';

/** A text made a name: in one line, without what cannot be seen, cut where it is too long. */
export function asName(text: string, most: number = MAX_NAME): string {
  const plain = withoutHidden(inOneLine(text));
  if (plain.length <= most) return plain;
  // a cut may leave a joiner without what it joins
  return withoutHidden(Array.from(plain).slice(0, most).join(''));
}

/** The same in both languages. */
export function asNames({ zh, en }: Localized, most?: number): Localized {
  return { zh: asName(zh, most), en: asName(en, most) };
}

/** Characters that are left for a number behind a name. */
const NUMBER_ROOM = 8;

/** Names that are given, in both languages, as a reader tells them apart. */
export class TakenNames {
  readonly #zh = new Set<string>();
  readonly #en = new Set<string>();
  /** By name: the number from which on none was given; a thousand may be called the same. */
  readonly #next = new Map<string, number>();

  constructor(names: readonly Localized[] = []) {
    for (const name of names) this.add(name);
  }

  add({ zh, en }: Localized): void {
    this.#zh.add(readAlike(zh));
    this.#en.add(readAlike(en));
  }

  /** Whether the name is taken in either language. */
  has({ zh, en }: Localized): boolean {
    return this.#zh.has(readAlike(zh)) || this.#en.has(readAlike(en));
  }

  /** The name, or where it is taken the same with the first free number behind it: `甲（2）`, `A (2)`. */
  free(wanted: Localized): Localized {
    if (!this.has(wanted)) return wanted;
    const { zh, en } = asNames(wanted, MAX_NAME - NUMBER_ROOM);
    const key = `${zh}\n${en}`;
    for (let number = this.#next.get(key) ?? 2; ; number += 1) {
      const name = { zh: `${zh}（${number}）`, en: `${en} (${number})` };
      if (this.has(name)) continue;
      this.#next.set(key, number);
      return name;
    }
  }
}
