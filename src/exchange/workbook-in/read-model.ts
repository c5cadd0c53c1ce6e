/** A workbook as a model: rows are lines, columns are periods, formulas live on. What cannot be taken is said, cell by cell. */
import { buildNames } from '#formula';
import { problem, warning } from '#quantity';
import { readPlan, type Line, type Localized, type Plan, type Scenario } from '#plan';
import { MAX_LISTED_CELLS, MAX_LISTED_PROBLEMS } from '../limits.ts';
import { columnLetters } from '../workbook/address.ts';
import { openCircles } from './circles.ts';
import { compareValues, type ValueComparison } from './compare-values.ts';
import { faceSheet, type ChosenHead, type PeriodHead, type SheetHead } from './find-periods.ts';
import { rowText, type ForeignWorkbook } from './foreign-sheet.ts';
import { FormulaTaker } from './model-formula.ts';
import { buildModelGrid, type GridLine, type HeadedSheet, type ModelGrid } from './model-grid.ts';
import {
  buildLine,
  findBase,
  problemsOfRow,
  readRow,
  type ModelProblem,
  type RowReading,
} from './model-lines.ts';
import { shareOf } from './progress.ts';
import { findReferred } from './referred-cells.ts';
import { WorkbookNames } from './workbook-names.ts';

/** What a model is read as. */
export interface ModelReading {
  readonly id: string;
  readonly title: Localized;
  /** The name of the one scenario of the new plan. */
  readonly scenarioName: Localized;
  /** Names of the sheets to read; by default all that are shown. */
  readonly sheets?: readonly string[];
  /** By name of a sheet: the head that a person has pointed at. */
  readonly heads?: Readonly<Record<string, ChosenHead>>;
  /** The last observed year; by default where most rows turn from numbers to formulas. */
  readonly base?: number;
  /** Translates the names of units in a reader's language into those that plans write. */
  readonly toUnit?: (text: string) => string;
}

/** A model that was taken over. */
export interface TakenModel {
  readonly plan: Plan;
  /** How many values of the workbook were found again, and how many not. */
  readonly comparison: Omit<ValueComparison, 'problems' | 'circular'>;
  /** Where the years were found, sheet by sheet, and where else they could stand. */
  readonly heads: readonly SheetHead[];
  /** Cells that were not taken, or not as they stand, and values that differ. */
  readonly problems: readonly ModelProblem[];
}

/** Either the model, or why there is none and which rows or columns could be its head. */
export type ReadModel =
  | { readonly ok: true; readonly model: TakenModel }
  | {
      readonly ok: false;
      readonly problems: readonly ModelProblem[];
      readonly heads: readonly SheetHead[];
    };

/** Of a sheet without years. */
const NO_HEAD: PeriodHead = { row: -1, periods: new Map() };

/** Cells between two reports of progress. */
const BLOCK = 200;

