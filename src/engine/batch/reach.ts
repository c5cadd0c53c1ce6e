/**
 * What moves reach: the cells that must be calculated again for every sample, in their order. Everything else is
 * calculated once. A cell is reached when a move touches it or when it reads a reached one, and when an output needs it.
 */
import type { Failure, Value } from '#quantity';
import { countPeriods, type Plan, type Scenario } from '#plan';
import { Calculation } from '../run/calculation.ts';
import type { Compiler } from '../code/compile.ts';
import { indexAt, type Code, type Dependency } from '../code/instruction.ts';
import { MOVES, layerOf, neutralOf, type Move } from '../resolve/move.ts';
import { resolveLine, ruleAt, type LineRules, type Rule, type Transform } from '../resolve/resolve.ts';
import { buildSchedule, type Cell } from '../order/schedule.ts';

/** A cell by line id and calendar period. */
export interface CellPlace {
  readonly line: string;
  readonly period: number;
}

/** Where the number of a transformation comes from. */
export type Amount =
  { readonly kind: 'fixed'; readonly by: number } | { readonly kind: 'moved'; readonly move: number };

/** What decides a reached cell before its transformations. */
export type Origin =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'moved'; readonly move: number }
  | { readonly kind: 'code'; readonly code: Code }
  | { readonly kind: 'fault'; readonly fault: Failure };

/** A cell that is calculated for every sample. */
export interface ReachedCell extends Cell {
  /** Its number among the reached cells. */
  readonly slot: number;
  /** Id of its line and its calendar period, for failures that begin here. */
  readonly place: CellPlace;
  readonly origin: Origin;
  readonly transforms: readonly { readonly kind: Transform['kind']; readonly amount: Amount }[];
}

/** One step: a cell, or cells that need each other and are settled by iteration. */
export type ReachedStep =
  | { readonly kind: 'cell'; readonly cell: ReachedCell }
  | { readonly kind: 'cycle'; readonly cells: readonly ReachedCell[] };

/** The reached cells of a plan under moves. */
export interface Reach {
  readonly steps: readonly ReachedStep[];
  readonly cells: number;
  readonly periods: number;
  readonly moves: readonly Move[];
  lineOf(id: string): number;
  indexOf(period: number): number;
  /** The slot of a cell by line number and index; −1 where it is not reached or lies outside. */
  slotAt(line: number, index: number): number;
  /** The slot of a cell by its place. */
  slotOf(place: CellPlace): number;
  /** The value of a cell that is not reached. */
  read(line: number, index: number): Value;
  periodAt(index: number): number;
  /** The whole scenario calculated with these numbers, as the specification does it. */
  calculationAt(numbers: ArrayLike<number>): Calculation;
  /** The same as one calculation that is revised from point to point: it holds until it is asked for another. */
  revisedTo(numbers: readonly number[]): Calculation;
  idOf(line: number): string;
}

/** Finds what the moves reach of the outputs; `layers` are the scenario and its bases, nearest first. */
export function findReach(
  plan: Plan,
  compiler: Compiler,
  layers: readonly Scenario[],
  moves: readonly Move[],
  outputs: readonly CellPlace[],
): Reach {
  const periods = countPeriods(plan.periods);
  const { first } = plan.periods;
  // every move's number is its own position here, so that a rule tells which move it means
  const rules = plan.lines.map((line) =>
    resolveLine(line, plan.periods, [
      layerOf(
        moves,
        moves.map((_, index) => index),
      ),
      ...layers,
    ]),
  );
  const idOf = (line: number) => plan.lines[line]?.id ?? '';
  const ruleOf = (line: number, index: number) => ruleAt(rules[line] as LineRules, index);
  const dependenciesAt = (line: number, index: number) =>
    dependenciesOf(line, idOf(line), ruleOf(line, index), compiler);
  const calculationAt = (numbers: ArrayLike<number>) =>
    Calculation.of(plan, compiler, [layerOf(moves, numbers), ...layers]);
  let current: readonly number[] = moves.map(({ effect }) => neutralOf(effect) ?? 0);
  const rest = calculationAt(current);

  const isReached = new Uint8Array(plan.lines.length * periods);
  const at = ({ line, index }: Cell) => line * periods + index;
  const readsReached = (cell: Cell) =>
    someRead(dependenciesAt(cell.line, cell.index), cell.index, periods, (read) => isReached[read] === 1);

  const groups: (readonly Cell[])[] = [];
  for (const group of orderedGroups(rules, idOf, compiler, periods, dependenciesAt)) {
    if (!group.some((cell) => isMoved(ruleOf(cell.line, cell.index)) || readsReached(cell))) continue;
    // without iteration a cycle is the same failure whatever the numbers are
    if (isCycle(group, dependenciesAt) && !plan.iteration) continue;
    for (const cell of group) isReached[at(cell)] = 1;
    groups.push(group);
  }

  const isNeeded = new Uint8Array(isReached.length);
  for (const { line, period } of outputs) {
    const index = period - first;
    if (index < 0 || index >= periods) throw new Error(`no period ${period} in plan ${plan.id}`);
    isNeeded[at({ line: compiler.numberOf(line), index })] = 1;
  }
  const kept = groups
    .toReversed()
    .filter((group) => {
      if (!group.some((cell) => isNeeded[at(cell)] === 1)) return false;
      for (const cell of group) {
        isNeeded[at(cell)] = 1;
        someRead(dependenciesAt(cell.line, cell.index), cell.index, periods, (read) => {
          isNeeded[read] = 1;
          return false;
        });
      }
      return true;
    })
    .toReversed();

  const slots = new Int32Array(isReached.length).fill(-1);
  let cells = 0;
  const reached = (cell: Cell): ReachedCell => {
    const rule = ruleOf(cell.line, cell.index);
    const slot = cells;
    cells += 1;
    slots[at(cell)] = slot;
    return {
      ...cell,
      slot,
      place: { line: idOf(cell.line), period: first + cell.index },
      origin: originOf(rule, idOf(cell.line), compiler),
      transforms: rule.transforms.map(({ kind, by, scenario }) => ({
        kind,
        amount: scenario === MOVES ? { kind: 'moved', move: by } : { kind: 'fixed', by },
      })),
    };
  };
  const steps = kept.map((group): ReachedStep => {
    if (!isCycle(group, dependenciesAt)) return { kind: 'cell', cell: reached(group[0] as Cell) };
    // in the order of periods and lines, as `Calculation` settles a cycle
    return {
      kind: 'cycle',
      cells: group.toSorted((a, b) => a.index - b.index || a.line - b.line).map(reached),
    };
  });

  const slotAt = (line: number, index: number) =>
    index < 0 || index >= periods ? -1 : (slots[line * periods + index] ?? -1);
  return {
    steps,
    cells,
    periods,
    moves,
    lineOf: (id) => compiler.numberOf(id),
    indexOf: (period) => period - first,
    slotAt,
    slotOf: ({ line, period }) => slotAt(compiler.numberOf(line), period - first),
    read: (line, index) => rest.value(idOf(line), first + index),
    periodAt: (index) => first + index,
    calculationAt,
    revisedTo(numbers) {
      if (numbers.some((one, move) => !Object.is(one, current[move])))
        rest.revise([layerOf(moves, numbers), ...layers]);
      current = numbers;
      return rest;
    },
    idOf,
  };
}

