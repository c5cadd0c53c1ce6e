/** Takes out of the texts of a document what cannot be seen and can deceive: control characters, reversed writing. */

import { HIDDEN, withoutHidden } from '#plan';

/** A text from which characters were taken. */
export interface CleanedText {
  /** As `scenarios[0].name.zh`. */
  readonly path: string;
  /** As `U+202E U+0007`. */
  readonly characters: string;
}

/** The value with all its texts cleaned, and what was taken where. Keys are left to the check of the shape. */
export function cleanTexts(value: unknown): { value: unknown; cleaned: readonly CleanedText[] } {
  const cleaned: CleanedText[] = [];
  const clean = (part: unknown, path: string): unknown => {
    if (typeof part === 'string') {
      const found = part.match(HIDDEN);
      if (!found) return part;
      const points = new Set(
        found.map((one) => `U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`),
      );
      cleaned.push({ path, characters: [...points].join(' ') });
      return withoutHidden(part);
    }
    if (Array.isArray(part)) return part.map((item: unknown, index) => clean(item, `${path}[${index}]`));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, field]) => [key, clean(field, path === '' ? key : `${path}.${key}`)]),
    );
  };
  return { value: clean(value, ''), cleaned };
}
