/**
 * The only file that writes with hucre: sheets of ours become a workbook's bytes.
 *
 * It takes any text for a cell, and a text that reads as an error becomes one; it takes any defined name. So texts and
 * names come here checked, and what it cannot say is put in afterwards (`finish-archive.ts`).
 */
import { writeXlsx, type Cell, type CellStyle, type WriteSheet } from 'hucre/xlsx';
import { address, columnLetters } from './address.ts';
import { excelNumber } from './translate.ts';
import type { Highlight, Look, Sheet, SheetCell, Workbook } from './sheet.ts';

const INK = { rgb: '1F2430' };
const FAINT = { rgb: '6B7280' };
const BLUE = { rgb: '0000FF' };

/** The font of every cell; a style that names none gets whatever the program likes. */
const FONT = { name: 'Calibri', size: 11 };

const fill = (rgb: string): NonNullable<CellStyle['fill']> => ({
  type: 'pattern',
  pattern: 'solid',
  fgColor: { rgb },
});

const TONES: Readonly<Record<NonNullable<Look['tone']>, CellStyle>> = {
  input: { font: { color: BLUE }, fill: fill('EEF4FF') },
  level: { fill: fill('EEF4FF') },
  history: { fill: fill('F5F5F2') },
  kept: { font: { italic: true }, fill: fill('FFF4DE') },
  faint: { font: { color: FAINT } },
  head: { font: { bold: true, color: INK }, border: { bottom: { style: 'thin', color: { rgb: '9CA3AF' } } } },
  section: { font: { bold: true, color: INK } },
  title: { font: { bold: true, size: 14, color: INK } },
  active: { font: { bold: true, color: INK } },
};

const HIGHLIGHTS = { good: '1B7A43', bad: 'B42318' } as const;

/** Writes a workbook. Shape: the bytes of an `.xlsx` archive, before what `finish-archive.ts` adds. */
export async function packSheets({ title, sheets, names }: Workbook): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(sheetOf),
    namedRanges: names.map(({ name, refersTo }) => ({ name, range: refersTo })),
    properties: { title },
    defaultFont: FONT,
  });
}

function sheetOf(sheet: Sheet): WriteSheet {
  const cells = new Map<string, Partial<Cell>>();
  for (const [key, cell] of sheet.cells) cells.set(key, cellOf(cell));
  return {
    name: sheet.name,
    columns: sheet.widths.map((width) => ({ width })),
    cells,
    freezePane: sheet.frozen,
    ...(sheet.isHidden && { veryHidden: true }),
    view: { showGridLines: false },
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      ...headsOnEveryPage(sheet.frozen),
    },
    dataValidations: (sheet.choices ?? []).map(({ place, source, title, message, refusal }) => ({
      type: 'list',
      formula1: source,
      range: address(place),
      showInputMessage: true,
      showErrorMessage: true,
      inputTitle: title,
      inputMessage: message,
      errorMessage: refusal,
      errorStyle: 'stop',
    })),
    conditionalRules: (sheet.highlights ?? []).map(ruleOf),
  };
}

/** What stays in view on the screen is printed on every page: the last frozen row, since titles above it say nothing twice. */
function headsOnEveryPage({ rows, columns }: Sheet['frozen']): WriteSheet['pageSetup'] {
  return {
    ...(rows > 0 && { printTitlesRow: `$${rows}:$${rows}` }),
    ...(columns > 0 && { printTitlesColumn: `$A:$${columnLetters(columns - 1)}` }),
  };
}

function ruleOf(
  { range, text, tone }: Highlight,
  index: number,
): NonNullable<WriteSheet['conditionalRules']>[number] {
  return {
    type: 'cellIs',
    operator: 'equal',
    priority: index + 1,
    formula: `"${text.replaceAll('"', '""')}"`,
    style: { font: { color: { rgb: HIGHLIGHTS[tone] } } },
    range,
  };
}

function cellOf({ value, formula, look }: SheetCell): Partial<Cell> {
  const isText = formula === undefined && typeof value === 'string';
  const style = styleOf(look, isText && isFormulaLike(value));
  if (formula !== undefined) {
    return { type: 'formula', value: value ?? null, formula, formulaResult: value ?? null, style };
  }
  if (value === undefined) return { value: null, type: 'empty', style };
  if (typeof value === 'number') return { value: excelNumber(value), type: 'number', style };
  // as a run of text it stays what it is, even where it reads as an error
  return value.startsWith('#')
    ? { value: null, type: 'richText', richText: [{ text: escaped(value) }], style }
    : { value: escaped(value), type: 'string', style };
}

/** Begins as a formula does; such a text gets the text format, so that typing it again makes no formula either. */
function isFormulaLike(text: string): boolean {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text);
}

/** Excel reads `_x0041_` in a text as a character; the underscore before it is written as one. */
function escaped(text: string): string {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

function styleOf(look: Look | undefined, isText: boolean): CellStyle {
  const tone = look?.tone ? TONES[look.tone] : {};
  const format = isText ? '@' : look?.format;
  const alignment = {
    ...(look?.align === 'indented' && { horizontal: 'left' as const, indent: 1 }),
    ...(look?.align && look.align !== 'indented' && { horizontal: look.align }),
    ...(look?.isWrapped && { wrapText: true, vertical: 'top' as const }),
  };
  return {
    ...tone,
    font: { ...FONT, ...tone.font },
    ...(format !== undefined && { numFmt: format }),
    alignment,
  };
}
