/** What follows from printed rows, as findings: rows that contradict each other, and what the targets leave open. */
import type { Calculation, Engine } from '#engine';
import { isNumber } from '#quantity';
import { cellKey, type Cell } from '../cell.ts';
import type { PrintedNumbers } from './evidence.ts';
import type { Evidence, Finding, Reading, Repair, Severity, Step } from './finding.ts';
import { severityOfGap } from './severity.ts';
import type { Conflict, Implications, Implied } from './implication.ts';
import { exactly, isApart, minus, over, overlap, toPower, type Interval } from './interval.ts';

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
 * What the targets leave open for a row that they do not name: a row that a driver moves, or a driver itself.
 *
 * It is a doubt where the plan's own scenario lies outside, else a remark.
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
  const isShown = ({ line, period }: Cell) =>
    period > plan.periods.base && (drivers.has(line) || driven.has(line)) && !numbers.find(line, period);
  /** What follows from another row's window says nothing new, unless it says where a driver must stand. */
  const isEcho = ({ steps }: Implied, cell: Cell) =>
    !drivers.has(cell.line) &&
    steps.some(
      (one) => isShown(one.cell) && (one.cell.line !== cell.line || one.cell.period !== cell.period),
    );
  return [...implications.implied.values()].flatMap(({ cell, ways }): Finding[] => {
    if (!isShown(cell)) return [];
    const telling = ways.filter(
      (way) => !way.bySign && tells(way.interval) && hasTarget(way.evidence) && !isEcho(way, cell),
    );
    const level = telling.reduce<Interval | undefined>((all, { interval }) => all && overlap(all, interval), {
      low: -Infinity,
      high: Infinity,
    });
    if (telling.length === 0 || !level) return [];
    const evidence = unite(telling);
    const expected = calculation.value(cell.line, cell.period);
    const growth = growthOf(engine, calculation, numbers, cell, level);
    const isOutside = isNumber(expected) && isApart(exactly(expected), level);
    return [
      {
        id: ['window', cell.line, cell.period].join(':'),
        rule: 'window',
        severity: isOutside ? 'doubt' : 'remark',
        lines: [...new Set([cell.line, ...evidence.map(({ line }) => line)])],
        period: cell.period,
        evidence,
        steps: uniqueSteps(telling),
        repairs: [],
        reading: { ...reading, evenGrowth: telling.some((one) => one.evenGrowth) },
        window: {
          level,
          ...(growth ? { growth } : {}),
          ...(isNumber(expected) ? { expected } : {}),
        },
      },
    ];
  });
}

/** A window without an end, or one that begins where all amounts begin, tells nothing. */
function tells({ low, high }: Interval): boolean {
  return Number.isFinite(high) || (Number.isFinite(low) && low > 0);
}

function hasTarget(evidence: ReadonlySet<Evidence>): boolean {
  return [...evidence].some(({ kind }) => kind === 'target');
}

function uniqueSteps(ways: readonly Implied[]): Step[] {
  const steps = new Map<string, Step>();
  for (const step of ways.flatMap((one) => one.steps)) {
    const key = `${cellKey(step.cell)} ${step.result.low} ${step.result.high}`;
    if (!steps.has(key)) steps.set(key, step);
  }
  return [...steps.values()];
}

/** The window as growth a year since the base, for an amount whose base is printed or follows from printed figures. */
function growthOf(
  engine: Engine,
  calculation: Calculation,
  numbers: PrintedNumbers,
  { line, period }: Cell,
  level: Interval,
): Interval | undefined {
  const { base } = engine.plan.periods;
  if (engine.unitOf(line).shown !== 1) return undefined;
  const printed = numbers.find(line, base)?.interval;
  const known = calculation.value(line, base);
  const start = printed ?? (isNumber(known) ? exactly(known) : undefined);
  if (!start || start.low <= 0) return undefined;
  return minus(toPower(over(level, start), 1 / (period - base)), exactly(1));
}
