/** What printed rows imply for each other: numbers that cannot hold together, and what a row is left to be. */
import type { Expression } from '#formula';
import type { Engine } from '#engine';
import { cellKey, type Cell } from '../cell.ts';
import type { PrintedNumbers } from './evidence.ts';
import type { Evidence, Step } from './finding.ts';
import { ANY, POSITIVE, isApart, isWithin, overlap, saysSomething, type Interval } from './interval.ts';
import { evaluateInterval } from './interval-value.ts';
import { isolate } from './isolate.ts';
import type { Relation } from './relation.ts';

/** What follows for a cell from some printed numbers, and how. */
export interface Implied {
  readonly interval: Interval;
  readonly evidence: ReadonlySet<Evidence>;
  readonly steps: readonly Step[];
  readonly evenGrowth: boolean;
  /** Whether it rests on amounts of which is known only that they are not below nothing. */
  readonly bySign: boolean;
}

/** Two ways to one cell that have no number in common; `printed` where one of them is its own printed number. */
export interface Conflict {
  readonly cell: Cell;
  readonly ways: readonly [Implied, Implied];
  readonly printed: boolean;
}

/** A printed number that leaves more open than other printed numbers do. */
export interface Outdone {
  readonly cell: Cell;
  readonly printed: Evidence;
  readonly way: Implied;
}

/** All that follows. */
export interface Implications {
  readonly conflicts: readonly Conflict[];
  readonly outdone: readonly Outdone[];
  /** By cells that the plan does not print. */
  readonly implied: ReadonlyMap<string, { readonly cell: Cell; readonly ways: readonly Implied[] }>;
}

/** So many relations are followed one after another: more would be true and not readable. */
const MAX_CHAIN = 3;
/** So many ways to a cell are kept; the ones found first rest on the fewest numbers. */
const MAX_WAYS = 6;
/** So many combinations of ways are tried for one relation. */
const MAX_COMBINATIONS = 24;

/** Follows the relations from the printed numbers on. */
export function findImplications(
  engine: Engine,
  numbers: PrintedNumbers,
  relations: readonly Relation[],
): Implications {
  const ways = new Map<string, { cell: Cell; ways: Implied[] }>();
  const conflicts: Conflict[] = [];
  const outdone: Outdone[] = [];
  const tried = new Set<string>();
  const natural = naturalIntervals(engine);
  const own = ({ line, period }: Cell): Implied | undefined => {
    const evidence = numbers.find(line, period);
    return (
      evidence && {
        interval: evidence.interval,
        evidence: new Set([evidence]),
        steps: [],
        evenGrowth: false,
        bySign: false,
      }
    );
  };
  const optionsOf = (cell: Cell): readonly (Implied | undefined)[] => {
    const printed = own(cell);
    if (printed) return [printed];
    return [...(ways.get(cellKey(cell))?.ways ?? []), undefined];
  };

  function follow(relation: Relation, cell: Cell): boolean {
    const expression = isolate(cell, relation.cell, relation.expression);
    if (!expression) return false;
    const others = relation.members.filter((one) => cellKey(one) !== cellKey(cell));
    let isNew = false;
    for (const chosen of combinations(others.map(optionsOf))) {
      const parts = chosen.filter((one) => one !== undefined);
      if (parts.length === 0 || parts.some(({ steps }) => steps.length >= MAX_CHAIN)) continue;
      const evidence = new Set(parts.flatMap((one) => [...one.evidence]));
      const key = [cellKey(cell), cellKey(relation.cell), ...[...evidence].map(cellKey).sort()].join();
      if (tried.has(key)) continue;
      tried.add(key);
      const byCell = new Map(others.map((one, index) => [cellKey(one), chosen[index]?.interval]));
      const known = (line: string, period: number): Interval =>
        byCell.get(cellKey({ line, period })) ?? natural(line);
      const found = evaluateInterval(expression, known);
      const interval = overlap(found, natural(cell.line)) ?? found;
      if (isWithin(natural(cell.line), interval) || Number.isNaN(interval.low + interval.high)) continue;
      const step: Step = {
        cell,
        measure: 'level',
        expression,
        inputs: others.map((one, index) => ({
          ...one,
          interval: chosen[index]?.interval ?? natural(one.line),
        })),
        result: interval,
      };
      isNew =
        take(cell, {
          interval,
          evidence,
          steps: [...parts.flatMap((one) => one.steps), step],
          evenGrowth: relation.evenGrowth || parts.some((one) => one.evenGrowth),
          bySign:
            parts.some((one) => one.bySign) ||
            others.some(({ line }, index) => chosen[index] === undefined && saysSomething(natural(line))),
        }) || isNew;
    }
    return isNew;
  }

  function take(cell: Cell, way: Implied): boolean {
    const evidence = numbers.find(cell.line, cell.period);
    const printed = own(cell);
    if (evidence && printed) {
      if (isApart(printed.interval, way.interval))
        conflicts.push({ cell, ways: [printed, way], printed: true });
      else if (isWithin(way.interval, printed.interval)) outdone.push({ cell, printed: evidence, way });
      return false;
    }
    const entry = ways.get(cellKey(cell)) ?? { cell, ways: [] };
    const isKnown = entry.ways.some(
      (one) => isSubset(one.evidence, way.evidence) && isWithin(one.interval, way.interval),
    );
    if (isKnown || entry.ways.length >= MAX_WAYS) return false;
    for (const one of entry.ways)
      if (isApart(one.interval, way.interval)) conflicts.push({ cell, ways: [one, way], printed: false });
    entry.ways.push(way);
    ways.set(cellKey(cell), entry);
    return true;
  }

  for (let round = 0, isNew = true; isNew && round < MAX_CHAIN; round += 1) {
    isNew = false;
    for (const relation of relations)
      for (const cell of relation.members) isNew = follow(relation, cell) || isNew;
  }
  return { conflicts: smallest(conflicts), outdone, implied: ways };
}

