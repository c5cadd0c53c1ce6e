/**
 * From numbers that were typed in a workbook of ours to scenarios that say the same. Each line is tried and then asked of the
 * engine: a number that a scenario cannot be brought to say is not taken, and never taken in part.
 */
import { listPeriods, spanOf, type Change, type Plan, type Scenario } from '#plan';
import { buildEngine, isSameRule, type Rule } from '#engine';
import { basesOf } from '../document/exchange-document.ts';
import type { ChangedInput } from './own-differences.ts';

/** Scenarios after the changes. */
export interface EditedScenarios {
  /** All of them, in the order given. */
  readonly scenarios: readonly Scenario[];
  readonly taken: readonly ChangedInput[];
  /** Changes that no scenario can say. */
  readonly refused: readonly ChangedInput[];
  /** Lines that follow a change of a scenario below, though the workbook keeps them as they were. */
  readonly following: readonly { readonly scenario: string; readonly line: string }[];
}

/** Edits scenarios; yields the share that is done. `columns` are those that the workbook holds. */
export function* editScenarios(
  plan: Plan,
  given: readonly Scenario[],
  columns: readonly string[],
  changes: readonly ChangedInput[],
): Generator<number, EditedScenarios> {
  const engine = buildEngine(plan);
  const scenarios = new Map(given.map((one) => [one.id, one]));
  const taken: ChangedInput[] = [];
  const refused: ChangedInput[] = [];
  const following: { scenario: string; line: string }[] = [];
  const periods = listPeriods(plan.periods);
  const touched = new Set(changes.map(({ input }) => input.line));
  const rulesOf = (scenario: Scenario, among: readonly Scenario[]) => {
    const calculation = engine.calculate(scenario, among);
    return (line: string): (Rule | undefined)[] => periods.map((period) => calculation.rule(line, period));
  };
  const wishes = columns.map((id) => {
    const before = rulesOf(scenarios.get(id) as Scenario, given);
    return { id, before: new Map([...touched].map((line) => [line, before(line)])) };
  });
  const order = basesFirst(
    wishes.map(({ id }) => id),
    scenarios,
  );
  for (const [position, id] of order.entries()) {
    const before = wishes.find((one) => one.id === id)?.before;
    for (const line of touched) {
      const own = changes.filter((one) => one.scenario === id && one.input.line === line);
      const rules = before?.get(line) ?? [];
      const now = scenarios.get(id) as Scenario;
      const arrived = rulesOf(now, [...scenarios.values()])(line);
      if (own.length === 0) {
        if (rules.some((rule, index) => !isSameEffect(rule, arrived[index]))) {
          const pinned = pin(now, line, rules, arrived, plan);
          const after = rulesOf(pinned, replaced(scenarios, pinned))(line);
          if (rules.every((rule, index) => isSameEffect(rule, after[index]))) scenarios.set(id, pinned);
          else following.push({ scenario: id, line });
        }
        continue;
      }
      const wanted = wantedRules(rules, own, plan);
      const edited = own.reduce((scenario, change) => withInput(scenario, change, plan), now);
      const after = rulesOf(edited, replaced(scenarios, edited))(line);
      if (wanted.every((rule, index) => isReached(rule, after[index]))) {
        scenarios.set(id, edited);
        taken.push(...own);
      } else refused.push(...own);
    }
    yield (position + 1) / order.length;
  }
  return { scenarios: given.map(({ id }) => scenarios.get(id) as Scenario), taken, refused, following };
}

function replaced(scenarios: ReadonlyMap<string, Scenario>, by: Scenario): Scenario[] {
  return [...scenarios.values()].map((one) => (one.id === by.id ? by : one));
}

function basesFirst(ids: readonly string[], scenarios: ReadonlyMap<string, Scenario>): string[] {
  const order: string[] = [];
  const met = new Set<string>();
  const visit = (id: string): void => {
    if (met.has(id)) return;
    met.add(id);
    const scenario = scenarios.get(id);
    if (scenario) for (const base of basesOf(scenario)) visit(base);
    if (ids.includes(id)) order.push(id);
  };
  for (const id of ids) visit(id);
  return order;
}

/** The number of a base that is one. */
function numberOf(rule: Rule | undefined): number | undefined {
  return rule && 'value' in rule.base ? rule.base.value : undefined;
}

/** Same value from the same inputs, whether a number is observed or set. */
function isSameEffect(a: Rule | undefined, b: Rule | undefined): boolean {
  if (!a || !b) return a === b;
  if (isSameRule(a, b)) return true;
  const [x, y] = [numberOf(a), numberOf(b)];
  return x !== undefined && x === y && isSameTransforms(a, b);
}

function isSameTransforms(a: Pick<Rule, 'transforms'>, b: Pick<Rule, 'transforms'>): boolean {
  return (
    a.transforms.length === b.transforms.length &&
    a.transforms.every(
      ({ kind, by }, index) => kind === b.transforms[index]?.kind && by === b.transforms[index]?.by,
    )
  );
}

/** What a cell should be worth. `free`: a number was taken away, and whatever stands below it speaks. */
interface Wanted {
  readonly base: Rule['base'] | number | 'free';
  readonly transforms: readonly { readonly kind: 'add' | 'scale' | 'growth'; readonly by: number }[];
}

function isReached(wanted: Wanted, rule: Rule | undefined): boolean {
  if (!rule) return false;
  const isTransformed =
    wanted.transforms.length === rule.transforms.length &&
    wanted.transforms.every(({ kind, by }) =>
      rule.transforms.some((one) => one.kind === kind && one.by === by),
    );
  if (!isTransformed) return false;
  if (wanted.base === 'free') return numberOf(rule) === undefined || rule.base.kind === 'figure';
  if (typeof wanted.base === 'number') return numberOf(rule) === wanted.base;
  return isSameEffect({ base: wanted.base, transforms: [] }, { base: rule.base, transforms: [] });
}

