/** Which inputs differ between two scenarios: the rules that decide a cell, not the values that follow from them. */
import { changedLines, listPeriods, type Distribution, type Plan, type Scenario } from '#plan';
import { isSameRule, type Calculation, type Rule } from '#engine';
import { nearestCorrelations, nearestDistribution } from '../chance/uncertain-drivers.ts';

/**
 * What differs: value = a scenario's own value · actual = an actual or the figure that it replaces · formula = the formula
 * that decides · change = an addition, factor or growth on top.
 */
export type InputDifferenceKind = 'value' | 'actual' | 'formula' | 'change';

/** Neighbouring periods in which the same two rules stand against each other. */
export interface InputDifferenceSpan {
  readonly from: number;
  readonly to: number;
  /** What differs, nearest decision first. */
  readonly kinds: readonly InputDifferenceKind[];
  /** The rule in the first scenario; each part carries the id of the nearest scenario that says so. */
  readonly before: Rule;
  /** The rule in the second scenario. */
  readonly after: Rule;
}

/** One line that the two scenarios assume differently. */
export interface InputDifference {
  readonly line: string;
  /** None where only what is uncertain differs. */
  readonly spans: readonly InputDifferenceSpan[];
  /** What the line may be worth, where that differs; null for no distribution. */
  readonly distribution?: { readonly before: Distribution | null; readonly after: Distribution | null };
  /** With which later lines of the plan it moves together, where that differs; null for a pair that is not named. */
  readonly correlations?: readonly {
    readonly with: string;
    readonly before: number | null;
    readonly after: number | null;
  }[];
}

/** The layers of two scenarios, nearest first. */
export interface LayersOfBoth {
  readonly before: readonly Scenario[];
  readonly after: readonly Scenario[];
}

/**
 * Lists the lines that two calculations of one plan assume differently, in the order of the plan. With the `layers` of both
 * scenarios distributions and correlations are compared too, which no value follows from.
 */
export function findInputDifferences(
  plan: Plan,
  before: Calculation,
  after: Calculation,
  layers?: LayersOfBoth,
): InputDifference[] {
  const pairs = layers ? findCorrelationDifferences(plan, layers) : [];
  // about every other line both have the plan's own word
  const said = new Set([...before.layers, ...after.layers].flatMap(changedLines));
  const periods = listPeriods(plan.periods);
  return plan.lines.flatMap(({ id }) => {
    const spans: InputDifferenceSpan[] = [];
    for (const period of said.has(id) ? periods : []) {
      const [a, b] = [before.rule(id, period), after.rule(id, period)];
      if (!a || !b || isSameRule(a, b)) continue;
      const last = spans.at(-1);
      if (last && last.to === period - 1 && isSameRule(last.before, a) && isSameRule(last.after, b)) {
        spans[spans.length - 1] = { ...last, to: period };
      } else {
        spans.push({ from: period, to: period, kinds: kindsOf(a, b), before: a, after: b });
      }
    }
    const distribution = layers && distributionDifference(plan, id, layers);
    const correlations = pairs.filter(({ line }) => line === id).map(({ line: _, ...pair }) => pair);
    if (spans.length === 0 && !distribution && correlations.length === 0) return [];
    return [
      {
        line: id,
        spans,
        ...(distribution && { distribution }),
        ...(correlations.length > 0 && { correlations }),
      },
    ];
  });
}

function distributionDifference(
  plan: Plan,
  line: string,
  layers: LayersOfBoth,
): InputDifference['distribution'] {
  const before = nearestDistribution(plan, line, layers.before)?.distribution ?? null;
  const after = nearestDistribution(plan, line, layers.after)?.distribution ?? null;
  return printSorted(before) === printSorted(after) ? undefined : { before, after };
}

/** A distribution as text, the same for the same numbers in whatever order its parts stand. */
function printSorted(distribution: Distribution | null): string {
  return JSON.stringify(Object.entries(distribution ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Pairs whose rank differs, each on the line that the plan has first. */
function findCorrelationDifferences(plan: Plan, layers: LayersOfBoth) {
  const places = new Map(plan.lines.map(({ id }, index) => [id, index]));
  const placeOf = (line: string) => places.get(line) ?? Infinity;
  const ranksOf = (side: readonly Scenario[]) =>
    new Map(
      nearestCorrelations(plan, side).map(({ lines, rank }) => [
        lines.toSorted((a, b) => placeOf(a) - placeOf(b)).join(' '),
        rank,
      ]),
    );
  const [a, b] = [ranksOf(layers.before), ranksOf(layers.after)];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) => {
    const [line = '', other = ''] = key.split(' ');
    const [before, after] = [a.get(key) ?? null, b.get(key) ?? null];
    return before === after ? [] : [{ line, with: other, before, after }];
  });
}

function kindsOf(a: Rule, b: Rule): InputDifferenceKind[] {
  const kinds: InputDifferenceKind[] = [];
  const bases = [a.base.kind, b.base.kind];
  if (!isSameRule({ ...a, transforms: [] }, { ...b, transforms: [] })) {
    if (bases.includes('override')) kinds.push('value');
    else if (bases.includes('actual') || bases.includes('figure')) kinds.push('actual');
    else kinds.push('formula');
  }
  if (!isSameRule({ ...a, base: { kind: 'missing' } }, { ...b, base: { kind: 'missing' } }))
    kinds.push('change');
  return kinds;
}