/** What is known of a line before any number is: an amount is not below nothing, unless it is a difference. */
function naturalIntervals(engine: Engine): (line: string) => Interval {
  const known = new Map(
    engine.plan.lines.map(({ id, formula }) => {
      const { shown, dimension } = engine.unitOf(id);
      const expression = formula === undefined ? undefined : engine.check(id, formula).formula?.expression;
      const isAmount = shown === 1 && Object.keys(dimension).length > 0;
      return [id, isAmount && !(expression && isDifference(expression)) ? POSITIVE : ANY];
    }),
  );
  return (line) => known.get(line) ?? ANY;
}

function isDifference(expression: Expression): boolean {
  return (
    (expression.kind === 'unary' || expression.kind === 'binary') &&
    (expression.operator === '-' ||
      (expression.kind === 'binary' && (isDifference(expression.left) || isDifference(expression.right))))
  );
}

/** Conflicts that do not hold within them a smaller one. */
function smallest(conflicts: readonly Conflict[]): Conflict[] {
  const evidenceOf = ({ ways }: Conflict) => new Set(ways.flatMap((one) => [...one.evidence]));
  const stepsOf = ({ ways }: Conflict) => ways.reduce((all, { steps }) => all + steps.length, 0);
  const sorted = conflicts
    .map((conflict) => ({ conflict, evidence: evidenceOf(conflict) }))
    .sort(
      (a, b) =>
        a.evidence.size - b.evidence.size ||
        stepsOf(a.conflict) - stepsOf(b.conflict) ||
        Number(a.conflict.printed) - Number(b.conflict.printed),
    );
  const kept: typeof sorted = [];
  for (const one of sorted)
    if (!kept.some((smaller) => isSubset(smaller.evidence, one.evidence))) kept.push(one);
  return kept.map(({ conflict }) => conflict);
}

function isSubset<T>(part: ReadonlySet<T>, whole: ReadonlySet<T>): boolean {
  return [...part].every((one) => whole.has(one));
}

function* combinations<T>(options: readonly (readonly T[])[]): Generator<readonly T[]> {
  let given = 0;
  function* from(index: number, chosen: readonly T[]): Generator<readonly T[]> {
    if (index === options.length) {
      given += 1;
      yield chosen;
      return;
    }
    for (const one of options[index] ?? []) {
      if (given >= MAX_COMBINATIONS) return;
      yield* from(index + 1, [...chosen, one]);
    }
  }
  yield* from(0, []);
}
