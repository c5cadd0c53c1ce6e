/** Why a cell differs between two scenarios: its difference shared out among the assumptions that differ. */
import type { Value } from '#quantity';
import type { Scenario } from '#plan';
import { finish, layersOf, type Engine, type Rule } from '#engine';
import type { Cell } from '../cell.ts';
import { findSources, focusEngine } from './focus.ts';
import { findInputDifferences, type InputDifference } from './input-difference.ts';
import { prepareMixtures, type Mixture } from '../chance/mixture.ts';
import type { Random } from '../chance/random-source.ts';
import { exactShares, sampledShares, type Game } from './shapley.ts';
import { findSteadyLines, type Courses } from '../reach/steady-line.ts';

/** Up to so many changes all 2^n combinations are evaluated; above, orders are sampled. */
const EXACT_UP_TO = 12;

/** Above, as many evaluations as twelve changes take, but never fewer pairs of orders than a standard error is worth. */
const SAMPLED_EVALUATIONS = 2 ** EXACT_UP_TO;
const LEAST_PAIRS = 20;

/** One end of a bridge: a scenario and those that it may build on. */
export interface BridgeEnd {
  readonly scenario: Scenario;
  readonly scenarios?: readonly Scenario[];
}

/** What one changed assumption adds. Unit: of the cell. */
export interface BridgeItem {
  readonly difference: InputDifference;
  readonly contribution: number;
  /** Of the contribution; 0 where it is exact. */
  readonly standardError: number;
  /** Whether the cell can depend on the line at all; if not its contribution is exactly 0. */
  readonly reaches: boolean;
}

/** How the difference was shared out; printed with the result. */
export interface BridgeRule {
  /** Each assumption counts with what it adds on average over all orders in which the assumptions could change. */
  readonly kind: 'shapley';
  /** exact: all combinations · sampled: so many random orders, each with its opposite. */
  readonly method: 'exact' | 'sampled';
  readonly orders: number;
  readonly evaluations: number;
  /** What rounding leaves of the sum, some units in the last place, is added to the largest contribution. */
  readonly remainder: 'largest';
}

/** The bridge, or at which mixture of the two scenarios the cell has no number, so that no shares exist. */
export type Bridge =
  | {
      readonly kind: 'bridge';
      readonly cell: Cell;
      readonly from: number;
      readonly to: number;
      readonly difference: number;
      /** In the order of the plan; they sum to the difference. */
      readonly items: readonly BridgeItem[];
      readonly rule: BridgeRule;
    }
  | {
      readonly kind: 'undefined';
      readonly cell: Cell;
      /** The lines that are as in the second scenario there; all others are as in the first. */
      readonly changed: readonly string[];
      readonly value: Value;
    };

/**
 * Shares out the difference of a cell from one scenario to another among the lines that they assume differently.
 *
 * The order of edits has no influence: assumptions are taken in the order of the plan. `random` gives numbers from 0 up
 * to 1 and is used above twelve assumptions that reach the cell.
 *
 * Missing, Fails: `undefined`, where any mixture of the scenarios that is needed has no number.
 */
export function bridge(engine: Engine, from: BridgeEnd, to: BridgeEnd, cell: Cell, random: Random): Bridge {
  return finish(walkBridge(engine, from, to, cell, random));
}

/** The same step by step: yields the share of the mixtures that is done, from 0 to 1. */
export function* walkBridge(
  engine: Engine,
  from: BridgeEnd,
  to: BridgeEnd,
  cell: Cell,
  random: Random,
): Generator<number, Bridge> {
  const chainOf = ({ scenario, scenarios }: BridgeEnd) =>
    layersOf(scenario, scenarios ?? engine.plan.scenarios);
  const [a, b] = [chainOf(from), chainOf(to)];
  const before = engine.calculate(from.scenario, from.scenarios);
  const after = engine.calculate(to.scenario, to.scenarios);
  const differences = findInputDifferences(engine.plan, before, after);
  const sources = findSources(engine, [cell.line], [...a, ...b]);
  const reaching = differences.filter(({ line }) => sources.has(line));
  const focused = focusEngine(engine, [cell.line], [...a, ...b]);
  const steady = findSteadyLines(focused, before, after, reaching);
  const players = inWalkingOrder(reaching, steady);
  const game = buildGame(focused, prepareMixtures(a, b, steady), players, cell);

  const isExact = players.length <= EXACT_UP_TO;
  const pairs = Math.max(LEAST_PAIRS, Math.floor(SAMPLED_EVALUATIONS / (2 * players.length)));
  const result = yield* isExact ? exactShares(game) : sampledShares(game, pairs, random);
  if (result.kind === 'undefined') {
    return {
      kind: 'undefined',
      cell,
      changed: result.present.map((one) => players[one] as string),
      value: result.value,
    };
  }
  return {
    kind: 'bridge',
    cell,
    from: result.empty,
    to: result.full,
    difference: result.full - result.empty,
    items: differences.map((difference) => {
      const player = players.indexOf(difference.line);
      return {
        difference,
        contribution: result.shares[player] ?? 0,
        standardError: result.standardErrors[player] ?? 0,
        reaches: player >= 0,
      };
    }),
    rule: {
      kind: 'shapley',
      method: isExact ? 'exact' : 'sampled',
      orders: isExact ? factorial(players.length) : 2 * pairs,
      evaluations: result.evaluations,
      remainder: 'largest',
    },
  };
}

/** The game of the cell: a player that joins takes its line's assumptions from the second scenario. */
function buildGame(engine: Engine, mix: Mixture, players: readonly string[], cell: Cell): Game {
  const joined = new Set<string>();
  // lines that do not differ, or do not reach the cell, may be as in either
  const mixture = () => mix((line) => joined.has(line));
  const calculation = engine.calculate(...mixture());
  const value = (): Value => calculation.value(cell.line, cell.period);
  return {
    players: players.length,
    empty: value(),
    flip(player) {
      const line = players[player] as string;
      if (!joined.delete(line)) joined.add(line);
      engine.revise(calculation, ...mixture());
      return value();
    },
  };
}

/** Puts assumptions that change a formula last: the walk over all combinations changes late ones least often. */
function inWalkingOrder(
  differences: readonly InputDifference[],
  steady: ReadonlyMap<string, Courses>,
): string[] {
  const rearranges = ({ line, spans }: InputDifference) =>
    !steady.has(line) && spans.some(({ before, after }) => readsOf(before) !== readsOf(after));
  return differences
    .toSorted((a, b) => Number(rearranges(a)) - Number(rearranges(b)))
    .map(({ line }) => line);
}

/** What a rule reads; where it changes the order of calculation is found anew, which costs more than calculating. */
function readsOf({ base, transforms }: Rule): string {
  return `${base.kind === 'formula' ? base.text : ''} ${transforms.some((one) => one.kind === 'growth')}`;
}

function factorial(count: number): number {
  return count <= 1 ? 1 : count * factorial(count - 1);
}
