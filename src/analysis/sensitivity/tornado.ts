/** What each driver alone does to a cell over its range: the bars of a tornado, the widest first. */
import { isFailure, isNumber, type Value } from '#quantity';
import type { Scenario } from '#plan';
import { batchOf, finish, layersOf, samplesOf, valueAt, type Engine } from '#engine';
import type { Cell } from '../cell.ts';
import { focusEngine } from '../difference/focus.ts';
import { levelsBetween } from './table-sheet.ts';
import { levelCell } from '../lever.ts';
import { drivers } from '../targets/target-status.ts';
import { findUncertainDrivers } from '../chance/uncertain-drivers.ts';

/** From where to where a driver's level is moved. Unit: of the line. */
export interface DriverRange {
  readonly line: string;
  readonly low: number;
  readonly high: number;
  /** Where the range comes from: typed, the 90 % interval of its distribution, or the ends of its lever. */
  readonly from: 'given' | 'distribution' | 'lever';
}

/** What a cell is worth over the range of one driver. */
export interface TornadoBar extends DriverRange {
  readonly atLow: Value;
  readonly atHigh: Value;
  /** The ends of what was seen anywhere in the range; missing where nothing was a number. */
  readonly least: number | null;
  readonly most: number | null;
  /** False where the cell turns round within the range, so that its ends do not tell all. */
  readonly isMonotone: boolean;
  /** Levels that were tried without a number as the answer, as a share of all. */
  readonly unknown: number;
}

/** The bars of one cell. */
export interface Tornado extends Cell {
  readonly present: Value;
  readonly bars: readonly TornadoBar[];
}

/** Levels that are tried between the ends of a range, both included. */
const LEVELS = 9;

/** What rounding may turn round. */
const FLAT = 1e-12;

/** Gives every driver a range: the 90 % interval of its distribution where it has one, else the ends of its lever. */
export function findRanges(
  engine: Engine,
  scenario: Scenario,
  scenarios: readonly Scenario[] = engine.plan.scenarios,
): DriverRange[] {
  const drawn = new Map(
    findUncertainDrivers(engine, scenario, scenarios).drivers.map((driver) => [driver.line, driver.curve]),
  );
  return drivers(engine.plan).map(({ id, lever }): DriverRange => {
    const curve = drawn.get(id);
    return curve
      ? { line: id, low: curve.quantile(0.05), high: curve.quantile(0.95), from: 'distribution' }
      : { line: id, low: lever.min, high: lever.max, from: 'lever' };
  });
}

/**
 * Moves every driver by itself through its range; the others stay. A level is the driver's value in the last period, and a
 * move adds the same in all periods after the base.
 *
 * Fails: a driver without a number as its level has no bar.
 */
export function findTornados(
  engine: Engine,
  scenario: Scenario,
  cells: readonly Cell[],
  ranges: readonly DriverRange[],
  scenarios: readonly Scenario[] = engine.plan.scenarios,
): Tornado[] {
  return finish(searchTornados(engine, scenario, cells, ranges, scenarios));
}

/** The same step by step: yields the share of the levels that were tried, from 0 to 1. */
export function* searchTornados(
  engine: Engine,
  scenario: Scenario,
  cells: readonly Cell[],
  ranges: readonly DriverRange[],
  scenarios: readonly Scenario[] = engine.plan.scenarios,
): Generator<number, Tornado[]> {
  const lines = [...cells, ...ranges].map(({ line }) => line);
  const focused = focusEngine(engine, lines, layersOf(scenario, scenarios));
  const calculation = focused.calculate(scenario, scenarios);
  const placed = ranges.flatMap((range) => {
    const { line, low, high } = range;
    const level = calculation.value(line, levelCell({ line, min: low, max: high }, engine.plan).period);
    return isNumber(level) ? [{ range, level }] : [];
  });
  const moves = placed.map(({ range }) => ({ line: range.line, effect: 'add' as const }));
  const shifts = placed.map((_, driver) => {
    const column = new Float64Array(placed.length * LEVELS);
    const { range, level } = placed[driver] as (typeof placed)[number];
    levelsBetween(range.low, range.high, LEVELS).forEach(
      (tried, step) => (column[driver * LEVELS + step] = tried - level),
    );
    return column;
  });
  const result = yield* batchOf(focused, scenario, { moves, outputs: cells }, scenarios).run(
    samplesOf(shifts),
  );
  return cells.map((cell, output) => {
    const bars = placed.map(({ range }, driver) =>
      barOf(
        range,
        Array.from({ length: LEVELS }, (_, step) => valueAt(result, output, driver * LEVELS + step)),
      ),
    );
    return {
      ...cell,
      present: calculation.value(cell.line, cell.period),
      bars: bars.toSorted((a, b) => widthOf(b) - widthOf(a)),
    };
  });
}

function barOf(range: DriverRange, values: readonly Value[]): TornadoBar {
  const numbers = values.filter(isNumber);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const slack = FLAT * Math.max(Math.abs(least), Math.abs(most));
  const rises = numbers.slice(1).map((value, index) => value - (numbers[index] as number));
  return {
    ...range,
    atLow: values[0] ?? null,
    atHigh: values.at(-1) ?? null,
    least: numbers.length === 0 ? null : least,
    most: numbers.length === 0 ? null : most,
    isMonotone: rises.every((rise) => rise >= -slack) || rises.every((rise) => rise <= slack),
    unknown: 1 - numbers.length / values.length,
  };
}

/** Failures are of more interest than nothing at all: they come before what does not move. */
function widthOf({ least, most, atLow }: TornadoBar): number {
  if (least === null || most === null) return isFailure(atLow) ? Number.MIN_VALUE : 0;
  return most - least;
}
