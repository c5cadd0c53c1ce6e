/** What may stand in a name: no character that cannot be seen and can deceive, and not too many of the others. */
import type { Localized } from './schema.ts';
import { MAX_NAME } from './limits.ts';

/** Control characters but tab and line ends, marks that turn the direction of writing, and halves of characters. */
export const HIDDEN =
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text without them. */
export function withoutHidden(text: string): string {
  return text.replace(HIDDEN, '');
}

/** A text made a name: without what is hidden, cut where it is too long. */
export function asName(text: string, most: number = MAX_NAME): string {
  const plain = withoutHidden(text);
  return plain.length <= most ? plain : Array.from(plain).slice(0, most).join('');
}

/** The same in both languages. */
export function asNames({ zh, en }: Localized, most?: number): Localized {
  return { zh: asName(zh, most), en: asName(en, most) };
}
