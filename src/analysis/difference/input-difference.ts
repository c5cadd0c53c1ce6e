/** Which inputs differ between two scenarios: the rules that decide a cell, not the values that follow from them. */
import { listPeriods, type Plan } from '#plan';
import { isSameRule, type Calculation, type Rule } from '#engine';

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
  readonly spans: readonly InputDifferenceSpan[];
}

/** Lists the lines whose rules differ between two calculations of one plan, in the order of the plan. */
export function findInputDifferences(plan: Plan, before: Calculation, after: Calculation): InputDifference[] {
  return plan.lines.flatMap(({ id }) => {
    const spans: InputDifferenceSpan[] = [];
    for (const period of listPeriods(plan.periods)) {
      const [a, b] = [before.rule(id, period), after.rule(id, period)];
      if (!a || !b || isSameRule(a, b)) continue;
      const last = spans.at(-1);
      if (last && last.to === period - 1 && isSameRule(last.before, a) && isSameRule(last.after, b)) {
        spans[spans.length - 1] = { ...last, to: period };
      } else {
        spans.push({ from: period, to: period, kinds: kindsOf(a, b), before: a, after: b });
      }
    }
    return spans.length > 0 ? [{ line: id, spans }] : [];
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
