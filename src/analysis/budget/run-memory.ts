/**
 * How much memory a question takes beyond its plan, from the sizes of what is asked: found before it runs, and rather too
 * much than too little.
 */
import { countPeriods, type Plan, type Scenario } from '#plan';
import { layersOf } from '#engine';
import { cubeSize } from '../chance/point-batches.ts';
import type { SamplingMethod } from '../chance/sampling.ts';
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
/** Slopes that are carried at once through a cell, with what holds them. */
const SLOPES = 32 * NUMBER + 200;
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

/** What a tornado of all drivers takes: each is moved while all others stay. Unit: bytes. */
export function bytesOfTornados(plan: Plan, cells: number): number {
  const drivers = plan.lines.filter(({ kind }) => kind === 'driver').length;
  return engineBytes(plan) + TORNADO_LEVELS * drivers * (drivers * NUMBER + cells * ENTRY);
}

/** What the slopes of cells take. Unit: bytes. */
export function bytesOfSlopes(plan: Plan): number {
  return plan.lines.length * countPeriods(plan.periods) * (REACHED_CELL + SLOPES);
}