/** Reads a model; yields the share that is done, and may be stopped between. */
export function* readModel(workbook: ForeignWorkbook, reading: ModelReading): Generator<number, ReadModel> {
  let heads: readonly SheetHead[] = [];
  const refuse = (problems: readonly ModelProblem[]): ReadModel => ({
    ok: false,
    problems: problems.slice(0, MAX_LISTED_PROBLEMS),
    heads,
  });
  const unknown = (reading.sheets ?? []).filter((name) => !workbook.sheets.some((one) => one.name === name));
  if (unknown.length > 0)
    return refuse(unknown.map((sheet) => problem('workbook_sheet_unknown', {}, { sheet })));
  const chosen = workbook.sheets.filter((one) =>
    reading.sheets ? reading.sheets.includes(one.name) : !one.isHidden && one.cells.size > 0,
  );
  const said: ModelProblem[] = [];
  const hidden = reading.sheets
    ? []
    : workbook.sheets.filter(({ isHidden, cells }) => isHidden && cells.size > 0);
  for (const { name } of hidden) said.push(warning('workbook_sheet_hidden', {}, { sheet: name }));
  const faced = chosen.map((sheet) => faceSheet(sheet, reading.heads?.[sheet.name]));
  heads = faced.map(({ choice }) => choice);
  const turned = new Set(
    faced.flatMap(({ sheet }) => (sheet.isTurned === true ? [sheet.name.toLowerCase()] : [])),
  );
  const isTurned = (name: string) => turned.has(name.toLowerCase());
  const places = new WorkbookNames(workbook.names);
  const referred = yield* shareOf(0, 0.2, findReferred(chosen, places, isTurned));
  const headed = faced.map(({ sheet, head, choice }): HeadedSheet => {
    if (head) return { sheet, head };
    // a sheet of assumptions needs no years where formulas elsewhere name its cells
    const isNeeded = [...sheet.cells.values()].some(({ row, column }) =>
      referred.has(sheet.name, row, column),
    );
    if (!isNeeded) said.push({ ...withoutYears(choice), severity: 'warning' });
    return { sheet, head: NO_HEAD };
  });
  if (headed.every(({ head }) => head === NO_HEAD)) {
    const silent = heads.map(withoutYears);
    return refuse([...silent, ...said.filter(({ code }) => code === 'workbook_sheet_hidden')]);
  }
  const grid = yield* shareOf(0.2, 0.3, buildModelGrid(headed, referred, reading.toUnit ?? ((text) => text)));
  if ('kind' in grid) return refuse([grid]);
  if (grid.lines.length === 0) return refuse([...said, problem('workbook_no_lines')]);
  for (const { sheet } of headed)
    for (const row of sheet.hiddenRows) {
      const isLine = grid.lines.some((line) => line.sheet === sheet && line.row === row);
      if (isLine)
        said.push(warning('workbook_row_hidden', {}, { sheet: sheet.name, row: rowText(sheet, row) }));
    }

  const read: RowReading[] = [];
  const names = buildNames(grid.lines.map(({ id, label }) => ({ id, name: { zh: label, en: label } })));
  const calendar = { unit: 'year' as const, first: grid.first, last: grid.last };
  const taker = new FormulaTaker(grid, places, { names, periods: { ...calendar, base: grid.first } });
  let cells = 0;
  for (const line of grid.lines) {
    read.push(readRow(line, taker));
    cells += line.cells.size;
    if (cells < BLOCK) continue;
    cells = 0;
    yield 0.3 + (0.4 * read.length) / grid.lines.length;
  }
  let rows = withNumbers(read);
  const kept = new Set(rows);
  for (const row of read) if (!kept.has(row)) said.push(...problemsOfRow(row));
  const wished = reading.base ?? findBase(rows, grid.first);
  const base = Math.min(Math.max(wished, grid.first), grid.last);
  let first = planOf(reading, grid, rows, { ...calendar, base }, true);
  if (!first.ok) return refuse(first.problems);
  yield 0.8;
  let values = compareValues(first.plan, first.scenario, rows);
  if (values.circular.size > 0) {
    rows = openCircles(rows, values.circular);
    first = planOf(reading, grid, rows, { ...calendar, base }, true);
    if (!first.ok) return refuse(first.problems);
    yield 0.85;
    values = compareValues(first.plan, first.scenario, rows);
  }
  let taken = { ...first, values };
  if (taken.values.different > 0 && first.plan.lines.some(({ unit }) => unit !== '' && unit !== '%')) {
    // a plan converts between units, a workbook multiplies by ten thousand itself; where both would, the workbook is right
    const plain = planOf(reading, grid, rows, { ...calendar, base }, false);
    yield 0.9;
    const plainly = plain.ok ? compareValues(plain.plan, plain.scenario, rows) : undefined;
    if (plain.ok && plainly && plainly.different < taken.values.different) {
      said.push(warning('workbook_units_left'));
      taken = { ...plain, values: plainly };
    }
  }
  const { cells: compared, different, unknown: uncounted, problems } = taken.values;
  const all = [...said, ...grid.problems, ...taken.problems, ...problems];
  const more = all.length - MAX_LISTED_CELLS;
  const listed =
    more > 0
      ? [...all.slice(0, MAX_LISTED_CELLS), warning('workbook_more_problems' as const, {}, { count: more })]
      : all;
  return {
    ok: true,
    model: {
      plan: taken.plan,
      comparison: { cells: compared, different, unknown: uncounted },
      heads,
      problems: listed,
    },
  };
}

