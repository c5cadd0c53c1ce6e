/** `calc --goal` and `--solve`: how far drivers must move for what is wanted, or why nothing makes it so. */
import type { Target } from '#plan';
import {
  bytesOfGoal,
  bytesOfLeastChange,
  findLever,
  searchGoal,
  searchLeastChange,
  targetBand,
  type BareFigures,
  type Cell,
  type FreeDriver,
  type GoalSeek,
  type LeastChange,
  type Lever,
  type MetTarget,
  type MovedDriver,
  type WatchedCell,
} from '#analysis';
import { finishWithin } from './calc-budget.ts';
import type {
  AnalysisRequest,
  DriverArgument,
  GoalArgument,
  WishArgument,
} from './calc-analysis-arguments.ts';
import { CalcRefused, findCell, reportValue, type ReportedValue, type Subject } from './calc-subject.ts';

/** A failure that ends a question. */
export interface ReportedFault {
  readonly kind: 'failed';
  readonly fault: ReportedValue;
}

/** The answer of `--goal`. */
export type ReportedGoal = {
  readonly line: string;
  readonly period: number;
  readonly wanted: number;
  readonly driver: Lever;
} & (
  | ReportedFault
  | Exclude<GoalSeek, { kind: 'failed' | 'found' | 'unreachable' }>
  | WithReportedGaps<Extract<GoalSeek, { kind: 'found' }>>
  | WithReportedGaps<Extract<GoalSeek, { kind: 'unreachable' }>>
);

type WithReportedGaps<T> = Omit<T, 'gaps'> & {
  readonly gaps: readonly { readonly from: number; readonly to: number; readonly fault: ReportedValue }[];
};

/** A target as it was read; open ends are null. */
export interface ReportedWish {
  readonly line: string;
  readonly period: number;
  readonly comparator: Target['comparator'];
  readonly low: number | null;
  readonly high: number | null;
}

/** Where a driver ends. */
export type ReportedDriver = Lever & Omit<MovedDriver, 'lever'>;

/** Where a target ends. */
export type ReportedEnd = Omit<MetTarget, 'band'>;

/** An end of what a cell can be worth. */
export interface ReportedLimit {
  readonly value: number;
  readonly bounds: readonly { readonly line: string; readonly bound: 'min' | 'max' }[];
  readonly isSettled: boolean;
}

/** Between which values a cell can lie while targets are met. */
export type ReportedWatch = Cell & {
  readonly value: number;
  readonly lowest: ReportedLimit;
  readonly highest: ReportedLimit;
};

/** The smallest change that meets targets. */
export interface ReportedSolution {
  readonly cost: number;
  readonly isSettled: boolean;
  readonly drivers: readonly ReportedDriver[];
  readonly targets: readonly ReportedEnd[];
  readonly watched: readonly ReportedWatch[];
}

/** A way out of a contradiction. */
export type ReportedRepair =
  | { readonly kind: 'freeDriver'; readonly driver: Lever; readonly solution: ReportedSolution }
  | {
      readonly kind: 'dropTargets';
      readonly targets: readonly number[];
      readonly dropped: readonly ReportedWatch[];
      readonly solution: ReportedSolution;
    };

/** The answer of `--solve`; numbers of targets are places in `wanted`. */
export type ReportedSolve = {
  readonly bareFigures: BareFigures;
  readonly wanted: readonly ReportedWish[];
  readonly evaluations: number;
} & (
  | (ReportedFault & { readonly line: string; readonly period: number })
  | { readonly kind: 'met'; readonly solution: ReportedSolution }
  | {
      readonly kind: 'contradiction';
      readonly conflicts: readonly (readonly number[])[];
      readonly isComplete: boolean;
      readonly compromise: {
        readonly drivers: readonly ReportedDriver[];
        readonly targets: readonly ReportedEnd[];
      };
      readonly repairs: readonly ReportedRepair[];
    }
);

/** Seeks the level of one driver at which a cell is worth what is wanted. */
export function reportGoal(subject: Subject, goal: GoalArgument, by: DriverArgument): ReportedGoal {
  const { engine, open, known, words } = subject;
  const cell = findCell(subject, goal);
  const { lever } = driverOf(subject, by);
  const asked = { scenario: open, scenarios: known, lever, cell, value: goal.value };
  const found = finishWithin(words, () => searchGoal(engine, asked), { bytes: bytesOfGoal(engine, asked) });
  const head = { ...cell, wanted: goal.value, driver: lever };
  switch (found.kind) {
    case 'failed':
      return { ...head, kind: 'failed', fault: reportValue(subject, found.fault) };
    case 'independent':
      return { ...head, ...found };
    case 'found':
    case 'unreachable': {
      const gaps = found.gaps.map(({ from, to, fault }) => ({
        from,
        to,
        fault: reportValue(subject, fault),
      }));
      return { ...head, ...found, gaps };
    }
  }
}

