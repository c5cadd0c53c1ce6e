/**
 * In which order lines are calculated. A line that reads its own past is a loop over periods; lines that read each other
 * across periods are ordered cell by cell; only cells that need each other in the same round are a cycle.
 */
import { indexAt, type Dependency } from '../code/instruction.ts';
import { orderByDependency } from './order.ts';

/** One step: a whole line from the first stale period on, or a knot of lines cell by cell. */
export type Step =
  | { readonly kind: 'line'; readonly line: number }
  | {
      readonly kind: 'knot';
      readonly lines: readonly number[];
      readonly groups: readonly (readonly Cell[])[];
    };

/** A cell by line number and period index. */
export interface Cell {
  readonly line: number;
  readonly index: number;
}

/** What the scheduler asks about the lines as they are resolved now. */
export interface Structure {
  readonly lines: number;
  readonly periods: number;
  /** Everything that any period of a line may read. */
  dependenciesOf(line: number): readonly Dependency[];
  /** What one cell may read. */
  dependenciesAt(line: number, index: number): readonly Dependency[];
}

/** Orders the lines of a structure. */
export function buildSchedule(structure: Structure): Step[] {
  const sources = (line: number) => structure.dependenciesOf(line).map((dependency) => dependency.line);
  return orderByDependency(structure.lines, sources).map((lines) => {
    const [only, ...others] = lines as [number, ...number[]];
    const readsItself = structure.dependenciesOf(only).filter((dependency) => dependency.line === only);
    if (others.length === 0 && readsItself.every(isPast)) return { kind: 'line', line: only };
    return { kind: 'knot', lines, groups: orderCells(lines, structure) };
  });
}

function isPast(dependency: Dependency): boolean {
  // a range that ends before this period reads the past wherever it begins
  return dependency.last.kind === 'lag' && dependency.last.by < 0;
}

function orderCells(lines: readonly number[], structure: Structure): Cell[][] {
  const { periods } = structure;
  const place = new Map(lines.map((line, index) => [line, index]));
  const cellOf = (node: number): Cell => ({
    line: lines[Math.floor(node / periods)] as number,
    index: node % periods,
  });
  const readsOf = (node: number): number[] => {
    const { line, index } = cellOf(node);
    return structure.dependenciesAt(line, index).flatMap((dependency) => {
      const member = place.get(dependency.line);
      if (member === undefined) return [];
      const first = Math.max(0, indexAt(dependency.first, index));
      const last = Math.min(periods - 1, indexAt(dependency.last, index));
      return Array.from(
        { length: Math.max(0, last - first + 1) },
        (_, step) => member * periods + first + step,
      );
    });
  };
  // a single cell that reads itself is a cycle of one; `isCycle` in calculation.ts tells it from a plain cell
  return orderByDependency(lines.length * periods, readsOf).map((group) => group.map(cellOf));
}
