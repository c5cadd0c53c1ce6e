/**
 * From rows to lines: the formula that goes along a row becomes the line's, what stands before it becomes observed figures, and
 * every cell that does not fit keeps its value and is said.
 */
import { warning, type Problem } from '#quantity';
import type { FormulaProblemCode } from '#formula';
import type { Change, Figure, Line, Periods } from '#plan';
import type { WorkbookProblemCode } from '../problem.ts';
import { placeText, type ForeignCell } from './foreign-sheet.ts';
import type { FormulaTaker, TakenFormula } from './model-formula.ts';
import type { GridLine } from './model-grid.ts';

/** What is said of a model that is taken over. */
export type ModelProblem = Problem<WorkbookProblemCode | FormulaProblemCode>;

/** A cell of a line, its formula translated. */
interface RowCell {
  readonly period: number;
  readonly cell: ForeignCell;
  readonly taken?: TakenFormula;
}

/** A row with its formulas translated. */
export interface RowReading {
  readonly line: GridLine;
  readonly cells: readonly RowCell[];
  /** The formula that goes along the row; undefined where numbers do. */
  readonly main: string | undefined;
  /** The last period before the row's own way of going on begins, where there is one before it. */
  readonly turn: number | undefined;
}

/** A line, and what a scenario must say so that every cell keeps its value. */
export interface BuiltLine {
  readonly line: Line;
  readonly changes: readonly Change[];
  readonly problems: readonly ModelProblem[];
}

/** Translates a row and finds the formula that goes along it. */
export function readRow(line: GridLine, taker: FormulaTaker): RowReading {
  const isAlone = line.column !== undefined;
  const cells = [...line.cells]
    .sort(([a], [b]) => a - b)
    .map(([period, cell]): RowCell => {
      if (cell.formula === undefined) return { period, cell };
      const { row, column } = cell;
      const here = { sheet: line.sheet.name, row, column, period: isAlone ? undefined : period };
      return { period, cell, taken: taker.take(cell, here) };
    });
  const main = mainFormula(cells, taker);
  const formulaOf = ({ taken }: RowCell) => (taken?.ok ? taken.text : undefined);
  const start =
    main === undefined
      ? cells.findLastIndex(({ cell }) => cell.formula !== undefined) + 1
      : cells.findIndex((one) => formulaOf(one) === main);
  const before = start > 0 && start < cells.length ? cells[start - 1] : undefined;
  // formulas that differ from one another say nothing of where what was observed ends
  const isTurn = (before?.cell.formula === undefined) === (main !== undefined);
  return {
    line,
    cells: cells.map((one) => withReason(one, main, taker)),
    main,
    turn: isAlone || !isTurn ? undefined : before?.period,
  };
}

/**
 * The most frequent formula, of equals the last; none where numbers follow all formulas. One that a plan refuses is marked so,
 * and the next is asked: only what may go along a row is parsed.
 */
function mainFormula(cells: RowCell[], taker: FormulaTaker): string | undefined {
  if (cells.at(-1)?.cell.formula === undefined && endsInNumbers(cells)) return undefined;
  for (;;) {
    const counts = new Map<string, number>();
    let main: string | undefined;
    let formulas = 0;
    for (const { taken } of cells) {
      if (!taken?.ok) continue;
      const count = (counts.get(taken.text) ?? 0) + 1;
      counts.set(taken.text, count);
      formulas += 1;
      if (main === undefined || count >= (counts.get(main) ?? 0)) main = taken.text;
    }
    if (main === undefined || (counts.get(main) === 1 && formulas > 2)) return undefined;
    const because = taker.refusal(main);
    if (!because) return main;
    cells.forEach((one, index) => {
      if (one.taken?.ok && one.taken.text === main) cells[index] = refused(one, because);
    });
  }
}

/** A cell that does not go along its row is asked as well, as long as there is room to say why. */
function withReason(one: RowCell, main: string | undefined, taker: FormulaTaker): RowCell {
  if (!one.taken?.ok || one.taken.text === main) return one;
  const because = taker.refusalIfListed(one.taken.text);
  return because ? refused(one, because) : one;
}

function refused(one: RowCell, because: Problem<FormulaProblemCode>): RowCell {
  const subject = (one.cell.formula ?? '').slice(0, 80);
  return { ...one, taken: { ok: false, code: 'workbook_formula_unread', subject, because } };
}

/** Formulas for what was, numbers for what comes: more than one number in the end, or no formula before them twice. */
function endsInNumbers(cells: readonly RowCell[]): boolean {
  const lastFormula = cells.findLastIndex(({ cell }) => cell.formula !== undefined);
  const numbers = cells.length - 1 - lastFormula;
  return numbers > 1 || lastFormula < 1;
}

/** The last observed period: where most rows turn from numbers to formulas, or back; of equals the later. */
export function findBase(rows: readonly RowReading[], first: number): number {
  const counts = new Map<number, number>();
  for (const { turn } of rows) if (turn !== undefined) counts.set(turn, (counts.get(turn) ?? 0) + 1);
  let base = first;
  for (const [turn, count] of counts) {
    const most = counts.get(base) ?? 0;
    if (count > most || (count === most && turn > base)) base = turn;
  }
  return base;
}

