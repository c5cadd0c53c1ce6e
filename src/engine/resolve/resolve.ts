/**
 * What a cell is worth: which of override, actual, figure and formula decides each (line, period), and what transforms it.
 *
 * This is the whole rule, and the only place that knows it:
 * 1. the scenario's own value (nearest first through its stack and bases), 2. an actual, 3. the observed figure,
 * 4. the scenario's replacement formula, else the plan's, 5. missing. Add, scale and growth transform the result of 4 in
 * their span (default: after the base); they touch history and actuals only where the span names them. A change of a nearer
 * scenario also transforms the value that a farther one has set, and one of the same scenario a level that stands before it
 * in the list of changes.
 *
 * A driver is an assumption about what comes: the plan's formula for it speaks after the base only. Before, what was not
 * observed is missing, and not a growth that nobody measured.
 */
import {
  countPeriods,
  hasPeriod,
  spanOf,
  type Change,
  type Figure,
  type Line,
  type Periods,
  type Scenario,
} from '#plan';

/** What decides a cell before any transformation. `scenario` is the id of the one that says so. */
export type Base =
  | { readonly kind: 'override'; readonly value: number; readonly scenario: string }
  | { readonly kind: 'actual'; readonly value: number; readonly scenario: string }
  | { readonly kind: 'figure'; readonly value: number; readonly figure: Figure }
  | { readonly kind: 'formula'; readonly text: string; readonly scenario?: string }
  | { readonly kind: 'missing' };

/** A change that works on the result. growth replaces it by the period before, grown. */
export interface Transform {
  readonly kind: 'add' | 'scale' | 'growth';
  readonly by: number;
  readonly scenario: string;
}

/** How a cell comes to its value. */
export interface Rule {
  readonly base: Base;
  /** In the order in which they are applied. */
  readonly transforms: readonly Transform[];
}

const NO_TRANSFORMS: readonly Transform[] = [];
const MISSING_RULE: Rule = { base: { kind: 'missing' }, transforms: NO_TRANSFORMS };

/** A change with the periods that it covers, and the transformation that it is, if it is one. */
interface Cover {
  readonly change: Change;
  readonly from: number;
  readonly to: number;
  /** Says its span itself, and so touches history too. */
  readonly isNamed: boolean;
  readonly transform?: Transform;
}

/** What one layer says about one line. */
interface Saying {
  readonly layer: Scenario;
  readonly values: Readonly<Record<string, number>> | undefined;
  readonly actuals: Readonly<Record<string, number>> | undefined;
  /** In the order of the scenario. */
  readonly covers: readonly Cover[];
}

/** The rules of one line by index of the period, for `ruleAt`: the last one holds to the end. Not to be changed. */
export type LineRules = readonly Rule[];

/** The rule of a period, by its index. */
export function ruleAt(rules: LineRules, index: number): Rule {
  return rules[Math.min(index, rules.length - 1)] as Rule;
}

/**
 * The rules of one line for all periods; `layers` are those of `layersOf`, nearest first.
 *
 * Periods that are decided alike one after another share one rule.
 */
export function resolveLine(line: Line, periods: Periods, layers: readonly Scenario[]): LineRules {
  const sayings = layers.flatMap((layer) => sayingOf(layer, line.id, periods));
  const plain = plainRules(line, periods);
  if (sayings.length === 0) return plain;
  const turns = turnsOf(sayings);
  let end = plain.length;
  for (const turn of turns) if (turn <= periods.last) end = Math.max(end, turn - periods.first + 1);
  const rules: Rule[] = [];
  for (let index = 0; index < end; index += 1) {
    const period = periods.first + index;
    const rule = ruleAt(plain, index);
    const isAsBefore = index > 0 && rule === ruleAt(plain, index - 1) && !turns.has(period);
    rules.push(isAsBefore ? (rules[index - 1] as Rule) : resolveCell(period, rule, sayings));
  }
  return withoutRepeats(rules);
}

/** Ends with the first of the rules that hold to the end: in most lines one holds for a hundred periods. */
function withoutRepeats(rules: LineRules): LineRules {
  const last = rules.at(-1);
  let end = rules.length;
  while (end > 1 && rules[end - 2] === last) end -= 1;
  return rules.slice(0, end);
}

