/** A plan's lines by periods as a table, and the lines that the rows of an arriving table mean. */
import { listPeriods, hasPeriod, type Line, type Plan } from '#plan';
import { isFailure, parseUnit, warning, type Problem, type Value } from '#quantity';
import type { TableProblemCode } from '../problem.ts';
import type { PeriodRow, PeriodTable } from './period-table.ts';
import { firstOf, type CellToWrite } from './text-table.ts';

/** What a plan's table shows. */
export interface PlanTableContent {
  readonly plan: Plan;
  /** The lines to show, in their order; all of the plan's by default. */
  readonly lines?: readonly Line[];
  readonly language: 'zh' | 'en';
  /** The heads of the columns before the periods, in the reader's language. */
  readonly heads: { readonly id: string; readonly line: string; readonly unit: string };
  /** The name of a unit in the reader's language; by default as the plan writes it. */
  readonly unitName?: (unit: string) => string;
  readonly valueAt: (line: string, period: number) => Value;
}

/**
 * Lays a plan out as a table: a head with the periods, then a row for each line with its id, name and unit.
 *
 * Missing: empty. Fails: a failure stands as its code, as a spreadsheet shows it. Unit: of the line, percent with its sign.
 */
export function toPlanTable(content: PlanTableContent): CellToWrite[][] {
  const { plan, lines = plan.lines, language, heads, unitName = (unit) => unit, valueAt } = content;
  const periods = listPeriods(plan.periods);
  const head: CellToWrite[] = [heads.id, heads.line, heads.unit, ...periods];
  const rows = lines.map((line): CellToWrite[] => {
    const isPercent = parseUnit(line.unit)?.shown === 100;
    const cells = periods.map((period): CellToWrite => {
      const value = valueAt(line.id, period);
      if (isFailure(value)) return value.code;
      return isPercent && value !== null ? { percent: value } : value;
    });
    return [line.id, line.name[language], unitName(line.unit), ...cells];
  });
  return [head, ...rows];
}

/** A row whose line was found. */
export interface MatchedRow {
  readonly row: PeriodRow;
  readonly line: Line;
}

/** Which lines the rows of a table mean, and which rows mean none. */
export interface MatchedTable {
  readonly rows: readonly MatchedRow[];
  /** Rows that were not taken, and periods outside of the plan. */
  readonly problems: readonly Problem<TableProblemCode>[];
}

/**
 * Finds the lines of a plan that the rows of a table mean: by id, else by the name in either language. A row is taken only
 * where exactly one line is meant, no row before it means the same, and its unit, where written, is the line's.
 */
export function matchLines(table: PeriodTable, plan: Plan): MatchedTable {
  const byId = new Map(plan.lines.map((line) => [line.id, line]));
  const byName = new Map<string, Set<Line>>();
  for (const line of plan.lines) {
    for (const name of [line.name.zh, line.name.en]) {
      byName.set(comparable(name), (byName.get(comparable(name)) ?? new Set()).add(line));
    }
  }
  const problems: Problem<TableProblemCode>[] = table.periods
    .filter((period) => !hasPeriod(plan.periods, period))
    .map((period) => warning('table_period_outside', {}, { period }));
  const rows: MatchedRow[] = [];
  const taken = new Set<Line>();
  for (const row of table.rows) {
    const own = byId.get(row.id ?? row.label);
    const lines = own ? [own] : [...(byName.get(comparable(row.label)) ?? [])];
    const [line] = lines;
    const said = { row: row.row, label: (row.label || (row.id ?? '')).slice(0, 80) };
    if (!line) problems.push(warning('table_line_unknown', {}, said));
    else if (lines.length > 1) {
      problems.push(
        warning('table_line_ambiguous', {}, { ...said, ids: lines.map(({ id }) => id).join(', ') }),
      );
    } else if (taken.has(line)) problems.push(warning('table_line_twice', {}, said));
    else if (!isUnitOf(row, line)) {
      problems.push(warning('table_line_unit', {}, { ...said, unit: row.unit ?? '', wanted: line.unit }));
    } else {
      taken.add(line);
      const inside = [...row.values].filter(([period]) => hasPeriod(plan.periods, period));
      rows.push({ row: { ...row, values: new Map(inside) }, line });
    }
  }
  return { rows, problems: firstOf(problems) };
}

/** A name without blanks, in small letters, full-width signs as their twins. */
function comparable(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}

/** A row without a unit takes the line's. */
function isUnitOf({ unit }: PeriodRow, line: Line): boolean {
  if (unit === undefined) return true;
  const [written, own] = [parseUnit(unit), parseUnit(line.unit)];
  return written !== undefined && own !== undefined && written.text === own.text;
}
