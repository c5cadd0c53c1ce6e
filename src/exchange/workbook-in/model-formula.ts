/**
 * One formula of a workbook in the grammar of plans: references become names of lines with their periods. Written so, two
 * formulas that are copies of each other along a row are the same text.
 */
import {
  findFunction,
  parameterAt,
  parseFormula,
  type FormulaContext,
  type FormulaProblemCode,
  type ParsedFormula,
} from '#formula';
import type { Problem } from '#quantity';
import type { WorkbookProblemCode } from '../problem.ts';
import { printExcelWords, readExcelWords, type ExcelWord, type ReferenceEnd } from './excel-words.ts';
import { hasShape, plansName, shapeOf, type ShapeArgument } from './formula-shapes.ts';
import type { ForeignCell } from './foreign-sheet.ts';
import type { GridPlace, ModelGrid } from './model-grid.ts';
import { MAX_LISTED_CELLS } from '../limits.ts';
import { MAX_RANGE_CELLS } from './referred-cells.ts';
import { facedEnds } from './turned-sheet.ts';
import type { WorkbookNames } from './workbook-names.ts';

/** Where a formula stands; without a period it stands alone. */
export interface FormulaPlace {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
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

/** Functions that take any number of values, one by one as well as in a list. */
const ONE_BY_ONE: ReadonlySet<string> = new Set([
  ...['SUM', 'AVERAGE', 'MIN', 'MAX', 'PRODUCT', 'COUNT', 'MEDIAN', 'STDEV', 'VAR', 'AND', 'OR'],
]);

/** Signs beside which a range stands for one of its cells. */
const OPERATORS: ReadonlySet<string> = new Set([
  '+',
  '-',
  '*',
  '/',
  '^',
  '=',
  '<',
  '>',
  '<=',
  '>=',
  '<>',
  '%',
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
  readonly #names: WorkbookNames;
  readonly #context: FormulaContext;
  #odd = 0;
  readonly #parsed = new Map<string, ParsedFormula>();

  constructor(grid: ModelGrid, names: WorkbookNames, context: FormulaContext) {
    this.#grid = grid;
    this.#names = names;
    this.#context = context;
  }

  /** Writes a formula in names and periods; what a plan says of the text is asked of `refusal`. */
  take({ formula = '', isArray }: ForeignCell, here: FormulaPlace): TakenFormula {
    if (isArray) return { ok: false, code: 'workbook_formula_array', subject: '' };
    const words = readExcelWords(formula);
    if (!words) return { ok: false, code: 'workbook_formula_unread', subject: formula.slice(0, 80) };
    try {
      return { ok: true, text: `=${this.#textOf(this.#names.replace(words, here.sheet), here)}` };
    } catch (error) {
      if (error instanceof InTheWay) return { ok: false, code: error.code, subject: error.subject };
      throw error;
    }
  }

  /** Why a formula that was translated is none of a plan; undefined where it is one. Copies along a row are one text: it is parsed once. */
  refusal(text: string): Problem<FormulaProblemCode> | undefined {
    const parsed = this.#parsed.get(text) ?? parseFormula(text, this.#context);
    this.#parsed.set(text, parsed);
    return parsed.ok ? undefined : parsed.problem;
  }

  /** The same of a formula that goes along no row; after as many as are ever listed nothing is asked any more. */
  refusalIfListed(text: string): Problem<FormulaProblemCode> | undefined {
    this.#odd += 1;
    return this.#odd > MAX_LISTED_CELLS ? undefined : this.refusal(text);
  }

  /** Writes the words one after another; what stands in brackets is one piece. */
  #textOf(words: readonly ExcelWord[], here: FormulaPlace): string {
    const open: Frame[] = [new Frame('')];
    words.forEach((word, index) => {
      const frame = open.at(-1) as Frame;
      const sign = word.kind === 'sign' ? word.text : '';
      if (word.kind === 'function') return;
      if (sign === '(' || sign === '{') {
        const before = words[index - 1];
        const name = before?.kind === 'function' ? before.name : '';
        if (name !== '' && !hasShape(name) && !findFunction(plansName(name)))
          throw new InTheWay('workbook_formula_function', name);
        open.push(new Frame(name, sign));
      } else if ((sign === ')' || sign === '}') && open.length > 1) {
        open.pop();
        open.at(-1)?.pieces.push(closed(frame));
      } else if (sign === ',' && frame.name !== '') frame.endArgument();
      else if (sign === '%' && words[index - 1]?.kind !== 'number')
        frame.pieces.push(`(${frame.pieces.pop() ?? ''}/100)`);
      else if (word.kind === 'text' && hasShape(frame.name)) frame.quoted = word.text;
      else frame.pieces.push(this.#pieceOf(words, index, frame, here));
    });
    const [whole, ...unclosed] = open;
    return [whole, ...unclosed].map((one) => (one ? one.opening + one.pieces.join('') : '')).join('');
  }

  #pieceOf(words: readonly ExcelWord[], index: number, frame: Frame, here: FormulaPlace): string {
    const word = words[index] as ExcelWord;
    if (word.kind !== 'cells' || !word.isRange) return this.#wordText(word, here);
    // one row or column in the place of a number means its cell in this column or row
    const isOperand = [words[index - 1], words[index + 1]].some(
      (one) => one?.kind === 'sign' && OPERATORS.has(one.text),
    );
    const parameter = findFunction(plansName(frame.name));
    const isNumber = parameter && parameterAt(parameter, frame.args.length)?.takes === 'number';
    if ((frame.name === '' || isNumber || isOperand) && frame.name !== 'SUMPRODUCT')
      return this.#crossing(word, here);
    if (hasShape(frame.name)) {
      frame.cells = this.#cellsOf(word, here, frame.name === 'SUBTOTAL');
      return '';
    }
    return this.#rangeText(word, here, ONE_BY_ONE.has(plansName(frame.name)));
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

  #cellText(word: CellsWord, here: FormulaPlace): string {
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

  #rangeText(word: CellsWord, here: FormulaPlace, isOneByOne: boolean): string {
    const { sheet, top, bottom, left, right } = this.#extentOf(word, here);
    const [start, end] = [this.#grid.at(sheet, top, left.column), this.#grid.at(sheet, top, right.column)];
    if (top === bottom && start.kind === 'line' && end.kind === 'line')
      return `${start.line.id}[${periodText(start.period, left, here)}:${periodText(end.period, right, here)}]`;
    const items = this.#cellsOf(word, here, false).flat();
    const known = items.filter((one) => one !== undefined);
    // a list that is read beside another keeps its places
    const isGap = !isOneByOne && known.length < items.length;
    if (known.length === 0 || isGap) throw new InTheWay('workbook_formula_empty', wordText(word));
    return isOneByOne ? known.join(',') : `{${known.join(',')}}`;
  }

  /** The cells of a range, row by row; undefined where one holds no number, is a year, or a part of a total that leaves it out. */
  #cellsOf(word: CellsWord, here: FormulaPlace, isSubtotal: boolean): (string | undefined)[][] {
    const { sheet, top, bottom, left, right } = this.#extentOf(word, here);
    const rows: (string | undefined)[][] = [];
    for (let row = top; row <= bottom; row += 1) {
      const cells: (string | undefined)[] = [];
      for (let column = left.column; column <= right.column; column += 1) {
        const place = this.#grid.at(sheet, row, column);
        const isLeftOut = place.kind === 'head' || (isSubtotal && isSubtotalAt(place));
        cells.push(isLeftOut ? undefined : placedText(place, column === right.column ? right : left, here));
      }
      rows.push(cells);
    }
    return rows;
  }

  #extentOf(word: CellsWord, here: FormulaPlace) {
    const { from, to } = facedEnds(word, here.sheet, this.#grid.isTurned);
    const [top, bottom] = [Math.min(from.row, to.row), Math.max(from.row, to.row)];
    const [left, right] = from.column <= to.column ? [from, to] : [to, from];
    if ((bottom - top + 1) * (right.column - left.column + 1) > MAX_RANGE_CELLS)
      throw new InTheWay('workbook_formula_reference', wordText(word));
    return { sheet: word.sheet ?? here.sheet, top, bottom, left, right };
  }

  /** The cell of a row in the column of the formula, or of a column in its row. */
  #crossing(word: CellsWord, here: FormulaPlace): string {
    const { top, bottom, left, right } = this.#extentOf(word, here);
    const isInColumn = left.column <= here.column && here.column <= right.column;
    const isInRow = top <= here.row && here.row <= bottom;
    const isRow = top === bottom && isInColumn;
    if (!isRow && !(left.column === right.column && isInRow))
      throw new InTheWay('workbook_formula_reference', wordText(word));
    const [row, column] = isRow ? [top, here.column] : [here.row, left.column];
    const isColumnFixed = !isRow && left.isColumnFixed;
    const place = this.#grid.at(word.sheet ?? here.sheet, row, column);
    const text = placedText(place, { row, column, isRowFixed: false, isColumnFixed }, here);
    if (text === undefined || (place.kind === 'line' && place.isEmpty))
      throw new InTheWay('workbook_formula_empty', wordText(word));
    return text;
  }
}

