/** What follows from printed rows, as findings: rows that contradict each other, and what the targets leave open. */
import type { Calculation, Engine } from '#engine';
import { isNumber } from '#quantity';
import { cellKey, type Cell } from '../cell.ts';
import type { PrintedNumbers } from './evidence.ts';
import type { Evidence, Finding, Reading, Repair, Severity, Step } from './finding.ts';
import { severityOfGap } from './severity.ts';
import type { Conflict, Implications, Implied, Outdone } from './implication.ts';
import { ANY, exactly, isApart, isWithin, minus, over, overlap, toPower, type Interval } from './interval.ts';

/** Rows that cannot hold together. */
export function findContradictions({ conflicts }: Implications, reading: Reading): Finding[] {
  return conflicts.map((conflict) => {
    const { cell, ways, printed } = conflict;
    const evidence = unite(ways);
    return {
      id: [printed ? 'relation' : 'implied', ...evidence.map(cellKey)].join(':'),
      rule: printed ? 'relation' : 'implied',
      severity: severityOf(conflict),
      lines: [...new Set([cell.line, ...evidence.map(({ line }) => line)])],
      period: cell.period,
      evidence,
      steps: ways.flatMap(({ steps }) => steps),
      repairs: repairsOf(conflict),
      reading: { ...reading, evenGrowth: ways.some((one) => one.evenGrowth) },
    };
  });
}

/** Two ways of reckoning have no last digit to slip in: only a printed number has. */
function severityOf({ ways, printed }: Conflict): Severity {
  const [first, second] = ways;
  return printed ? severityOfGap(first.interval, second.interval) : 'contradiction';
}

/** The printed number that stands against the others is the first to doubt. */
function repairsOf({ ways, printed }: Conflict): Repair[] {
  const [first, second] = ways;
  const [evidence] = first.evidence;
  return printed && evidence ? [{ kind: 'value', evidence, interval: second.interval }] : [];
}

function unite(ways: readonly Implied[]): Evidence[] {
  return [...new Set(ways.flatMap(({ evidence }) => [...evidence]))];
}

/**
 * Limits that ask for less than other printed numbers already give: a floor of 5 a year beside a total that takes 5.8.
 *
 * Growth that was only taken to be even proves nothing here, nor does an amount of which only its sign is known.
 */
export function findOutdone({ outdone }: Implications, reading: Reading): Finding[] {
  const best = new Map<string, Outdone>();
  for (const one of outdone) {
    const { printed, way } = one;
    if (
      printed.kind !== 'target' ||
      way.evenGrowth ||
      way.bySign ||
      !isLimitOf(printed.interval, way.interval)
    )
      continue;
    const key = cellKey(one.cell);
    const before = best.get(key);
    if (!before || isWithin(way.interval, before.way.interval)) best.set(key, one);
  }
  return [...best.values()].map(({ cell, printed, way }) => {
    const evidence = [printed, ...way.evidence];
    return {
      id: ['outdone', cell.line, cell.period].join(':'),
      rule: 'outdone',
      severity: 'remark',
      lines: [...new Set(evidence.map(({ line }) => line))],
      period: cell.period,
      evidence,
      steps: way.steps,
      repairs: [],
      reading,
    };
  });
}

/** Tells whether one end is open and the other lies clearly short of all that follows. */
function isLimitOf(limit: Interval, way: Interval): boolean {
  if (Number.isFinite(limit.low) && limit.high === Infinity) return isApart(exactly(limit.low), way);
  return limit.low === -Infinity && Number.isFinite(limit.high) && isApart(exactly(limit.high), way);
}

/**
 * What several targets together leave open for a row that they do not name: a row that a driver moves, a driver itself, or a
 * row with a printed history.
 *
 * It is a doubt where the plan's own scenario lies outside, else a remark. A way from a single target only says that target
 * again, and a way whose ends other ways have inside theirs does not bind: neither is shown.
 */
