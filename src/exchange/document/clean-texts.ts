/** Takes out of the texts of a document what cannot be seen and can deceive: control characters, reversed writing. */
import { inOneLine, namesOfBreaks, namesOfHidden, withoutHidden } from '#quantity';

/** A text from which characters were taken. */
export interface CleanedText {
  /** As `scenarios[0].name.zh`. */
  readonly path: string;
  /** As `U+202E U+0007`. */
  readonly characters: string;
}

/** What is called something stands in one line; all other texts may have several. */
const ONE_LINE: ReadonlySet<string> = new Set(
  'name title place asPrinted label row column columns'.split(' '),
);

/** The value with all its texts cleaned, and what was taken where. Keys are left to the check of the shape. */
export function cleanTexts(value: unknown): { value: unknown; cleaned: readonly CleanedText[] } {
  const cleaned: CleanedText[] = [];
  const clean = (part: unknown, path: string, isName: boolean): unknown => {
    if (typeof part === 'string') {
      const characters = [namesOfHidden(part), isName ? namesOfBreaks(part) : '']
        .filter((names) => names !== '')
        .join(' ');
      if (characters === '') return part;
      cleaned.push({ path, characters });
      return withoutHidden(isName ? inOneLine(part) : part);
    }
    if (Array.isArray(part)) {
      return part.map((item: unknown, index) => clean(item, `${path}[${index}]`, isName));
    }
    if (typeof part !== 'object' || part === null) return part;
    const isText = isName && Object.keys(part).every((key) => key === 'zh' || key === 'en');
    return Object.fromEntries(
      Object.entries(part).map(([key, field]) => [
        key,
        clean(field, path === '' ? key : `${path}.${key}`, isText || ONE_LINE.has(key)),
      ]),
    );
  };
  return { value: clean(value, '', false), cleaned };
}
