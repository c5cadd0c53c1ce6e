/**
 * The words of a formula as a workbook holds it: references, names, functions, and everything between, in order. Meaning is
 * not asked here; what is no word of a formula is a word of its own kind.
 */
import { columnLetters, type Place } from '../workbook/address.ts';

/** One end of a reference. Row and column from 0. */
export interface ReferenceEnd extends Place {
  readonly isRowFixed: boolean;
  readonly isColumnFixed: boolean;
}

export type ExcelWord =
  /** A cell or a rectangle; `sheet` where it is named. */
  | {
      readonly kind: 'cells';
      readonly sheet?: string;
      readonly from: ReferenceEnd;
      readonly to: ReferenceEnd;
      readonly isRange: boolean;
    }
  /** A reference that no cell of this workbook answers: another file, whole rows or columns, tables, #REF!. */
  | {
      readonly kind: 'elsewhere';
      readonly text: string;
      readonly why: 'external' | 'whole' | 'table' | 'lost';
    }
  | { readonly kind: 'name'; readonly text: string; readonly sheet?: string }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

const SPACE = /\s+/y;
const TEXT = /"(?:[^"]|"")*"/y;
const ERROR = /#(?:REF!|DIV\/0!|N\/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!)/iy;
const SHEET = /(?:'((?:[^']|'')+)'|([\p{L}_][\p{L}\p{N}_.]*))!/uy;
const EXTERNAL =
  /'?\[[^\]]*\][^!+\-*/(),;]*!(?:\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?|[\p{L}_][\p{L}\p{N}_.]*)/uy;
const CELL = /(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\p{L}\p{N}_.(])/uy;
const WHOLE = /\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\p{L}\p{N}_(])|\$?\d{1,7}:\$?\d{1,7}/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_\\][\p{L}\p{N}_.\\?]*/uy;
/** Signs that are one character and begin nothing longer. */
const PLAIN_SIGNS: ReadonlySet<string> = new Set('+-*/^&(),;{}');
const SIGN = /<=|>=|<>|[-+*/^&=<>(),;:%{}@#!]/y;

/** Reads the words; `text` comes without its equals sign. Undefined where a character is no part of any formula. */
export function readExcelWords(text: string): ExcelWord[] | undefined {
  const words: ExcelWord[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match ?? undefined;
  };
  const hasSheets = text.includes('!');
  const hasRanges = text.includes(':');
  while (at < text.length) {
    // most words are references and signs: what a character cannot begin is not tried
    const begins = text.charAt(at);
    if (PLAIN_SIGNS.has(begins)) {
      words.push({ kind: 'sign', text: begins });
      at += 1;
      continue;
    }
    if (take(SPACE)) continue;
    const quoted = begins === '"' && take(TEXT);
    if (quoted) {
      words.push({ kind: 'text', text: quoted[0].slice(1, -1).replaceAll('""', '"') });
      continue;
    }
    const external = (begins === '[' || begins === "'") && take(EXTERNAL);
    if (external) {
      words.push({ kind: 'elsewhere', text: external[0], why: 'external' });
      continue;
    }
    const error = begins === '#' && take(ERROR);
    if (error) {
      words.push(
        /^#REF!$/i.test(error[0])
          ? { kind: 'elsewhere', text: error[0], why: 'lost' }
          : { kind: 'error', text: error[0].toUpperCase() },
      );
      continue;
    }
    const named = hasSheets ? take(SHEET) : undefined;
    const sheet = named?.[1]?.replaceAll("''", "'") ?? named?.[2];
    const whole = hasRanges && take(WHOLE);
    if (whole) {
      words.push({ kind: 'elsewhere', text: whole[0], why: 'whole' });
      continue;
    }
    const cell = take(CELL);
    if (cell) {
      const from = endOf(cell);
      const before = at;
      const second = text.charAt(at) === ':' ? ((at += 1), take(CELL)) : undefined;
      if (!second) at = before;
      words.push({
        kind: 'cells',
        ...(sheet !== undefined && { sheet }),
        from,
        to: second ? endOf(second) : from,
        isRange: second !== undefined,
      });
      continue;
    }
    const number = sheet === undefined ? take(NUMBER) : undefined;
    if (number) {
      words.push({ kind: 'number', text: number[0] });
      continue;
    }
    const name = take(NAME)?.[0];
    if (name !== undefined) {
      const next = text.charAt(at);
      if (next === '[') {
        const close = text.indexOf(']', at);
        at = close === -1 ? text.length : close + 1;
        words.push({ kind: 'elsewhere', text: name, why: 'table' });
      } else if (next === '(')
        words.push({ kind: 'function', name: name.toUpperCase().replace(/^(?:_XL\w+\.)+/, '') });
      else words.push({ kind: 'name', text: name, ...(sheet !== undefined && { sheet }) });
      continue;
    }
    if (sheet !== undefined) {
      words.push({ kind: 'elsewhere', text: named?.[0] ?? '', why: 'lost' });
      continue;
    }
    const sign = take(SIGN);
    if (!sign) return undefined;
    words.push({ kind: 'sign', text: sign[0] });
  }
  return words;
}

function endOf([, columnSign = '', letters = '', rowSign = '', digits = '']: RegExpExecArray): ReferenceEnd {
  let column = 0;
  // the last five bits of a letter count it, capital or small
  for (let index = 0; index < letters.length; index += 1)
    column = column * 26 + (letters.charCodeAt(index) & 31);
  return {
    row: Number(digits) - 1,
    column: column - 1,
    isRowFixed: rowSign === '$',
    isColumnFixed: columnSign === '$',
  };
}

/** Moves what is relative, as a copy of the formula to another cell does. Undefined where that leaves the sheet. */
export function movedWords(
  words: readonly ExcelWord[],
  rows: number,
  columns: number,
): ExcelWord[] | undefined {
  let isOff = false;
  const moved = (end: ReferenceEnd): ReferenceEnd => {
    const row = end.isRowFixed ? end.row : end.row + rows;
    const column = end.isColumnFixed ? end.column : end.column + columns;
    isOff ||= row < 0 || column < 0;
    return { ...end, row, column };
  };
  const all = words.map((word): ExcelWord =>
    word.kind === 'cells' ? { ...word, from: moved(word.from), to: moved(word.to) } : word,
  );
  return isOff ? undefined : all;
}

/** Writes the words in one spelling, whatever the program that wrote them; `sheetOf` names sheets. */
export function printExcelWords(
  words: readonly ExcelWord[],
  sheetOf: (sheet: string) => string = (sheet) => sheet,
): string {
  const end = ({ row, column, isRowFixed, isColumnFixed }: ReferenceEnd) =>
    `${isColumnFixed ? '$' : ''}${columnLetters(column)}${isRowFixed ? '$' : ''}${row + 1}`;
  const at = (sheet: string | undefined) =>
    sheet === undefined ? '' : `'${sheetOf(sheet).replaceAll("'", "''")}'!`;
  return words
    .map((word) => {
      switch (word.kind) {
        case 'cells':
          return `${at(word.sheet)}${end(word.from)}${word.isRange ? `:${end(word.to)}` : ''}`;
        case 'name':
          return `${at(word.sheet)}${word.text}`;
        case 'function':
          return word.name;
        case 'number':
          return String(Number(word.text));
        case 'text':
          return `"${word.text.replaceAll('"', '""')}"`;
        case 'elsewhere':
        case 'error':
        case 'sign':
          return word.text;
      }
    })
    .join('');
}
