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
import { listPeriods, spanOf, type Change, type Figure, type Line, type Periods, type Scenario } from '#plan';

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

/** The rules of one line for all periods; `layers` are those of `layersOf`, nearest first. */
export function resolveLine(line: Line, periods: Periods, layers: readonly Scenario[]): Rule[] {
  const figures = new Map((line.figures ?? []).map((figure) => [figure.period, figure]));
  const touching = layers.map((layer) => ({
    layer,
    changes: (layer.changes ?? []).filter((one) => one.line === line.id),
  }));
  // one shared rule for all periods that only the plan's formula decides
  const planRule: Rule =
    line.formula === undefined
      ? MISSING_RULE
      : { base: { kind: 'formula', text: line.formula }, transforms: NO_TRANSFORMS };

  return listPeriods(periods).map((period) => {
    const transforms: (Transform & { named: boolean })[] = [];
    let formula: Base | undefined;
    for (const { layer, changes } of touching) {
      const own = layer.values?.[line.id]?.[String(period)];
      // a formula that a nearer scenario has put here was meant to replace what is farther away
      if (formula !== undefined && own !== undefined) break;
      if (own !== undefined) return ruleOf({ kind: 'override', value: own, scenario: layer.id }, transforms);
      const covering = changes.filter((change) => covers(change, period, periods));
      const set = covering.findLast((change) => 'set' in change);
      if (formula !== undefined && set) break;
      if (set) {
        const later = covering.slice(covering.indexOf(set) + 1).flatMap((one) => transformOf(one, layer.id));
        return ruleOf({ kind: 'override', value: set.set, scenario: layer.id }, [...later, ...transforms]);
      }
      const replacement = covering.findLast((change) => 'formula' in change);
      if (replacement) formula ??= { kind: 'formula', text: replacement.formula, scenario: layer.id };
      // collected nearest first; applied farthest first
      transforms.unshift(...covering.flatMap((change) => transformOf(change, layer.id)));
    }
    const named = transforms.filter((transform) => transform.named);
    const actual = layers.find((layer) => layer.actuals?.[line.id]?.[String(period)] !== undefined);
    if (actual) {
      const value = actual.actuals?.[line.id]?.[String(period)] as number;
      return ruleOf({ kind: 'actual', value, scenario: actual.id }, named);
    }
    const figure = figures.get(period);
    if (figure) return ruleOf({ kind: 'figure', value: figure.value, figure }, named);
    const inherited = line.kind === 'driver' && period <= periods.base ? MISSING_RULE : planRule;
    return formula === undefined && transforms.length === 0
      ? inherited
      : ruleOf(formula ?? inherited.base, transforms);
  });
}

function covers(change: Change, period: number, periods: Periods): boolean {
  const { from, to } = spanOf(periods, change);
  return period >= from && period <= to;
}

function transformOf(change: Change, scenario: string): (Transform & { named: boolean })[] {
  const named = change.from !== undefined || change.to !== undefined;
  if ('add' in change) return [{ kind: 'add', by: change.add, scenario, named }];
  if ('scale' in change) return [{ kind: 'scale', by: change.scale, scenario, named }];
  if ('growth' in change) return [{ kind: 'growth', by: change.growth, scenario, named }];
  return [];
}

function ruleOf(base: Base, transforms: readonly (Transform & { named: boolean })[]): Rule {
  return { base, transforms: transforms.map(({ kind, by, scenario }) => ({ kind, by, scenario })) };
}

/** Tells whether two rules give the same value from the same inputs. */
export function isSameRule(a: Rule, b: Rule): boolean {
  if (a === b) return true;
  return (
    isSameBase(a.base, b.base) &&
    a.transforms.length === b.transforms.length &&
    a.transforms.every(
      (one, index) => one.kind === b.transforms[index]?.kind && one.by === b.transforms[index]?.by,
    )
  );
}

function isSameBase(a: Base, b: Base): boolean {
  if (a.kind === 'formula' || b.kind === 'formula')
    return a.kind === b.kind && 'text' in a && 'text' in b && a.text === b.text;
  if (a.kind === 'missing' || b.kind === 'missing') return a.kind === b.kind;
  return a.kind === b.kind && a.value === b.value;
}

/**
 * What a scenario is made of, nearest first: the scenario itself, then each scenario of its stack with all that this one is
 * made of, in order, then its base in the same way.
 *
 * One that occurs twice counts where it is farthest, so that a base that several share lies under all of them. One that is
 * not there is passed over; a circle ends where it closes.
 */
export function layersOf(scenario: Scenario, scenarios: readonly Scenario[]): Scenario[] {
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
