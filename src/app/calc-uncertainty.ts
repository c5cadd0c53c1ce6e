/** `calc --mc` and `--tornado`: how likely, and what each driver alone does over its range. */
import type { Problem } from '#quantity';
import type { Correlation } from '#plan';
import {
  PERCENTILES,
  findRanges,
  findSobolIndices,
  bytesOfIndices,
  bytesOfSamples,
  bytesOfTornados,
  searchTornados,
  runUncertainty,
  seededRandom,
  type Cell,
  type CellSpread,
  type CorrelationRepair,
  type DrawnDriver,
  type GroupIndices,
  type Histogram,
  type Probability,
  type TornadoBar,
} from '#analysis';
import { problemSentence } from '#words';
import { finishWithin } from './calc-budget.ts';
import type { CellArgument, SamplesArgument } from './calc-analysis-arguments.ts';
import { findCell, reportValue, type ReportedValue, type Subject } from './calc-subject.ts';

/** The spread of one cell; its figures are absent where no sample gave a number. */
export type ReportedSpread = Cell & {
  readonly isFixed: boolean;
  readonly numbers: number;
  readonly missing: number;
  readonly failed: number;
  readonly figures?: {
    readonly mean: number;
    readonly meanError?: number;
    readonly sd: number;
    readonly least: number;
    readonly most: number;
    /** By share, as `0.05`. */
    readonly percentiles: Readonly<Record<string, number>>;
    readonly percentileError: number;
    readonly histogram: Histogram;
  };
};

/** Which drivers the spread of a cell comes from, the one with the largest total share first. */
export type ReportedIndices = Cell & { readonly groups: readonly GroupIndices[]; readonly leftOut: number };

/** The answer of `--mc`. */
export interface ReportedUncertainty {
  readonly samples: number;
  readonly seed: number;
  readonly method: string;
  readonly drivers: readonly (Omit<DrawnDriver, 'distribution'> & { readonly distribution: string })[];
  readonly correlations: readonly Correlation[];
  readonly repair?: CorrelationRepair;
  /** What was said but is not used, and why. */
  readonly unused: readonly {
    readonly line: string | null;
    readonly code: string;
    readonly reason: string;
  }[];
  readonly cells: readonly ReportedSpread[];
  /** Of the chosen lines in the last period, where they spread. */
  readonly indices: readonly ReportedIndices[];
  readonly targets: readonly (Cell & {
    readonly comparator: string;
    readonly value: number;
    readonly met: Probability;
    readonly unknown: number;
  })[];
  readonly allMet?: Probability;
  readonly failedSamples: number;
  readonly failures: readonly ReportedValue[];
}

/** The answer of `--tornado`: the widest bar first. */
export type ReportedTornado = Cell & {
  readonly present: ReportedValue;
  readonly bars: readonly (Omit<TornadoBar, 'atLow' | 'atHigh'> & {
    readonly atLow: ReportedValue;
    readonly atHigh: ReportedValue;
  })[];
};

/** Draws the open scenario: the spread of chosen lines after the base, the probability of their targets. */
export function reportUncertainty(
  subject: Subject,
  { samples, seed }: SamplesArgument,
  lines: readonly string[],
  periods: readonly number[],
): ReportedUncertainty {
  const { engine, plan, open, known, words } = subject;
  const cells = lines.flatMap((line) =>
    periods.filter((period) => period > plan.periods.base).map((period): Cell => ({ line, period })),
  );
  const targets = plan.targets.filter(({ line }) => lines.includes(line));
  const question = { random: seededRandom(seed), samples, cells, targets };
  const asked = { scenario: open, scenarios: known };
  const bytes = (count: number) => bytesOfSamples(plan, { ...asked, samples: count, cells });
  const found = finishWithin(words, () => runUncertainty(engine, open, question, known), {
    bytes: bytes(samples),
    repeats: { what: 'samples', count: samples, times: (count) => count, bytes },
  });
  const last = found.cells.filter(({ period, isFixed }) => !isFixed && period === periods.at(-1));
  const shares = { random: seededRandom(seed), cells: last.map(({ line, period }) => ({ line, period })) };
  const indices =
    last.length > 0
      ? finishWithin(words, () => findSobolIndices(engine, open, shares, known), {
          bytes: bytesOfIndices(plan, { ...asked, cells: last }),
        })
      : [];
  return {
    samples: found.samples,
    seed,
    method: found.method,
    drivers: found.drivers.map((driver) => ({ ...driver, distribution: driver.distribution.kind })),
    correlations: found.correlations,
    ...(found.repair && { repair: found.repair }),
    unused: found.problems.map((one) => ({
      line: one.place.line ?? null,
      code: one.code,
      reason: problemSentence(subject.words, withNames(subject, one)),
    })),
    cells: found.cells.map(reportSpread),
    indices: indices.flatMap(({ line, period, groups, leftOut }) =>
      groups
        ? [{ line, period, groups: groups.toSorted((a, b) => b.total.share - a.total.share), leftOut }]
        : [],
    ),
    targets: found.targets.map(({ target: { line, period, comparator, value }, met, unknown }) => ({
      line,
      period,
      comparator,
      value,
      met,
      unknown,
    })),
    ...(found.allMet && { allMet: found.allMet }),
    failedSamples: found.failedSamples,
    failures: found.failures.map((failure) => reportValue(subject, failure)),
  };
}

/** A problem that names lines as a reader knows them. */
function withNames({ plan, words }: Subject, problem: Problem): Problem {
  const name = (value: string | number) =>
    plan.lines.find((line) => line.id === value)?.name[words.language] ?? value;
  const args = Object.entries(problem.args).map(([key, value]) => [key, name(value)]);
  return { ...problem, args: Object.fromEntries(args) as Problem['args'] };
}

function reportSpread({ line, period, isFixed, spread }: CellSpread): ReportedSpread {
  const { numbers, missing, failed, figures } = spread;
  const counts = { line, period, isFixed, numbers, missing, failed };
  if (!figures) return counts;
  const { mean, meanError, sd, least, most, percentiles, percentileError, histogram } = figures;
  return {
    ...counts,
    figures: {
      ...{ mean, ...(meanError !== undefined && { meanError }), sd, least, most, percentileError, histogram },
      percentiles: Object.fromEntries(
        PERCENTILES.map((share, index) => [String(share), percentiles[index] as number]),
      ),
    },
  };
}

/** Moves each driver by itself over its range, and reads one cell. */
export function reportTornado(subject: Subject, asked: CellArgument): ReportedTornado {
  const { engine, open, known, words } = subject;
  const cell = findCell(subject, asked);
  const ranges = findRanges(engine, open, known);
  const [found] = finishWithin(words, () => searchTornados(engine, open, [cell], ranges, known), {
    bytes: bytesOfTornados(engine, { scenario: open, scenarios: known, cells: [cell] }),
  });
  if (!found) throw new Error('no tornado of the cell that was asked');
  return {
    ...cell,
    present: reportValue(subject, found.present),
    bars: found.bars.map((bar) => ({
      ...bar,
      atLow: reportValue(subject, bar.atLow),
      atHigh: reportValue(subject, bar.atHigh),
    })),
  };
}
