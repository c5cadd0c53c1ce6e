/**
 * One formula of a workbook in the grammar of plans: references become names of lines with their periods. Written so, two
 * formulas that are copies of each other along a row are the same text.
 */
import {
  findFunction,
  parseFormula,
  type FormulaContext,
  type FormulaProblemCode,
  type ParsedFormula,
} from '#formula';
import type { Problem } from '#quantity';
import type { WorkbookProblemCode } from '../problem.ts';
import { printExcelWords, readExcelWords, type ExcelWord, type ReferenceEnd } from './excel-words.ts';
import type { ForeignCell, ForeignName } from './foreign-sheet.ts';
import type { GridPlace, ModelGrid } from './model-grid.ts';
import { facedEnds, type IsTurned } from './turned-sheet.ts';

/** Where a formula stands; without a period it stands alone. */
export interface FormulaPlace {
  readonly sheet: string;
  readonly period: number | undefined;
}

/** Either the text, or what is in the way. */
export type TakenFormula =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly code: WorkbookProblemCode;
      readonly subject: string;
      readonly because?: Problem<FormulaProblemCode>;
    };

/** Most cells of one range: a plan's formula has no more parts. */
const MAX_RANGE_CELLS = 400;

/** Functions that take any number of values, one by one as well as in a list. */
const ONE_BY_ONE: ReadonlySet<string> = new Set([
  ...['SUM', 'AVERAGE', 'MIN', 'MAX', 'PRODUCT', 'COUNT', 'MEDIAN', 'STDEV', 'VAR', 'AND', 'OR'],
]);

class InTheWay extends Error {
  readonly code: WorkbookProblemCode;
  readonly subject: string;
  constructor(code: WorkbookProblemCode, subject: string) {
    super(code);
    this.code = code;
    this.subject = subject;
  }
}

/** Takes formulas over. */
export class FormulaTaker {
  readonly #grid: ModelGrid;
  readonly #names: ReadonlyMap<string, ForeignName>;
  readonly #context: FormulaContext;
  readonly #parsed = new Map<string, ParsedFormula>();

  constructor(grid: ModelGrid, names: readonly ForeignName[], context: FormulaContext) {
    this.#grid = grid;
    this.#names = namesByText(names);
    this.#context = context;
  }

  take({ formula = '', isArray }: ForeignCell, here: FormulaPlace): TakenFormula {
    if (isArray) return { ok: false, code: 'workbook_formula_array', subject: '' };
    const words = readExcelWords(formula);
    if (!words) return { ok: false, code: 'workbook_formula_unread', subject: formula.slice(0, 80) };
    try {
      const text = this.#textOf(withNames(words, this.#names), here);
      // copies along a row are one text: it is parsed once
      const parsed = this.#parsed.get(text) ?? parseFormula(`=${text}`, this.#context);
      this.#parsed.set(text, parsed);
      if (parsed.ok) return { ok: true, text: `=${text}` };
      const { problem: because } = parsed;
      return { ok: false, code: 'workbook_formula_unread', subject: formula.slice(0, 80), because };
    } catch (error) {
      if (error instanceof InTheWay) return { ok: false, code: error.code, subject: error.subject };
      throw error;
    }
  }

  #textOf(words: readonly ExcelWord[], here: FormulaPlace): string {
    // the functions whose brackets are open: some take the cells of a range one by one
    const open: string[] = [];
    let name = '';
    return words
      .map((word) => {
        if (word.kind === 'sign' && word.text === '(') open.push(name);
        if (word.kind === 'sign' && word.text === ')') open.pop();
        name = word.kind === 'function' ? word.name : '';
        if (word.kind !== 'cells' || !word.isRange) return this.#wordText(word, here);
        return this.#rangeText(word, here, ONE_BY_ONE.has(open.at(-1) ?? ''));
      })
      .join('');
  }

  #wordText(word: ExcelWord, here: FormulaPlace): string {
    switch (word.kind) {
      case 'cells':
        return this.#cellText(word, here);
      case 'elsewhere':
        throw new InTheWay(
          word.why === 'external' ? 'workbook_formula_external' : 'workbook_formula_reference',
          word.text,
        );
      case 'name':
        if (/^(?:true|false)$/i.test(word.text)) return word.text.toUpperCase();
        throw new InTheWay('workbook_formula_name', word.text);
      case 'function':
        if (!findFunction(word.name)) throw new InTheWay('workbook_formula_function', word.name);
        return word.name;
      case 'text':
        throw new InTheWay('workbook_formula_text', word.text.slice(0, 40));
      case 'error':
        throw new InTheWay('workbook_formula_reference', word.text);
      case 'number':
        return word.text;
      case 'sign':
        if (word.text === '&') throw new InTheWay('workbook_formula_text', '&');
        return word.text;
    }
  }

  #cellText(word: Extract<ExcelWord, { kind: 'cells' }>, here: FormulaPlace): string {
    const { from } = facedEnds(word, here.sheet, this.#grid.isTurned);
    const place = this.#grid.at(word.sheet ?? here.sheet, from.row, from.column);
    const text = placedText(place, from, here);
    // Excel counts an empty cell as zero, a plan as missing
    if (text === undefined || (place.kind === 'line' && place.isEmpty))
      throw new InTheWay(
        place.kind === 'other' ? 'workbook_formula_reference' : 'workbook_formula_empty',
        wordText(word),
      );
    return text;
  }

  #rangeText(word: Extract<ExcelWord, { kind: 'cells' }>, here: FormulaPlace, isOneByOne: boolean): string {
    const { from, to } = facedEnds(word, here.sheet, this.#grid.isTurned);
    const [top, bottom] = [Math.min(from.row, to.row), Math.max(from.row, to.row)];
    const [left, right] = from.column <= to.column ? [from, to] : [to, from];
    if ((bottom - top + 1) * (right.column - left.column + 1) > MAX_RANGE_CELLS)
      throw new InTheWay('workbook_formula_reference', wordText(word));
    const sheet = word.sheet ?? here.sheet;
    const [start, end] = [this.#grid.at(sheet, top, left.column), this.#grid.at(sheet, top, right.column)];
    if (top === bottom && start.kind === 'line' && end.kind === 'line')
      return `${start.line.id}[${periodText(start.period, left, here)}:${periodText(end.period, right, here)}]`;
    const items: string[] = [];
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left.column; column <= right.column; column += 1) {
        const place = this.#grid.at(sheet, row, column);
        const end = column === right.column ? right : left;
        const text = placedText(place, end, here);
        if (text !== undefined && place.kind !== 'head') items.push(text);
      }
    }
    if (items.length === 0) throw new InTheWay('workbook_formula_empty', wordText(word));
    return isOneByOne ? items.join(',') : `{${items.join(',')}}`;
  }
}