/** Says that no row names the years, and in which column they stand where they do. */
function withoutYears({ sheet, candidates }: SheetHead): ModelProblem {
  const down = candidates.find(({ isColumn, first }) => isColumn && first !== undefined);
  return down
    ? problem('workbook_periods_down', {}, { sheet, column: columnLetters(down.row) })
    : problem('workbook_no_periods', {}, { sheet });
}

/** The rows that a plan has a use for: rows of nothing but texts are none, unless a formula names them. */
function withNumbers(rows: readonly RowReading[]): RowReading[] {
  const named = new Set(rows.flatMap(({ main }) => main?.match(/[a-z][a-z0-9_]*/g) ?? []));
  const isNumber = ({ cell }: RowReading['cells'][number]) => typeof cell.value === 'number';
  return rows.filter(
    ({ line, main, cells }) => main !== undefined || named.has(line.id) || cells.some(isNumber),
  );
}

type Planned =
  | {
      readonly ok: true;
      readonly plan: Plan;
      readonly scenario: Scenario;
      readonly problems: readonly ModelProblem[];
    }
  | { readonly ok: false; readonly problems: readonly ModelProblem[] };

function planOf(
  { id, title, scenarioName }: ModelReading,
  grid: ModelGrid,
  rows: readonly RowReading[],
  periods: Plan['periods'],
  withUnits: boolean,
): Planned {
  const problems: ModelProblem[] = [];
  const built = rows.map((row) => {
    const { unit, said } = unitOf(row.line, withUnits);
    problems.push(...said);
    return buildLine(row, periods, unit);
  });
  const changes = built.flatMap((one) => one.changes);
  const scenario: Scenario = { id: 'plan', name: scenarioName, ...(changes.length > 0 && { changes }) };
  const used = new Set(rows.map(({ line }) => line.section));
  const lines: Line[] = built.map(({ line }) => line);
  const read = readPlan({
    ...{ format: 1, id, version: '1.0.0', title, place: title, source: { title: title.zh }, periods },
    sections: grid.sections
      .filter((one) => used.has(one.id))
      .map((one) => ({ id: one.id, name: { zh: one.name, en: one.name } })),
    ...{ tables: [], lines, targets: [], scenarios: [scenario] },
  });
  if (!read.ok)
    return {
      ok: false,
      problems: [problem('workbook_no_plan', {}, { reason: read.problems[0]?.code ?? '' })],
    };
  // joined and not pushed: there may be more than a call takes arguments
  return {
    ok: true,
    plan: read.value,
    scenario,
    problems: problems.concat(built.flatMap((one) => one.problems)),
  };
}

/** The unit to declare: percent where the numbers are shown so, else the one that is written. */
function unitOf(line: GridLine, withUnits: boolean): { unit: string; said: ModelProblem[] } {
  const cells = [...line.cells.values()];
  const isPercent = cells.length > 0 && cells.every(({ format }) => format?.includes('%'));
  if (isPercent) return { unit: '%', said: [] };
  const { unit = '' } = line;
  if (unit === '%' || unit === '‰') {
    // 5.2 that is shown as 5.2 is no fraction: as percent it would be 520
    const args = { sheet: line.sheet.name, row: rowText(line.sheet, line.row), unit };
    return { unit: '', said: [warning('workbook_unit_percent', { line: line.id }, args)] };
  }
  return { unit: withUnits ? unit : '', said: [] };
}