/** All cells in the order of calculation; a group of several, or one that reads itself, is a cycle. */
function orderedGroups(
  rules: readonly LineRules[],
  idOf: (line: number) => string,
  compiler: Compiler,
  periods: number,
  dependenciesAt: (line: number, index: number) => readonly Dependency[],
): (readonly Cell[])[] {
  const whole = rules.map((line, number) =>
    [...new Set(line)].flatMap((rule) => dependenciesOf(number, idOf(number), rule, compiler)),
  );
  const steps = buildSchedule({
    lines: rules.length,
    periods,
    dependenciesOf: (line) => whole[line] ?? [],
    dependenciesAt,
  });
  return steps.flatMap((step): (readonly Cell[])[] =>
    step.kind === 'knot'
      ? [...step.groups]
      : Array.from({ length: periods }, (_, index) => [{ line: step.line, index }]),
  );
}

const OWN_PAST: Dependency['first'] = { kind: 'lag', by: -1 };

/** What a cell with this rule may read. */
function dependenciesOf(line: number, id: string, rule: Rule, compiler: Compiler): readonly Dependency[] {
  const read =
    rule.base.kind === 'formula' ? (compiler.compile(id, rule.base.text).code?.dependencies ?? []) : [];
  const grows = rule.transforms.some((transform) => transform.kind === 'growth');
  return grows ? [{ line, first: OWN_PAST, last: OWN_PAST }, ...read] : read;
}

/** Asks about every cell that is read, as line × periods + index, until one answers yes. */
function someRead(
  dependencies: readonly Dependency[],
  now: number,
  periods: number,
  ask: (cell: number) => boolean,
): boolean {
  for (const { line, first, last } of dependencies) {
    const end = Math.min(periods - 1, indexAt(last, now));
    for (let index = Math.max(0, indexAt(first, now)); index <= end; index += 1) {
      if (ask(line * periods + index)) return true;
    }
  }
  return false;
}

function isCycle(
  group: readonly Cell[],
  dependenciesAt: (line: number, index: number) => readonly Dependency[],
): boolean {
  const [only] = group as [Cell, ...Cell[]];
  if (group.length > 1) return true;
  return dependenciesAt(only.line, only.index).some(
    (one) =>
      one.line === only.line &&
      indexAt(one.first, only.index) <= only.index &&
      only.index <= indexAt(one.last, only.index),
  );
}

function isMoved({ base, transforms }: Rule): boolean {
  return (
    (base.kind === 'override' && base.scenario === MOVES) ||
    transforms.some(({ scenario }) => scenario === MOVES)
  );
}

function originOf({ base }: Rule, line: string, compiler: Compiler): Origin {
  if (base.kind === 'missing') return { kind: 'value', value: null };
  if (base.kind === 'override' && base.scenario === MOVES) return { kind: 'moved', move: base.value };
  if (base.kind !== 'formula') return { kind: 'value', value: base.value };
  const { code, fault } = compiler.compile(line, base.text);
  if (code) return { kind: 'code', code };
  return fault ? { kind: 'fault', fault } : { kind: 'value', value: null };
}