export function findWindows(
  engine: Engine,
  calculation: Calculation,
  numbers: PrintedNumbers,
  implications: Implications,
  reading: Reading,
): Finding[] {
  const { plan } = engine;
  const drivers = new Set(plan.lines.flatMap(({ id, kind }) => (kind === 'driver' ? [id] : [])));
  const driven = new Set(plan.lines.flatMap(({ drives }) => drives ?? []));
  const history = new Set(numbers.cells.flatMap(({ kind, line }) => (kind === 'figure' ? [line] : [])));
  const isOpen = ({ line, period }: Cell) => period > plan.periods.base && !numbers.find(line, period);
  const isMoved = (cell: Cell) => isOpen(cell) && (drivers.has(cell.line) || driven.has(cell.line));
  const isShown = (cell: Cell) => isMoved(cell) || (isOpen(cell) && history.has(cell.line));
  /** What follows from another row's window says nothing new, unless it says where a driver must stand. */
  const isEcho = ({ steps }: Implied, cell: Cell) =>
    !drivers.has(cell.line) &&
    steps.some(
      (one) => isMoved(one.cell) && (one.cell.line !== cell.line || one.cell.period !== cell.period),
    );
  return [...implications.implied.values()].flatMap(({ cell, ways }): Finding[] => {
    if (!isShown(cell)) return [];
    const telling = ways.filter(
      (way) => !way.bySign && tells(way.interval) && joinsTargets(way.evidence) && !isEcho(way, cell),
    );
    const level = telling.reduce<Interval | undefined>(
      (all, { interval }) => all && overlap(all, interval),
      ANY,
    );
    if (telling.length === 0 || !level) return [];
    const binding = bindingWays(telling, level);
    const expected = calculation.value(cell.line, cell.period);
    const { base, growth } = sinceBase(cell, level);
    const resting = base ? [...binding, base] : binding;
    const evidence = unite(resting);
    const isOutside = isNumber(expected) && isApart(exactly(expected), level);
    return [
      {
        id: ['window', cell.line, cell.period].join(':'),
        rule: 'window',
        severity: isOutside ? 'doubt' : 'remark',
        lines: [...new Set([cell.line, ...evidence.map(({ line }) => line)])],
        period: cell.period,
        evidence,
        steps: uniqueSteps(resting),
        repairs: [],
        reading: { ...reading, evenGrowth: binding.some((one) => one.evenGrowth) },
        window: {
          level,
          ...(growth ? { growth } : {}),
          ...(isNumber(expected) ? { expected } : {}),
        },
      },
    ];
  });

  /**
   * The window of an amount as growth a year since the base: a printed one, else what printed figures give for it, else the
   * one that the plan reckons with.
   */
  function sinceBase({ line, period }: Cell, level: Interval): { base?: Implied; growth?: Interval } {
    const at = { line, period: plan.periods.base };
    if (engine.unitOf(line).shown !== 1) return {};
    const printed = numbers.find(line, at.period)?.interval;
    const base = printed ? undefined : impliedBase(implications, at);
    const known = calculation.value(line, at.period);
    const start = printed ?? base?.interval ?? (isNumber(known) ? exactly(known) : undefined);
    if (!start || start.low <= 0) return {};
    const growth = minus(toPower(over(level, start), 1 / (period - at.period)), exactly(1));
    return { growth, ...(base && { base }) };
  }
}

/** A window without an end, or one that begins where all amounts begin, tells nothing. */
function tells({ low, high }: Interval): boolean {
  return Number.isFinite(high) || (Number.isFinite(low) && low > 0);
}

/** One target alone, divided by what is known, is that target again. */
function joinsTargets(evidence: ReadonlySet<Evidence>): boolean {
  return [...evidence].filter(({ kind }) => kind === 'target').length > 1;
}

/** For each end of a window the way that sets it; of several that do, the one with the least arithmetic. */
function bindingWays(ways: readonly Implied[], { low, high }: Interval): Implied[] {
  const least = (sets: (interval: Interval) => boolean) =>
    ways
      .filter(({ interval }) => sets(interval))
      .sort((a, b) => a.steps.length - b.steps.length || a.evidence.size - b.evidence.size)[0];
  const atLow = Number.isFinite(low)
    ? least((one) => Number.isFinite(one.low) && !isApart(exactly(one.low), exactly(low)))
    : undefined;
  const atHigh = Number.isFinite(high)
    ? least((one) => Number.isFinite(one.high) && !isApart(exactly(one.high), exactly(high)))
    : undefined;
  return [...new Set([atHigh ?? [], atLow ?? []].flat())];
}

function uniqueSteps(ways: readonly Implied[]): Step[] {
  const steps = new Map<string, Step>();
  for (const step of ways.flatMap((one) => one.steps)) {
    const key = `${cellKey(step.cell)} ${step.result.low} ${step.result.high}`;
    if (!steps.has(key)) steps.set(key, step);
  }
  return [...steps.values()];
}

/** What printed figures give for the base of a row that no document prints: the narrowest way, without signs and targets. */
function impliedBase({ implied }: Implications, cell: Cell): Implied | undefined {
  const width = ({ interval: { low, high } }: Implied) => high - low;
  return implied
    .get(cellKey(cell))
    ?.ways.filter(
      (way) =>
        !way.bySign &&
        Number.isFinite(width(way)) &&
        [...way.evidence].every(({ kind }) => kind === 'figure'),
    )
    .sort((a, b) => width(a) - width(b))[0];
}
