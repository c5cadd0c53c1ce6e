/**
 * Records and fields of a delimited text (RFC 4180), both ways, and the disarming of texts that a spreadsheet would take
 * for formulas.
 */

/** The sign between the fields. */
export type Delimiter = ',' | ';' | '\t' | '|';

/** A field as it stands in the text. */
export interface Field {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** A quote that has no partner or is followed by more text; line of the text from 1. */
export interface QuoteFault {
  readonly kind: 'open' | 'followed';
  readonly line: number;
}

/** The fields of a text. */
export interface DelimitedText {
  readonly records: readonly (readonly Field[])[];
  readonly faults: readonly QuoteFault[];
  /** The reading stopped because there are more filled fields than allowed. */
  readonly isCut: boolean;
}

/** Reads all records of a text, at most `maxRecords` and `maxFields` filled fields. */
export function readDelimited(
  text: string,
  delimiter: Delimiter,
  maxFields: number,
  maxRecords = Infinity,
): DelimitedText {
  const records: Field[][] = [];
  const faults: QuoteFault[] = [];
  let at = 0;
  let line = 1;
  let filled = 0;
  while (at < text.length && records.length < maxRecords) {
    const record: Field[] = [];
    for (;;) {
      const field = text.charAt(at) === '"' ? readQuoted(text, at) : readPlain(text, at, delimiter);
      let value = field.text;
      if (!field.isClosed) faults.push({ kind: 'open', line });
      line += countLineEnds(value);
      at = field.next;
      if (field.isQuoted && !isEnd(text, at, delimiter)) {
        // kept as it stands, and said
        const tail = readPlain(text, at, delimiter);
        faults.push({ kind: 'followed', line });
        value += tail.text;
        at = tail.next;
      }
      record.push({ text: value, isQuoted: field.isQuoted });
      if (value !== '') filled += 1;
      if (filled > maxFields) return { records, faults, isCut: true };
      if (text.charAt(at) !== delimiter) break;
      at += 1;
    }
    records.push(record);
    if (text.startsWith('\r\n', at)) at += 2;
    else if (at < text.length) at += 1;
    line += 1;
  }
  return { records, faults, isCut: false };
}

function isEnd(text: string, at: number, delimiter: Delimiter): boolean {
  const code = text.charCodeAt(at);
  return at >= text.length || code === delimiter.charCodeAt(0) || code === 0x0d || code === 0x0a;
}

function countLineEnds(text: string): number {
  return (text.match(/\r\n|\r|\n/g) ?? []).length;
}

interface FieldInText extends Field {
  readonly isClosed: boolean;
  /** Where the field ends. */
  readonly next: number;
}

function readPlain(text: string, from: number, delimiter: Delimiter): FieldInText {
  let to = from;
  while (!isEnd(text, to, delimiter)) to += 1;
  return { text: text.slice(from, to), isQuoted: false, isClosed: true, next: to };
}

function readQuoted(text: string, from: number): FieldInText {
  let value = '';
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1)
      return { text: value + text.slice(at), isQuoted: true, isClosed: false, next: text.length };
    value += text.slice(at, quote);
    if (text.charAt(quote + 1) !== '"')
      return { text: value, isQuoted: true, isClosed: true, next: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}

/** Writes records with CRLF at each end; a field is quoted where a reader would need it. */
export function writeDelimited(records: readonly (readonly string[])[], delimiter: Delimiter): string {
  const write = (field: string) =>
    field.includes(delimiter) || /["\r\n]|^[\s']|\s$/.test(field)
      ? `"${field.replaceAll('"', '""')}"`
      : field;
  return records.map((record) => `${record.map(write).join(delimiter)}\r\n`).join('');
}

/**
 * Texts that a spreadsheet may run: a sign that begins a formula, also behind blanks, a zero byte or in its full-width form;
 * a tab or line end at the beginning. Apostrophes before them are counted in, so that disarming can be taken back exactly.
 */
// eslint-disable-next-line no-control-regex -- a zero byte is one of the tricks
const DANGEROUS = /^'*(?:[\s\u0000]*[=+\-@＝＋－＠]|[\t\r\n\u0000])/;

/** Makes a text harmless by an apostrophe in front, as spreadsheets themselves mark a text. */
export function disarm(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text;
}

/** Takes the apostrophe of `disarm` away; every other text stays. */
export function rearm(text: string): string {
  return text.startsWith("'") && DANGEROUS.test(text.slice(1)) ? text.slice(1) : text;
}
