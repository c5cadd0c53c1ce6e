/** Addresses and names of a worksheet: `G12`, `$I20`, `'模型'!$G$8`, and names that Excel takes. */

/** A place on a sheet, row and column from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Which parts of an address stay when the formula is copied. */
export interface Fixed {
  readonly row?: boolean;
  readonly column?: boolean;
}

/** Writes the letters of a column counted from 0: 0 is A, 26 is AA. */
export function columnLetters(column: number): string {
  const rest = column % 26;
  const letter = String.fromCharCode(65 + rest);
  return column < 26 ? letter : columnLetters((column - rest) / 26 - 1) + letter;
}

/** Writes an address on the sheet itself. */
export function address({ row, column }: Place, fixed: Fixed = {}): string {
  return `${fixed.column ? '$' : ''}${columnLetters(column)}${fixed.row ? '$' : ''}${row + 1}`;
}

/** Writes an address on another sheet, all of it fixed. */
export function addressOn(sheet: string, place: Place): string {
  return `${quoted(sheet)}!${address(place, { row: true, column: true })}`;
}

/** Writes a range in one row on the sheet itself, all of it fixed. */
export function rowRange(row: number, from: number, to: number): string {
  const fixed = { row: true, column: true };
  return `${address({ row, column: from }, fixed)}:${address({ row, column: to }, fixed)}`;
}

/** Writes the name of a sheet as formulas need it. */
export function quoted(sheet: string): string {
  return /^[A-Za-z_]+$/.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`;
}

/** The last column of a sheet; letters up to it followed by digits are an address and no name. */
const LAST_COLUMN = 'XFD';

/** Tells whether Excel takes the text as a defined name and reads it as nothing else. */
function isName(text: string): boolean {
  if (!/^[A-Za-z_][A-Za-z0-9_.]*$/.test(text) || text.length > 255) return false;
  if (/^(r|c|true|false)$/i.test(text) || /^r\d*c\d*$/i.test(text)) return false;
  const letters = /^([A-Za-z]{1,3})\d+$/.exec(text)?.[1]?.toUpperCase();
  if (letters === undefined) return true;
  return letters.length === LAST_COLUMN.length && letters > LAST_COLUMN;
}

/** Gives names that Excel takes, each once, whatever their case. */
export class NameRegister {
  readonly #taken = new Set<string>();

  /** A name as near to the wish as possible: an underscore or a number is added where it must be. */
  take(wish: string): string {
    let name = isName(wish) ? wish : `${wish}_`;
    for (let count = 2; this.#taken.has(name.toLowerCase()); count += 1) name = `${wish}_${count}`;
    this.#taken.add(name.toLowerCase());
    return name;
  }
}
