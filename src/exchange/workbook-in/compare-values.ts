/** A plan that was taken from a workbook, calculated, beside the values that the workbook shows. */
import { isFailure, isMissing, warning, type Value } from '#quantity';
import type { Plan, Scenario } from '#plan';
import { buildEngine } from '#engine';
import { placeText, rowText } from './foreign-sheet.ts';
import type { ModelProblem, RowReading } from './model-lines.ts';

/** How the values compare. */
export interface ValueComparison {
  /** Cells that could be compared. */
  readonly cells: number;
  /** Cells that differ by more than 1e-9 of their size. */
  readonly different: number;
  /** Formulas without a value in the file: nothing to compare with. */
  readonly unknown: number;
  /** Lines that depend on themselves. */
  readonly circular: ReadonlySet<string>;
  readonly problems: readonly ModelProblem[];
}

/** Relative difference up to which two values are the same; near zero it is absolute. */
const [TOLERANCE, NEAR_ZERO] = [1e-9, 1e-12];

/** Compares every cell that was taken. */
export function compareValues(plan: Plan, scenario: Scenario, rows: readonly RowReading[]): ValueComparison {
  const calculation = buildEngine(plan).calculate(scenario);
  const problems: ModelProblem[] = [];
  const circular = new Set<string>();
  let [cells, different, unknown] = [0, 0, 0];
  for (const { line, cells: own } of rows) {
    const filled = new Set<number>();
    for (const { period, cell, taken } of own) {
      filled.add(period);
      // what was not taken has been said
      if (taken?.ok === false && typeof cell.value !== 'number') continue;
      if (cell.kind === 'empty') {
        unknown += 1;
        continue;
      }
      cells += 1;
      const value = calculation.value(line.id, period) ?? null;
      if (isFailure(value) && value.code === '#CYCLE!') circular.add(line.id);
      if (isSame(value, cell.value)) continue;
      different += 1;
      problems.push(
        warning(
          'workbook_value_differs',
          { line: line.id, period },
          {
            sheet: line.sheet.name,
            cell: placeText(cell),
            workbook: String(cell.value),
            plan: textOf(value),
          },
        ),
      );
    }
    if (line.column !== undefined) continue;
    const extra = calculation
      .series(line.id)
      .flatMap((value, index) =>
        typeof value === 'number' && !filled.has(plan.periods.first + index)
          ? [plan.periods.first + index]
          : [],
      );
    if (extra.length > 0) {
      const args = { sheet: line.sheet.name, row: rowText(line.sheet, line.row), periods: extra.join(', ') };
      problems.push(warning('workbook_value_extra', { line: line.id }, args));
    }
  }
  if (unknown > 0) problems.push(warning('workbook_values_unknown', {}, { count: unknown }));
  return { cells, different, unknown, circular, problems };
}

function isSame(value: Value, shown: number | string | boolean | null): boolean {
  if (typeof shown === 'boolean') return value === Number(shown);
  if (typeof shown === 'string') return isFailure(value) && shown.startsWith('#');
  if (typeof value !== 'number' || shown === null) return false;
  const distance = Math.abs(value - shown);
  return distance <= NEAR_ZERO || distance <= TOLERANCE * Math.max(Math.abs(value), Math.abs(shown));
}

function textOf(value: Value): string {
  if (isMissing(value)) return '—';
  return isFailure(value) ? value.code : String(value);
}