/** The first index at which the rules of a line differ from those that it had; −1 if none does. */
export function firstDifference(before: LineRules, after: LineRules): number {
  let [known, its]: [Rule?, Rule?] = [];
  for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
    const [one, other] = [ruleAt(before, index), ruleAt(after, index)];
    // most periods share their rule with the one before
    if (one === known && other === its) continue;
    if (!isSameRule(one, other)) return index;
    [known, its] = [one, other];
  }
  return -1;
}

/** Periods from which on the layers may say something else than before. */
function turnsOf(sayings: readonly Saying[]): ReadonlySet<number> {
  const turns = new Set<number>();
  const addSpan = (from: number, to: number) => turns.add(from).add(to + 1);
  for (const { values, actuals, covers } of sayings) {
    for (const { from, to } of covers) addSpan(from, to);
    for (const said of [values, actuals]) for (const period in said) addSpan(Number(period), Number(period));
  }
  return turns;
}

function resolveCell(period: number, plain: Rule, sayings: readonly Saying[]): Rule {
  const key = String(period);
  let found: Cover[] = [];
  let formula: Base | undefined;
  for (const { layer, values, covers } of sayings) {
    const own = values?.[key];
    // a formula that a nearer scenario has put here was meant to replace what is farther away
    if (formula !== undefined && own !== undefined) break;
    if (own !== undefined) return ruleOf({ kind: 'override', value: own, scenario: layer.id }, found);
    const covering = covers.filter(({ from, to }) => period >= from && period <= to);
    if (covering.length === 0) continue;
    const set = covering.findLast(({ change }) => 'set' in change);
    if (formula !== undefined && set) break;
    if (set && 'set' in set.change) {
      const later = covering.slice(covering.indexOf(set) + 1);
      return ruleOf({ kind: 'override', value: set.change.set, scenario: layer.id }, [...later, ...found]);
    }
    const replacement = covering.findLast(({ change }) => 'formula' in change)?.change;
    if (replacement && 'formula' in replacement)
      formula ??= { kind: 'formula', text: replacement.formula, scenario: layer.id };
    // collected nearest first; applied farthest first
    found = found.length === 0 ? covering : [...covering, ...found];
  }
  const observer = sayings.find(({ actuals }) => actuals?.[key] !== undefined);
  if (observer) {
    const value = observer.actuals?.[key] as number;
    return ruleOf({ kind: 'actual', value, scenario: observer.layer.id }, found.filter(isNamed));
  }
  if (plain.base.kind === 'figure') {
    const named = found.filter(isNamed);
    return named.length === 0 ? plain : ruleOf(plain.base, named);
  }
  return formula === undefined && found.length === 0 ? plain : ruleOf(formula ?? plain.base, found);
}

function isNamed(cover: Cover): boolean {
  return cover.isNamed;
}

const plainRulesOf = new WeakMap<Line, { readonly periods: Periods; readonly rules: LineRules }>();

/** The rules of a line as the plan has it. */
function plainRules(line: Line, periods: Periods): LineRules {
  const known = plainRulesOf.get(line);
  if (known?.periods === periods) return known.rules;
  // one shared rule for all periods that only the plan's formula decides
  const planRule: Rule =
    line.formula === undefined
      ? MISSING_RULE
      : { base: { kind: 'formula', text: line.formula }, transforms: NO_TRANSFORMS };
  // a figure of a period that the plan does not have decides nothing
  const figures = (line.figures ?? []).filter(({ period }) => hasPeriod(periods, period));
  const ended = Math.max(0, line.kind === 'driver' ? periods.base - periods.first + 1 : 0);
  const spoken = Math.max(ended, ...figures.map(({ period }) => period - periods.first + 1));
  const all = new Array<Rule>(Math.min(countPeriods(periods), spoken + 1)).fill(planRule);
  all.fill(MISSING_RULE, 0, ended);
  for (const figure of figures) {
    all[figure.period - periods.first] = {
      base: { kind: 'figure', value: figure.value, figure },
      transforms: NO_TRANSFORMS,
    };
  }
  const rules = withoutRepeats(all);
  plainRulesOf.set(line, { periods, rules });
  return rules;
}

