/** Breaks names into the lines of a node. Pure: widths are estimated, a little wide, from the shapes of the letters. */

/** Widths in parts of the font's size. */
const NARROW = 0.3;
const CAPITAL = 0.64;
const WIDE_LETTER = 0.84;
const LETTER = 0.54;
const FULL = 1;

const ELLIPSIS = '…';

function widthOfCharacter(character: string): number {
  if (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f“”‘’…—]/.test(character)) return FULL;
  if (/[mwMW%‰@]/.test(character)) return WIDE_LETTER;
  if (/[A-Z&]/.test(character)) return CAPITAL;
  return /[\sijlft.,:;'()[\]|/!-]/.test(character) ? NARROW : LETTER;
}

/** The estimated width of a text. Unit: that of `size`. */
export function textWidth(text: string, size: number): number {
  return [...text].reduce((width, character) => width + widthOfCharacter(character), 0) * size;
}

/** Signs that do not begin a line. */
const NO_START = /^[，。、；：？！）》”’…,.;:?!)%]/;

/** Signs that do not end one. */
const NO_END = /[（《“‘([]$/;

/** A last line that is no wider is a lone character. Unit: parts of the font's size. */
const LONE = 1.5;

/** Breaks a text into at most so many lines, none of them a lone character; what does not fit ends with an ellipsis. */
export function brokenText(
  text: string,
  { width, size, lines }: { readonly width: number; readonly size: number; readonly lines: number },
): string[] {
  const broken = withCompany(text, width, size);
  // the last line that there is room for ends with as much as fits of what is left
  return [...broken.slice(0, lines - 1), broken.slice(lines - 1).join('')]
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => shortened(one, { width, size }));
}

/** The lines of a text, all that it takes; a lone character at the end takes along what stands before it where that takes no further line. */
function withCompany(text: string, width: number, size: number): string[] {
  const isLone = (broken: readonly string[]) => textWidth((broken.at(-1) ?? '').trim(), size) <= LONE * size;
  const filled = atWidth(text, width, size);
  if (filled.length < 2 || !isLone(filled)) return filled;
  for (let room = width - size / 2; room > width / 2; room -= size / 2) {
    const narrower = atWidth(text, room, size);
    if (narrower.length > filled.length) break;
    if (!isLone(narrower)) return narrower;
  }
  return filled;
}

/** Fills line after line. */
function atWidth(text: string, width: number, size: number): string[] {
  const parts =
    text.match(
      /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f“”‘’]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f“”‘’]+\s*|\s+/g,
    ) ?? [];
  const broken: string[] = [];
  let line = '';
  let last = '';
  for (const part of parts) {
    const isOver = line !== '' && textWidth((line + part).trimEnd(), size) > width;
    if (isOver) {
      // a sign that begins no line takes what stands before it along; one that ends none goes along
      const moved = (NO_START.test(part) || NO_END.test(last)) && last !== line ? last : '';
      broken.push(line.slice(0, line.length - moved.length));
      line = moved + part;
    } else line += part;
    last = part;
  }
  if (line !== '') broken.push(line);
  return broken;
}

/** The beginning of a text that fits, with an ellipsis; the text itself where it fits. */
function shortened(text: string, { width, size }: { readonly width: number; readonly size: number }): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(characters.join('') + ELLIPSIS, size) > width) characters.pop();
  return characters.join('').trimEnd() + ELLIPSIS;
}