/** Builds the line of a row. `unit` is the one to declare. */
export function buildLine(row: RowReading, periods: Periods, unit: string): BuiltLine {
  const { line, cells, main } = row;
  const problems = problemsOfRow(row);
  const name = { zh: line.label, en: line.label };
  const head = { id: line.id, section: line.section, name, unit };
  if (line.column !== undefined) return { ...buildAlone(row, periods, head), problems };

  const figures: Figure[] = [];
  const own: { period: number; value: number }[] = [];
  for (const one of cells) {
    const { period, cell, taken } = one;
    if (main !== undefined && taken?.ok && taken.text === main) continue;
    if (typeof cell.value !== 'number') continue;
    if (period <= periods.base) figures.push(figureOf(line, cell, period));
    else own.push({ period, value: cell.value });
  }
  const observed = figures.length > 0 && { figures };
  if (main !== undefined)
    return {
      line: { ...head, kind: 'result', formula: main, ...observed },
      changes: setRuns(line.id, own),
      problems,
    };
  const isDriver = cells.some(({ period, cell }) => period > periods.base && cell.formula === undefined);
  if (!isDriver)
    return { line: { ...head, kind: 'figure', ...observed }, changes: setRuns(line.id, own), problems };
  const isFull = own.length === periods.last - periods.base;
  const level = own[0]?.value ?? 0;
  const driver: Line = {
    ...head,
    kind: 'driver',
    ...(isFull && { formula: String(level) }),
    lever: leverOf(own.map(({ value }) => value)),
    ...observed,
  };
  const differing = isFull ? own.filter(({ value }) => value !== level) : own;
  return { line: driver, changes: setRuns(line.id, differing), problems };
}

/** A cell beside the years: a number becomes a driver that has always been so, a formula a result. */
function buildAlone(
  { line, cells, main }: RowReading,
  periods: Periods,
  head: Pick<Line, 'id' | 'section' | 'name' | 'unit'>,
): Omit<BuiltLine, 'problems'> {
  if (main !== undefined) return { line: { ...head, kind: 'result', formula: main }, changes: [] };
  const cell = cells[0]?.cell;
  const value = typeof cell?.value === 'number' ? cell.value : undefined;
  if (!cell || value === undefined) return { line: { ...head, kind: 'figure' }, changes: [] };
  const figures: Figure[] = [];
  for (let period = periods.first; period <= periods.base; period += 1)
    figures.push(figureOf(line, cell, period));
  return {
    line: { ...head, kind: 'driver', formula: String(value), lever: leverOf([value]), figures },
    changes: [],
  };
}

/** Runs of one value, each as one change. */
function setRuns(
  line: string,
  values: readonly { readonly period: number; readonly value: number }[],
): Change[] {
  const runs: { line: string; from: number; to: number; set: number }[] = [];
  for (const { period, value } of values) {
    const last = runs.at(-1);
    if (last?.set === value && last.to === period - 1) last.to = period;
    else runs.push({ line, from: period, to: period, set: value });
  }
  return runs;
}

function figureOf({ sheet }: GridLine, cell: ForeignCell, period: number): Figure {
  const place =
    `${sheet.name}!${placeText(cell)}${cell.formula === undefined ? '' : ` =${cell.formula}`}`.slice(0, 400);
  const origin = cell.formula === undefined ? 'assumed' : 'derived';
  return { period, value: cell.value as number, origin, note: { zh: place, en: place } };
}

/** A lever that reaches from nothing to twice the largest, in steps of a hundredth of its power of ten. */
function leverOf(values: readonly number[]): { min: number; max: number; step: number } {
  const largest = Math.max(...values.map(Math.abs), 0);
  if (largest === 0) return { min: -1, max: 1, step: 0.01 };
  const power = Math.floor(Math.log10(largest));
  // written out, so that a step is 0.001 and not its neighbour
  const digit = (exponent: number) => Number(`1e${exponent}`);
  const reach = Number((Math.ceil((2 * largest) / digit(power)) * digit(power)).toPrecision(12));
  if (!Number.isFinite(reach) || digit(power - 2) === 0)
    return { min: -largest, max: largest, step: largest / 100 };
  return { min: values.some((value) => value < 0) ? -reach : 0, max: reach, step: digit(power - 2) };
}

/** What is said of the cells of a row. */
export function problemsOfRow(row: RowReading): ModelProblem[] {
  return row.cells.flatMap((one) => problemsOf(row, one));
}

function problemsOf({ line, main }: RowReading, { cell, taken }: RowCell): ModelProblem[] {
  const place = { sheet: line.sheet.name, cell: placeText(cell) };
  const formula = `=${cell.formula ?? ''}`.slice(0, 80);
  const isFitting = taken?.ok === true && taken.text === main;
  if (taken && !isFitting && typeof cell.value !== 'number')
    return [warning('workbook_formula_valueless', { line: line.id }, { ...place, formula })];
  if (taken && !taken.ok) {
    const { code, subject, because } = taken;
    const args = { ...place, subject, value: cell.value as number };
    return [
      warning(code, { line: line.id }, args),
      ...(because ? [{ ...because, severity: 'warning' as const, place: { line: line.id } }] : []),
    ];
  }
  return taken && !isFitting
    ? [warning('workbook_row_uneven', { line: line.id }, { ...place, formula })]
    : [];
}
