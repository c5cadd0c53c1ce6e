/**
 * Where the parts of a stacked scenario contradict each other: cells about which two of them say different things, so that
 * one covers the other, and cells in which a scenario's value hides what was observed.
 *
 * Layers conflict when no scenario of the stack is made of both: what a scenario says on top of its own base, or what the
 * open scenario says itself, is meant to cover. Additions and factors work together and cover nothing.
 */
import { changedLines, listPeriods, spanOf, type Line, type Plan, type Scenario } from '#plan';
import { layersOf, resolveLine, ruleAt, type Rule } from './resolve.ts';

/** One side of a conflict. */
export interface Claim {
  /** The id of the scenario that says it. */
  readonly scenario: string;
  readonly kind: 'value' | 'formula' | 'change' | 'actual' | 'distribution';
}

/** Neighbouring periods of a line in which the same claim covers the same others. */
export interface Conflict {
  readonly line: string;
  readonly from: number;
  readonly to: number;
  readonly winner: Claim;
  /** Nearest first. */
  readonly covered: readonly Claim[];
}

/** What a layer says about a cell; `says` is the same where two layers say the same. */
interface Statement extends Claim {
  readonly says: string;
}

/**
 * Finds the conflicts of a scenario, in the order of the plan and its periods; `scenarios` are those that it may be made of.
 *
 * Missing: a scenario that the list does not have says nothing · Fails: never.
 */
export function findConflicts(plan: Plan, scenario: Scenario, scenarios: readonly Scenario[]): Conflict[] {
  const layers = layersOf(scenario, scenarios);
  const membersOf = memberships(scenario, scenarios);
  const isRival = (winner: Statement, other: Statement): boolean => {
    if (winner.scenario === other.scenario || winner.says === other.says) return false;
    const [a, b] = [membersOf.get(winner.scenario), membersOf.get(other.scenario)];
    return a !== undefined && b !== undefined && ![...a].some((one) => b.has(one));
  };
  const spokenOf = new Set(layers.flatMap(changedLines));
  return plan.lines.flatMap((line) => {
    if (!spokenOf.has(line.id)) return [];
    const said = layers.map((layer) => statementsOf(layer, line, plan));
    const rules = resolveLine(line, plan.periods, layers);
    const found: Conflict[] = [];
    listPeriods(plan.periods).forEach((period, index) => {
      const all = said.flatMap((one) => one.get(period) ?? []);
      for (const { winner, covered } of [
        decidedBy(all, ruleAt(rules, index), isRival),
        drawnBy(all, isRival),
      ]) {
        if (winner && covered.length > 0) add(found, line.id, period, winner, covered);
      }
    });
    return found;
  });
}

/** The scenarios of the stack that each layer is part of; layers that are the scenario's own or its base's are not in it. */
function memberships(scenario: Scenario, scenarios: readonly Scenario[]): Map<string, Set<string>> {
  const byId = new Map(scenarios.map((one) => [one.id, one]));
  const base = scenario.basedOn === undefined ? undefined : byId.get(scenario.basedOn);
  const below = new Set((base ? layersOf(base, scenarios) : []).map(({ id }) => id));
  const members = new Map<string, Set<string>>();
  for (const id of scenario.stack ?? []) {
    const member = byId.get(id);
    for (const layer of member ? layersOf(member, scenarios) : []) {
      if (below.has(layer.id) || layer.id === scenario.id) continue;
      members.set(layer.id, (members.get(layer.id) ?? new Set()).add(id));
    }
  }
  return members;
}

function statementsOf(layer: Scenario, { id }: Line, plan: Plan): Map<number, Statement[]> {
  const found = new Map<number, Statement[]>();
  const say = (period: number, kind: Claim['kind'], says: string) => {
    const before = found.get(period) ?? [];
    found.set(period, [...before, { scenario: layer.id, kind, says }]);
  };
  for (const [period, value] of Object.entries(layer.values?.[id] ?? {}))
    say(Number(period), 'value', `= ${value}`);
  for (const change of layer.changes ?? []) {
    if (change.line !== id) continue;
    const { from, to } = spanOf(plan.periods, change);
    for (let period = from; period <= to; period += 1) {
      if ('set' in change) say(period, 'value', `= ${change.set}`);
      else if ('formula' in change) say(period, 'formula', change.formula);
      else say(period, 'change', JSON.stringify(change));
    }
  }
  for (const [period, value] of Object.entries(layer.actuals?.[id] ?? {}))
    say(Number(period), 'actual', `= ${value}`);
  const distribution = layer.distributions?.[id];
  if (distribution) {
    for (let period = plan.periods.base + 1; period <= plan.periods.last; period += 1)
      say(period, 'distribution', JSON.stringify(distribution));
  }
  return found;
}

interface Decision {
  readonly winner: Claim | undefined;
  readonly covered: readonly Claim[];
}

/** Which claim decides a cell, and which others would have decided it or worked on it. */
function decidedBy(
  all: readonly Statement[],
  { base, transforms }: Rule,
  isRival: (winner: Statement, other: Statement) => boolean,
): Decision {
  const growth = transforms.findLastIndex(({ kind }) => kind === 'growth');
  const acting = new Set(transforms.slice(Math.max(growth, 0)).map((one) => one.scenario));
  const deciding =
    growth >= 0
      ? { scenario: transforms[growth]?.scenario, kind: 'change' }
      : base.kind === 'override'
        ? { scenario: base.scenario, kind: 'value' }
        : base.kind === 'actual' || base.kind === 'formula'
          ? { scenario: base.scenario, kind: base.kind }
          : undefined;
  const winner = all.find((one) => one.scenario === deciding?.scenario && one.kind === deciding?.kind);
  if (!winner) return { winner, covered: [] };
  const covered = all.filter((one) => {
    if (one.kind === 'distribution') return false;
    // what was observed gives way to nothing but a value of a scenario, and then it should be known
    if (one.kind === 'actual' && winner.kind === 'value') return one.says !== winner.says;
    if (winner.kind === 'actual' && one.kind !== 'actual') return false;
    if (one.kind === 'change' && acting.has(one.scenario)) return false;
    return isRival(winner, one);
  });
  return { winner, covered };
}

/** Which distribution is drawn, or which value makes a driver certain, and which other distributions that covers. */
function drawnBy(
  all: readonly Statement[],
  isRival: (winner: Statement, other: Statement) => boolean,
): Decision {
  const nearest = all.find(({ kind }) => kind === 'value' || kind === 'distribution');
  const covered = all.filter((one) => one.kind === 'distribution' && nearest && isRival(nearest, one));
  return { winner: nearest, covered };
}

function add(
  found: Conflict[],
  line: string,
  period: number,
  winner: Claim,
  covered: readonly Claim[],
): void {
  const bare = ({ scenario, kind }: Claim): Claim => ({ scenario, kind });
  const claims = { winner: bare(winner), covered: covered.map(bare) };
  const last = found.findLast((one) => isSameClaims(one, claims));
  if (last?.to === period - 1) found[found.indexOf(last)] = { ...last, to: period };
  else found.push({ line, from: period, to: period, ...claims });
}

function isSameClaims(a: Omit<Conflict, 'line' | 'from' | 'to'>, b: typeof a): boolean {
  const text = ({ winner, covered }: typeof a) =>
    [winner, ...covered].map(({ scenario, kind }) => `${scenario} ${kind}`).join(', ');
  return text(a) === text(b);
}
