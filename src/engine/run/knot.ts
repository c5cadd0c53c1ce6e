/**
 * Lines that read each other across periods, calculated cell by cell. Cells that need each other are settled by iteration
 * where the plan allows it; else they hold a failure that names the loop.
 */
import { MISSING, failure, isNumber, isSameValue, placedAt, type Failure, type Value } from '#quantity';
import type { Plan } from '#plan';
import { indexAt, type Dependency } from '../code/instruction.ts';
import type { Cell, Step } from '../order/schedule.ts';

/** The cells that a knot works on. */
export interface KnotCells {
  readonly iteration: Plan['iteration'];
  readonly periods: number;
  idOf(line: number): string;
  periodAt(index: number): number;
  read(line: number, index: number): Value;
  series(line: number): readonly Value[];
  write(line: number, index: number, value: Value): void;
  /** What a cell is worth by its rule, from what the others hold. */
  valueOf(cell: Cell): Value;
  /** What a cell may read. */
  dependenciesOf(cell: Cell): readonly Dependency[];
}

/** Calculates a knot; gives for each line that changed the first index at which it did. */
export function runKnot(step: Extract<Step, { kind: 'knot' }>, cells: KnotCells): Map<number, number> {
  const before = new Map(step.lines.map((line) => [line, cells.series(line)]));
  for (const line of step.lines)
    for (let index = 0; index < cells.periods; index += 1) cells.write(line, index, MISSING);
  for (const group of step.groups) {
    const [only] = group as [Cell, ...Cell[]];
    if (group.length > 1 || readsCell(only, only, cells)) runCycle(group, cells);
    else cells.write(only.line, only.index, cells.valueOf(only));
  }
  const changed = new Map<number, number>();
  for (const [line, old] of before) {
    const first = old.findIndex((value, index) => !isSameValue(value, cells.read(line, index)));
    if (first !== -1) changed.set(line, first);
  }
  return changed;
}

function readsCell(reader: Cell, { line, index }: Cell, cells: KnotCells): boolean {
  return cells
    .dependenciesOf(reader)
    .some(
      (one) =>
        one.line === line &&
        indexAt(one.first, reader.index) <= index &&
        index <= indexAt(one.last, reader.index),
    );
}

/** Walks from the first cell along what it reads until it comes round: the lines of the loop, the first one twice. */
function loopOf(group: readonly Cell[], cells: KnotCells): string {
  const visited: Cell[] = [];
  const placeOf = (cell: Cell) =>
    visited.findIndex((one) => one.line === cell.line && one.index === cell.index);
  let cell = group[0] as Cell;
  while (placeOf(cell) === -1) {
    visited.push(cell);
    const from = cell;
    cell = group.find((one) => readsCell(from, one, cells)) as Cell;
  }
  const lines = [...new Set(visited.slice(placeOf(cell)).map((one) => cells.idOf(one.line)))];
  return [...lines, lines[0]].join(' → ');
}

function runCycle(unordered: readonly Cell[], cells: KnotCells): void {
  const { iteration } = cells;
  // in the order of periods and lines, whatever cell the search began with
  const group = unordered.toSorted((a, b) => a.index - b.index || a.line - b.line);
  const lines = loopOf(group, cells);
  const fail = (fault: Failure) => {
    for (const { line, index } of group)
      cells.write(line, index, placedAt(fault, cells.idOf(line), cells.periodAt(index)));
  };
  if (!iteration) {
    fail(failure('#CYCLE!', 'cycle', { lines }));
    return;
  }
  for (const { line, index } of group) cells.write(line, index, 0);
  let change = Infinity;
  for (let round = 0; round < iteration.limit && change > iteration.tolerance; round += 1) {
    change = 0;
    for (const cell of group) {
      const old = cells.read(cell.line, cell.index);
      const next = cells.valueOf(cell);
      cells.write(cell.line, cell.index, next);
      change = Math.max(
        change,
        isNumber(old) && isNumber(next) ? Math.abs(next - old) : isSameValue(old, next) ? 0 : Infinity,
      );
    }
  }
  if (change <= iteration.tolerance) return;
  fail(failure('#CYCLE!', 'iteration_unsettled', { lines, rounds: iteration.limit, change }));
}
