/** The printed numbers of a plan, by cell: what an audit may rest on. Derived and assumed figures are not among them. */
import type { Unit } from '#quantity';
import type { Line, Plan, Source, Stated, Target } from '#plan';
import { cellKey } from '../cell.ts';
import type { BareFigures } from '../targets/target-band.ts';
import type { Evidence } from './finding.ts';
import { figureInterval, statedInterval, targetInterval } from './printed-interval.ts';

/** A stated movement with the evidence of it. */
export interface StatedEvidence extends Evidence {
  readonly kind: 'stated';
  readonly stated: Stated;
  readonly from: number;
}

/** Printed numbers of one plan, under one reading of its bare figures. */
export interface PrintedNumbers {
  /** The figure or target of a cell. */
  find(line: string, period: number): Evidence | undefined;
  /** All printings of a cell's figure or target; the one that the plan uses first. */
  printings(line: string, period: number): readonly Evidence[];
  readonly cells: readonly Evidence[];
  /** Statements that say the same of the same are one, with all places. */
  readonly statements: readonly StatedEvidence[];
}

/** Collects the printed numbers of a plan. */
export function collectEvidence(
  plan: Plan,
  unitOf: (line: string) => Unit,
  bareFigures: BareFigures,
): PrintedNumbers {
  const byCell = new Map<string, Evidence[]>();
  const add = (one: Evidence) => {
    const key = cellKey(one);
    byCell.set(key, [...(byCell.get(key) ?? []), one]);
  };
  for (const line of plan.lines) for (const one of figuresOf(line, unitOf(line.id))) add(one);
  for (const target of plan.targets)
    for (const one of printingsOf(target, unitOf(target.line), bareFigures)) add(one);
  return {
    find: (line, period) => byCell.get(cellKey({ line, period }))?.[0],
    printings: (line, period) => byCell.get(cellKey({ line, period })) ?? [],
    cells: [...byCell.values()].flatMap(([first]) => first ?? []),
    statements: plan.lines.flatMap(statementsOf),
  };
}

/** Printings that say the same number are one piece of evidence with several places. */
function merged(all: readonly Evidence[]): Evidence[] {
  const kept: Evidence[] = [];
  for (const one of all) {
    const same = kept.findIndex(
      ({ value, interval }) =>
        value === one.value && interval.low === one.interval.low && interval.high === one.interval.high,
    );
    const before = kept[same];
    if (before) kept[same] = { ...before, places: [...before.places, ...one.places] };
    else kept.push(one);
  }
  return kept;
}

function figuresOf({ id, figures = [] }: Line, unit: Unit): Evidence[] {
  return figures.flatMap((figure) => {
    const { period, value, origin, asPrinted, source, also = [] } = figure;
    if (origin !== 'printed' || asPrinted === undefined || source === undefined) return [];
    const printed = (kept: number, text: string, place: Source): Evidence => ({
      kind: 'figure',
      line: id,
      period,
      value: kept,
      asPrinted: text,
      interval: figureInterval(kept, text, unit),
      places: [place],
    });
    return merged([
      printed(value, asPrinted, source),
      ...also.map((one) => printed(one.value, one.asPrinted, one.source)),
    ]);
  });
}

/** Other printings of a target are read with the target's own comparator; a range's ends may be printed apart. */
function printingsOf(target: Target, unit: Unit, bareFigures: BareFigures): Evidence[] {
  const { line, period, value, upTo, asPrinted, source, also = [] } = target;
  const printed = (one: Target, text: string, place: Source): Evidence => ({
    kind: 'target',
    line,
    period,
    value: one.value,
    asPrinted: text,
    interval: targetInterval(one, unit, bareFigures),
    places: [place],
  });
  return merged([
    printed(target, asPrinted, source),
    ...also
      .filter((one) => upTo === undefined || (one.value !== value && one.value !== upTo))
      .map((one) => printed({ ...target, ...one }, one.asPrinted, one.source)),
  ]);
}

function statementsOf({ id, stated = [] }: Line): StatedEvidence[] {
  const kept: StatedEvidence[] = [];
  for (const one of stated) {
    const same = kept.findIndex(
      ({ stated: other }) =>
        other.kind === one.kind &&
        other.from === one.from &&
        other.to === one.to &&
        other.value === one.value &&
        other.upTo === one.upTo,
    );
    const before = kept[same];
    if (before) {
      kept[same] = { ...before, places: [...before.places, one.source] };
      continue;
    }
    kept.push({
      kind: 'stated',
      line: id,
      period: one.to,
      from: one.from,
      value: one.value,
      asPrinted: one.asPrinted,
      interval: statedInterval(one),
      places: [one.source],
      stated: one,
    });
  }
  return kept;
}
