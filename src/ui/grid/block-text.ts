/** Blocks of cells as spreadsheets put them on the clipboard: rows by line, cells by tab. Pure. */

/** Writes a block as text. A cell with a tab, a quote or a line's end is quoted. */
export function printBlock(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => (/[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => row.map(quoted).join('\t')).join('\r\n');
}

/** Reads a block from text; rows may differ in length. The end of the last line begins no further row. */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= text.length) {
    let cell: string;
    if (text.charAt(at) === '"' && isQuoted(text, at)) {
      const end = endOfQuoted(text, at);
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      const end = at + text.slice(at).search(/[\t\r\n]|$/);
      cell = text.slice(at, end);
      at = end;
    }
    row.push(cell);
    const sign = text.charAt(at);
    if (sign === '\t') {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (at >= text.length) break;
  }
  return rows;
}

/** Where a quoted cell ends: at the first quote that is not doubled. -1 when it never does. */
function endOfQuoted(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length) {
    if (text.charAt(at) !== '"') at += 1;
    else if (text.charAt(at + 1) === '"') at += 2;
    else return at;
  }
  return -1;
}

/** A quote opens a quoted cell only when it closes right before a separator; else it is a character like others. */
function isQuoted(text: string, from: number): boolean {
  const end = endOfQuoted(text, from);
  return end !== -1 && /^([\t\r\n]|$)/.test(text.slice(end + 1, end + 2));
}
