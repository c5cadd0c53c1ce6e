/**
 * How much memory a question takes beyond its plan, from the sizes of what is asked: found before it runs, and rather too
 * much than too little.
 */
import { countPeriods, type Plan, type Scenario } from '#plan';
import { layersOf, type Engine } from '#engine';
import type { Cell } from '../cell.ts';
import { cubeSize } from '../chance/point-batches.ts';
import type { SamplingMethod } from '../chance/sampling.ts';
import { findSources } from '../difference/focus.ts';
import type { Goal } from '../reach/goal-seek.ts';
import type { Wish } from '../reach/wish.ts';
import { DEFAULT_SAMPLES, MOST_KEPT_NUMBERS } from '../uncertainty/sample-counts.ts';

/** A number of 64 bits. */
const NUMBER = 8;
/** A number with its status. */
const ENTRY = 10;
/** What the engine holds for a cell of the plan that samples reach: its rule, its place in the order, its reads. Measured. */
const REACHED_CELL = 1_100;
/** What the rows of all reached cells take, whatever their number; compiled and interpreted ones. */
const BLOCK = 128_000_000;
/** Samples of a block. */
const BLOCK_SAMPLES = 512;
/** A cell of which not all numbers are kept: counts in bins, and the values before they are counted. */
const SKETCH = 90_000;
/** The same where one sample after another is asked for, or slopes: nothing is compiled for blocks. Measured. */
const FOLLOWED_CELL = 500;
/** What a cell adds to the tape of slopes, and what is carried through it. Measured. */
const TAPE_CELL = 100;
const CARRIED = 64_000_000;
/** Levels at which a driver of a tornado is tried. */
const TORNADO_LEVELS = 9;

/** A scenario with those that it may build on. */
interface Asked {
  readonly scenario: Scenario;
  readonly scenarios: readonly Scenario[];
}

/** Samples of a scenario, as far as their memory goes. */
export interface SampledSizes extends Asked {
  readonly samples?: number;
  readonly method?: SamplingMethod;
  /** Whose spread is wanted; all lines after the base where nothing is said. */
  readonly cells?: readonly unknown[];
}

/** What the engine holds for any question about many samples. Unit: bytes. */
function engineBytes(plan: Plan): number {
  return plan.lines.length * countPeriods(plan.periods) * REACHED_CELL + BLOCK;
}

/** What is drawn: coordinates of a sample, and the size of the largest matrix of drivers that move together. */
function drawnSizes(plan: Plan, { scenario, scenarios }: Asked): { coordinates: number; matrix: number } {
  const courses = new Map(
    plan.lines.flatMap(({ id, distribution }) => (distribution ? [[id, distribution.course] as const] : [])),
  );
  const layers = layersOf(scenario, scenarios);
  for (const { distributions = {} } of layers.toReversed())
    for (const [id, { course }] of Object.entries(distributions)) courses.set(id, course);
  const ahead = plan.periods.last - plan.periods.base;
  const coordinates = [...courses.values()].reduce(
    (sum, course = 'once') => sum + (course === 'once' ? 1 : ahead),
    0,
  );
  const together = new Set(
    [plan, ...layers].flatMap(({ correlations = [] }) => correlations.flatMap(({ lines }) => [...lines])),
  );
  return { coordinates, matrix: together.size ** 2 * NUMBER };
}

/** What spreads and probabilities take. Unit: bytes. */
export function bytesOfSamples(plan: Plan, question: SampledSizes): number {
  const { samples = DEFAULT_SAMPLES, method = 'latin' } = question;
  const ahead = plan.periods.last - plan.periods.base;
  const cells = question.cells?.length ?? plan.lines.length * ahead;
  const { coordinates, matrix } = drawnSizes(plan, question);
  const points = method === 'latin' ? coordinates * cubeSize(samples) * NUMBER : 0;
  const spreads = cells * samples <= MOST_KEPT_NUMBERS ? cells * samples * NUMBER : cells * SKETCH;
  // points and their values of one block, and the matrix with its factors on the way to the nearest possible one
  return engineBytes(plan) + points + 3 * coordinates * BLOCK_SAMPLES * NUMBER + 6 * matrix + spreads;
}

/** What the shares of a spread take: two draws of every coordinate. Unit: bytes. */
export function bytesOfIndices(plan: Plan, question: Asked & { readonly cells: readonly unknown[] }): number {
  const { coordinates, matrix } = drawnSizes(plan, question);
  return engineBytes(plan) + 6 * coordinates * BLOCK_SAMPLES * NUMBER + 6 * matrix;
}

/** What a table of so many levels takes, for each of its cells. Unit: bytes. */
export function bytesOfTable(plan: Plan, levels: number, cells: number): number {
  return engineBytes(plan) + levels * cells * ENTRY;
}

/** How many cells the part of a plan has that lines can depend on: what is asked of a few cells is asked of that part alone. */
function countFocused(engine: Engine, { scenario, scenarios }: Asked, lines: readonly string[]): number {
  return findSources(engine, lines, layersOf(scenario, scenarios)).size * countPeriods(engine.plan.periods);
}

function linesOf(cells: readonly Cell[]): string[] {
  return cells.map(({ line }) => line);
}

/** What a tornado of all drivers takes: each is moved while all others stay. Unit: bytes. */
export function bytesOfTornados(
  engine: Engine,
  question: Asked & { readonly cells: readonly Cell[] },
): number {
  const { cells } = question;
  const drivers = engine.plan.lines.filter(({ kind }) => kind === 'driver').length;
  const focused = countFocused(engine, question, linesOf(cells));
  return (
    focused * REACHED_CELL + BLOCK + TORNADO_LEVELS * drivers * (drivers * NUMBER + cells.length * ENTRY)
  );
}

/** What the slopes of cells take. Unit: bytes. */
export function bytesOfSlopes(engine: Engine, question: Asked & { readonly cells: readonly Cell[] }): number {
  return countFocused(engine, question, linesOf(question.cells)) * (FOLLOWED_CELL + TAPE_CELL) + CARRIED;
}

/** What a goal seek takes: one level after another. Unit: bytes. */
export function bytesOfGoal(engine: Engine, goal: Goal): number {
  return countFocused(engine, goal, [goal.cell.line, goal.lever.line]) * FOLLOWED_CELL;
}

/** What the smallest change that meets targets takes: one point after another, and slopes beside. Unit: bytes. */
export function bytesOfLeastChange(engine: Engine, wish: Wish): number {
  const { targets, drivers, held = [], watch = [] } = wish;
  const lines = [
    ...targets.map(({ target }) => target.line),
    ...linesOf(watch),
    ...[...drivers, ...held].map(({ lever }) => lever.line),
  ];
  return countFocused(engine, wish, lines) * (2 * FOLLOWED_CELL + TAPE_CELL) + CARRIED;
}