function wantedRules(
  rules: readonly (Rule | undefined)[],
  changes: readonly ChangedInput[],
  plan: Plan,
): Wanted[] {
  return rules.map((rule, index): Wanted => {
    const period = plan.periods.first + index;
    let wanted: Wanted = { base: rule?.base ?? 'free', transforms: rule?.transforms ?? [] };
    for (const { input, before, after } of changes) {
      if (period < input.from || period > input.to) continue;
      if (input.slot === 'level') wanted = { base: after ?? 'free', transforms: [] };
      else if (input.slot === 'value') wanted = { ...wanted, base: after ?? 'free' };
      else {
        const kind = input.slot;
        const at = wanted.transforms.findIndex((one) => one.kind === kind && one.by === before);
        const rest = wanted.transforms.filter((_, position) => position !== at || before === null);
        wanted = { ...wanted, transforms: after === null ? rest : [...rest, { kind, by: after }] };
      }
    }
    return wanted;
  });
}

/** The scenario with one input as it was typed. */
function withInput(scenario: Scenario, { input, before, after }: ChangedInput, plan: Plan): Scenario {
  const { line, slot, from, to } = input;
  if (slot === 'level' || slot === 'value') return withNumber(scenario, line, { from, to }, after, plan);
  const { changes = [] } = scenario;
  const isMeant = (one: Change) => {
    const span = spanOf(plan.periods, one);
    return one.line === line && effectOf(one, slot) === before && span.from === from && span.to === to;
  };
  const at = before === null ? -1 : changes.findIndex(isMeant);
  const change =
    after === null ? [] : [changeOf(line, { from, to }, { [slot]: after } as { add: number }, plan)];
  const next =
    at < 0 ? [...changes, ...change] : [...changes.slice(0, at), ...change, ...changes.slice(at + 1)];
  return withChanges(scenario, next);
}

function effectOf(change: Change, slot: 'add' | 'scale' | 'growth'): number | undefined {
  if (slot === 'add') return 'add' in change ? change.add : undefined;
  if (slot === 'scale') return 'scale' in change ? change.scale : undefined;
  return 'growth' in change ? change.growth : undefined;
}

/** The span is left out where it is that of every lever. */
function changeOf(
  line: string,
  { from, to }: { readonly from: number; readonly to: number },
  effect: { readonly set: number } | { readonly add: number } | { readonly formula: string },
  { periods }: Plan,
): Change {
  const isUsual = from === periods.base + 1 && to === periods.last;
  return { line, ...(!isUsual && { from, to }), ...effect };
}

function withChanges({ changes: _, ...scenario }: Scenario, changes: readonly Change[]): Scenario {
  return changes.length === 0 ? scenario : { ...scenario, changes: [...changes] };
}

/** A number over a span: where the scenario has numbers of its own for single periods they are replaced, else it is set. */
function withNumber(
  scenario: Scenario,
  line: string,
  span: { readonly from: number; readonly to: number },
  number: number | null,
  plan: Plan,
): Scenario {
  const { values: { [line]: own, ...others } = {}, ...rest } = scenario;
  const kept = { ...own };
  let isOpen = false;
  for (let period = span.from; period <= span.to; period += 1) {
    const key = String(period);
    if (kept[key] === undefined) isOpen = true;
    else if (number === null) delete kept[key];
    else kept[key] = number;
  }
  const next = { ...others, ...(Object.keys(kept).length > 0 && { [line]: kept }) };
  const valued: Scenario = { ...rest, ...(Object.keys(next).length > 0 && { values: next }) };
  if (!isOpen) return valued;
  const changes = valued.changes ?? [];
  const at = changes.findLastIndex((one) => {
    const { from, to } = spanOf(plan.periods, one);
    return one.line === line && 'set' in one && from === span.from && to === span.to;
  });
  const change = number === null ? [] : [changeOf(line, span, { set: number }, plan)];
  const isLast = at >= 0 && !changes.slice(at + 1).some((one) => one.line === line);
  if (at < 0 || (!isLast && number !== null && !hasLater(changes, at, line)))
    return withChanges(valued, [...changes, ...change]);
  return withChanges(valued, [...changes.slice(0, at), ...change, ...changes.slice(at + 1)]);
}

/** Changes of the line behind this one that work on what it sets. */
function hasLater(changes: readonly Change[], at: number, line: string): boolean {
  return changes.slice(at + 1).some((one) => one.line === line && !('set' in one) && !('formula' in one));
}

/** Holds a line as it was, where a scenario below has changed: runs of periods with one number or one formula. */
function pin(
  scenario: Scenario,
  line: string,
  rules: readonly (Rule | undefined)[],
  now: readonly (Rule | undefined)[],
  plan: Plan,
): Scenario {
  let pinned = scenario;
  for (let index = 0; index < rules.length; index += 1) {
    const rule = rules[index];
    if (!rule || isSameEffect(rule, now[index])) continue;
    let end = index;
    while (
      rules[end + 1] &&
      !isSameEffect(rules[end + 1], now[end + 1]) &&
      isSameEffect(rules[end + 1], rule)
    )
      end += 1;
    const span = { from: plan.periods.first + index, to: plan.periods.first + end };
    const number = numberOf(rule);
    if (number !== undefined) pinned = withNumber(pinned, line, span, number, plan);
    else if (rule.base.kind === 'formula') {
      const change = changeOf(line, span, { formula: rule.base.text }, plan);
      pinned = withChanges(pinned, [...(pinned.changes ?? []), change]);
    }
    index = end;
  }
  return pinned;
}