/** How a formula names a place; undefined where nothing can be named. */
function placedText(place: GridPlace, end: ReferenceEnd, here: FormulaPlace): string | undefined {
  switch (place.kind) {
    case 'line': {
      const at = periodText(place.period, end, here);
      return at === 't' ? place.line.id : `${place.line.id}[${at}]`;
    }
    case 'alone':
      return place.line.id;
    case 'head': {
      if (here.period === undefined || end.isColumnFixed) return String(place.period);
      const lag = place.period - here.period;
      return lag === 0 ? 'PERIODYEAR(t)' : `(PERIODYEAR(t)${lag > 0 ? '+' : '-'}${Math.abs(lag)})`;
    }
    case 'empty':
    case 'other':
      return undefined;
  }
}

function periodText(period: number, end: ReferenceEnd, here: FormulaPlace): string {
  if (end.isColumnFixed || here.period === undefined) return String(period);
  const lag = period - here.period;
  return lag === 0 ? 't' : `t${lag > 0 ? '+' : '-'}${Math.abs(lag)}`;
}

function wordText(word: ExcelWord): string {
  return printExcelWords([word]).replaceAll('$', '');
}

function namesByText(names: readonly ForeignName[]): Map<string, ForeignName> {
  // one that holds everywhere comes before one of a single sheet
  const inOrder = names.toSorted((a, b) => Number(a.sheet === undefined) - Number(b.sheet === undefined));
  return new Map(inOrder.map((one) => [one.name.toLowerCase(), one]));
}

/** Puts what names stand for in their place: a cell, a range, a number. */
function withNames(words: readonly ExcelWord[], names: ReadonlyMap<string, ForeignName>): ExcelWord[] {
  return words.map((word): ExcelWord => {
    const known = word.kind === 'name' ? names.get(word.text.toLowerCase()) : undefined;
    const [only, ...more] = (known && readExcelWords(known.refersTo.replace(/^=/, ''))) ?? [];
    return only && more.length === 0 && (only.kind === 'cells' || only.kind === 'number') ? only : word;
  });
}

/** The places that formulas of a workbook refer to, as `sheet!row,column` in small letters, of sheets as they are read. */
export function findReferred(
  cells: Iterable<{ readonly cell: ForeignCell; readonly sheet: string }>,
  names: readonly ForeignName[],
  isTurned: IsTurned,
): Set<string> {
  const byText = namesByText(names);
  const referred = new Set<string>();
  for (const { cell, sheet } of cells) {
    for (const word of withNames(readExcelWords(cell.formula ?? '') ?? [], byText)) {
      if (word.kind !== 'cells') continue;
      const { from, to } = facedEnds(word, sheet, isTurned);
      const [top, bottom] = [Math.min(from.row, to.row), Math.max(from.row, to.row)];
      const [left, right] = [Math.min(from.column, to.column), Math.max(from.column, to.column)];
      if ((bottom - top + 1) * (right - left + 1) > MAX_RANGE_CELLS) continue;
      for (let row = top; row <= bottom; row += 1)
        for (let column = left; column <= right; column += 1)
          referred.add(`${(word.sheet ?? sheet).toLowerCase()}!${row},${column}`);
    }
  }
  return referred;
}