/** Finds the smallest change that meets all that is wanted, or what contradicts itself and the ways out. */
export function reportSolve(subject: Subject, request: AnalysisRequest): ReportedSolve {
  const { engine, open, known, words } = subject;
  const targets = request.solve.flatMap((wish) => targetsOf(subject, wish));
  const drivers = request.by.map((one) => driverOf(subject, one));
  const held = request.hold.map((one) => driverOf(subject, one));
  refuseTwice(
    subject,
    [...drivers, ...held].map(({ lever }) => lever.line),
  );
  const { bareFigures = 'equal' } = request;
  const wish = {
    scenario: open,
    scenarios: known,
    targets: targets.map((target) => ({ target })),
    drivers,
    held,
    bareFigures,
    watch: request.watch.map((cell) => findCell(subject, cell)),
  };
  const found = finishWithin(words, () => searchLeastChange(engine, wish), {
    bytes: bytesOfLeastChange(engine, wish),
    isSearch: true,
  });
  const wanted = targets.map((target): ReportedWish => {
    const { line, period, comparator } = target;
    const { low = null, high = null } = targetBand(target, engine.unitOf(line), bareFigures);
    return { line, period, comparator, low, high };
  });
  const head = { bareFigures, wanted, evaluations: found.evaluations };
  switch (found.kind) {
    case 'failed':
      return { ...head, ...found.cell, kind: 'failed', fault: reportValue(subject, found.fault) };
    case 'met':
      return { ...head, kind: 'met', solution: reportSolution(found.solution) };
    case 'contradiction': {
      const { conflicts, isComplete, compromise, repairs } = found;
      return {
        ...head,
        kind: 'contradiction',
        conflicts,
        isComplete,
        compromise: {
          drivers: compromise.drivers.map(reportDriver),
          targets: compromise.targets.map(reportEnd),
        },
        repairs: repairs.map((one): ReportedRepair => {
          const solution = reportSolution(one.solution);
          if (one.kind === 'freeDriver') return { kind: one.kind, driver: one.driver.lever, solution };
          return { kind: one.kind, targets: one.targets, dropped: one.dropped.map(reportWatch), solution };
        }),
      };
    }
  }
}

/** What a wish means: the figure that was written, or all that the plan wants of the line. */
function targetsOf(subject: Subject, wish: WishArgument): Target[] {
  const cell = findCell(subject, wish);
  const stated = subject.plan.targets.filter(
    ({ line, period }) => line === cell.line && (wish.period === undefined || period === wish.period),
  );
  if (!wish.wanted) {
    if (stated.length === 0) throw new CalcRefused(subject.words.say('calc_no_target', { line: wish.text }));
    return stated;
  }
  const { comparator, value, upTo } = wish.wanted;
  const direction =
    comparator === '=' || comparator === 'range'
      ? (stated.find(({ period }) => period === cell.period)?.direction ?? 'atLeast')
      : comparator.startsWith('>')
        ? 'atLeast'
        : 'atMost';
  return [
    {
      ...cell,
      comparator,
      value,
      ...(upTo !== undefined && { upTo }),
      asPrinted: wish.text,
      source: { section: '--solve' },
      direction,
    },
  ];
}

/** A driver with the bounds that were written, else those of its lever. */
function driverOf(subject: Subject, driver: DriverArgument): FreeDriver {
  const { line, period } = findCell(subject, driver);
  const bounds = driver.bounds ?? findLever(subject.plan, line);
  if (!bounds) throw new CalcRefused(subject.words.say('calc_no_lever', { line: driver.line }));
  const { min, max } = bounds;
  return {
    lever: { line, ...(driver.period !== undefined && { period }), min, max },
    ...(driver.weight !== undefined && { weight: driver.weight }),
  };
}

function refuseTwice({ words }: Subject, lines: readonly string[]): void {
  const line = lines.find((one, index) => lines.indexOf(one) !== index);
  if (line !== undefined) throw new CalcRefused(words.say('calc_driver_twice', { line }));
}

function reportSolution({ cost, isSettled, drivers, targets, watched }: LeastChange): ReportedSolution {
  return {
    cost,
    isSettled,
    drivers: drivers.map(reportDriver),
    targets: targets.map(reportEnd),
    watched: watched.map(reportWatch),
  };
}

function reportDriver({ lever, ...moved }: MovedDriver): ReportedDriver {
  return { ...lever, ...moved };
}

function reportEnd({ index, value, miss, shadowPrice }: MetTarget): ReportedEnd {
  return { index, value, miss, shadowPrice };
}

function reportWatch({ cell, value, lowest, highest }: WatchedCell): ReportedWatch {
  const limit = (one: WatchedCell['lowest']): ReportedLimit => ({
    value: one.value,
    bounds: one.bounds.map(({ lever, bound }) => ({ line: lever.line, bound })),
    isSettled: one.isSettled,
  });
  return { ...cell, value, lowest: limit(lowest), highest: limit(highest) };
}