type CellsWord = Extract<ExcelWord, { kind: 'cells' }>;

/** What stands between two brackets, as far as it is written. */
class Frame {
  readonly name: string;
  readonly opening: string;
  pieces: string[] = [];
  cells: ShapeArgument['cells'];
  quoted: string | undefined;
  readonly args: ShapeArgument[] = [];

  constructor(name: string, opening = '') {
    this.name = name;
    this.opening = opening;
  }

  endArgument(): void {
    const { cells, quoted } = this;
    const text = this.pieces.join('');
    // a range or a text that is only a part of the argument is no argument of a shape
    if (text !== '' && (cells || quoted !== undefined))
      throw new InTheWay('workbook_formula_function', this.name);
    this.args.push({ text, ...(cells && { cells }), ...(quoted !== undefined && { quoted }) });
    this.pieces = [];
    this.cells = undefined;
    this.quoted = undefined;
  }
}

/** Writes what stood between two brackets, a call with its name. */
function closed(frame: Frame): string {
  if (frame.name === '')
    return `${frame.opening}${frame.pieces.join('')}${frame.opening === '{' ? '}' : ')'}`;
  frame.endArgument();
  const { args } = frame;
  const name = plansName(frame.name);
  const text = hasShape(name) ? shapeOf(name, args) : `${name}(${args.map((one) => one.text).join(',')})`;
  if (text === undefined) throw new InTheWay('workbook_formula_function', frame.name);
  return text;
}

/** A subtotal leaves out the subtotals among its cells. */
function isSubtotalAt(place: GridPlace): boolean {
  if (place.kind !== 'line') return false;
  return /^\s*SUBTOTAL\(/i.test(place.line.cells.get(place.period)?.formula ?? '');
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