/** Tells whether layers say the same about a line as others do, so that its rules need not be resolved again. */
export function isSaidAlike(line: string, before: readonly Scenario[], after: readonly Scenario[]): boolean {
  const isSpeaking = ({ values, actuals, changes }: Scenario) =>
    values?.[line] ?? actuals?.[line] ?? (changes && changesOf(changes).has(line));
  const others = after.filter(isSpeaking);
  const ones = before.filter(isSpeaking);
  return (
    ones.length === others.length &&
    ones.every((one, place) => {
      const other = others[place] as Scenario;
      if (one === other) return true;
      const [mine, its] = [one, other].map(({ changes }) => (changes && changesOf(changes).get(line)) ?? []);
      return (
        one.id === other.id &&
        hasSameMembers(one.values?.[line], other.values?.[line]) &&
        hasSameMembers(one.actuals?.[line], other.actuals?.[line]) &&
        mine?.length === its?.length &&
        (mine ?? []).every((change, order) => hasSameMembers(change, its?.[order]))
      );
    })
  );
}

function hasSameMembers(a: object | undefined, b: object | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  const members = Object.entries(a);
  return (
    members.length === Object.keys(b).length &&
    members.every(([key, value]) => Object.is((b as Readonly<Record<string, unknown>>)[key], value))
  );
}

const changesByLine = new WeakMap<readonly Change[], ReadonlyMap<string, readonly Change[]>>();

/** What a layer says about a line, as a list of one; nothing where it says nothing. */
function sayingOf(layer: Scenario, line: string, periods: Periods): readonly Saying[] {
  const [values, actuals] = [layer.values?.[line], layer.actuals?.[line]];
  const changes = layer.changes && changesOf(layer.changes).get(line);
  if (!values && !actuals && !changes) return [];
  const covers = (changes ?? []).map((change): Cover => {
    const isNamed = change.from !== undefined || change.to !== undefined;
    const transform = transformOf(change, layer.id);
    return { change, ...spanOf(periods, change), isNamed, ...(transform && { transform }) };
  });
  return [{ layer, values, actuals, covers }];
}

/** Changes by line, found once for every list of changes. */
function changesOf(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const known = changesByLine.get(changes);
  if (known) return known;
  const byLine = new Map<string, Change[]>();
  for (const change of changes) {
    const own = byLine.get(change.line);
    if (own) own.push(change);
    else byLine.set(change.line, [change]);
  }
  changesByLine.set(changes, byLine);
  return byLine;
}

function transformOf(change: Change, scenario: string): Transform | undefined {
  if ('add' in change) return { kind: 'add', by: change.add, scenario };
  if ('scale' in change) return { kind: 'scale', by: change.scale, scenario };
  if ('growth' in change) return { kind: 'growth', by: change.growth, scenario };
  return undefined;
}

function ruleOf(base: Base, covers: readonly Cover[]): Rule {
  return { base, transforms: covers.flatMap(({ transform }) => transform ?? []) };
}

/** Tells whether two rules give the same value from the same inputs. */
export function isSameRule(a: Rule, b: Rule): boolean {
  if (a === b) return true;
  return (
    isSameBase(a.base, b.base) &&
    a.transforms.length === b.transforms.length &&
    a.transforms.every(
      (one, index) => one.kind === b.transforms[index]?.kind && Object.is(one.by, b.transforms[index]?.by),
    )
  );
}

function isSameBase(a: Base, b: Base): boolean {
  if (a.kind === 'formula' || b.kind === 'formula')
    return a.kind === b.kind && 'text' in a && 'text' in b && a.text === b.text;
  if (a.kind === 'missing' || b.kind === 'missing') return a.kind === b.kind;
  // zeros have signs
  return a.kind === b.kind && Object.is(a.value, b.value);
}

/**
 * What a scenario is made of, nearest first: the scenario itself, then each scenario of its stack with all that this one is
 * made of, in order, then its base in the same way.
 *
 * One that occurs twice counts where it is farthest, so that a base that several share lies under all of them. One that is
 * not there is passed over; a circle ends where it closes.
 */
export function layersOf(scenario: Scenario, scenarios: readonly Scenario[]): Scenario[] {
  if (scenario.basedOn === undefined && scenario.stack === undefined) return [scenario];
  const known = new Map(scenarios.map((one) => [one.id, one]));
  const met = new Set<Scenario>();
  const farthestFirst: Scenario[] = [];
  const collect = (layer: Scenario) => {
    if (met.has(layer)) return;
    met.add(layer);
    const below = [...(layer.stack ?? []), ...(layer.basedOn === undefined ? [] : [layer.basedOn])];
    for (const id of below.toReversed()) {
      const next = known.get(id);
      if (next) collect(next);
    }
    farthestFirst.push(layer);
  };
  collect(scenario);
  return farthestFirst.reverse();
}
