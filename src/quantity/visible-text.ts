/**
 * Which characters of a text stand, and which are taken out of it: those that show nothing and can make one text look like
 * another. Decision 031 says what is decided and why.
 */

/**
 * What may have to go. A flag of a part of a country is a flag, letters that cannot be seen and an end that cannot; it is
 * found first, and stays. Tabs and line ends are none of these.
 */
const SUSPECT =
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2800\ufff9-\ufffb\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu;

/** Nearly all texts hold nothing else, and are not looked at any closer. */
const PLAIN_TEXT = /^[\t\n\r\x20-\x7e\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]*$/;

/** What a variation selector varies: an ideograph, a sign, a punctuation mark, a figure of a keycap. */
const VARIED = /(?!\u2800)[\p{Ideographic}\p{Emoji}\p{P}\p{S}]$/u;
const IDEOGRAPH = /\p{Ideographic}$/u;
const MONGOLIAN = /(?!\p{Default_Ignorable_Code_Point})\p{Script=Mongolian}$/u;

/** What a joiner joins: two pictures, or two letters of a script in which it decides how they are written. */
const PICTURE_BEFORE = /\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?$/u;
const PICTURE_AFTER = /^\p{Extended_Pictographic}/u;
const JOINING =
  '(?!\\p{Default_Ignorable_Code_Point})[\\p{sc=Arab}\\p{sc=Syrc}\\p{sc=Mong}\\p{sc=Nkoo}\\p{sc=Deva}\\p{sc=Beng}\\p{sc=Guru}\\p{sc=Gujr}\\p{sc=Orya}\\p{sc=Taml}\\p{sc=Telu}\\p{sc=Knda}\\p{sc=Mlym}\\p{sc=Sinh}\\p{sc=Khmr}\\p{sc=Mymr}]';
const JOINED_BEFORE = new RegExp(`${JOINING}$`, 'u');
const JOINED_AFTER = new RegExp(`^${JOINING}`, 'u');

/** Units of a string that hold two characters of any kind. */
const NEAR = 4;

function stands(found: string, at: number, whole: string): boolean {
  if (found.length > 2) return true;
  const code = found.codePointAt(0) ?? 0;
  const before = () => whole.slice(Math.max(0, at - NEAR), at);
  const after = () => whole.slice(at + found.length, at + found.length + NEAR);
  if (code >= 0xfe00 && code <= 0xfe0f) return VARIED.test(before());
  if (code >= 0xe0100 && code <= 0xe01ef) return IDEOGRAPH.test(before());
  if (code >= 0x180b && code <= 0x180f && code !== 0x180e) return MONGOLIAN.test(before());
  const isJoiner = code === 0x200c || code === 0x200d;
  if (!isJoiner) return false;
  if (code === 0x200d && PICTURE_BEFORE.test(before()) && PICTURE_AFTER.test(after())) return true;
  return JOINED_BEFORE.test(before()) && JOINED_AFTER.test(after());
}

/** The text without what cannot be seen; doing it twice is doing it once. */
export function withoutHidden(text: string): string {
  if (PLAIN_TEXT.test(text)) return text;
  return text.replace(SUSPECT, (found: string, at: number) => (stands(found, at, text) ? found : ''));
}

/** Kinds of characters that are named one by one; more are a wall that nobody reads. */
const MOST_NAMED = 8;

/** Names what cannot be seen in a text, each once: `U+202E U+0007`; empty where there is nothing of the kind. */
export function namesOfHidden(text: string): string {
  if (PLAIN_TEXT.test(text)) return '';
  const names = new Set<string>();
  for (const { 0: found, index } of text.matchAll(SUSPECT)) {
    if (names.size > MOST_NAMED) break;
    if (stands(found, index, text)) continue;
    names.add(nameOf(found));
  }
  const listed = [...names].slice(0, MOST_NAMED).join(' ');
  return names.size > MOST_NAMED ? `${listed} …` : listed;
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Names the line ends and tabs of a text, each once: what a text of one line has a blank for. */
export function namesOfBreaks(text: string): string {
  return [...new Set(text.match(BREAK))].map(nameOf).join(' ');
}

const BREAK = /[\t\n\v\f\r\u0085\u2028\u2029]/g;
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** The text in one line: where it was broken stands a blank. */
export function inOneLine(text: string): string {
  return text.replace(BREAKS, ' ');
}

/** What makes texts that a reader takes for the same the same: width, case, blanks and variants of ideographs put aside. */
export function readAlike(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
