/** Takes out of the texts of a document what cannot be seen and can deceive: control characters, reversed writing. */

/** Control characters but tab and line ends, marks that turn the direction of writing, and halves of characters. */
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

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
      return part.replace(HIDDEN, '');
    }
    if (Array.isArray(part)) return part.map((item: unknown, index) => clean(item, `${path}[${index}]`));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, field]) => [key, clean(field, path === '' ? key : `${path}.${key}`)]),
    );
  };
  return { value: clean(value, ''), cleaned };
}
