/** Periods of a line that are decided alike, so that they are calculated in one go. */
import type { Code } from '../code/instruction.ts';
import type { Compiled } from '../code/compile.ts';
import { isSameRule, ruleAt, type LineRules, type Rule } from './resolve.ts';

/** Indices from `start` up to, not including, `end`. */
export interface RuleSpan {
  readonly start: number;
  readonly end: number;
  readonly rule: Rule;
  /** The formula of the rule, where it has one. */
  readonly compiled: Compiled | undefined;
  /** The code that alone decides the cells: a formula without a transformation. */
  readonly code: Code | undefined;
}

/** The spans of a line's rules over so many periods, in order. */
export function spansOf(
  rules: LineRules,
  periods: number,
  compile: (text: string) => Compiled,
): readonly RuleSpan[] {
  const spans: RuleSpan[] = [];
  for (let start = 0; start < rules.length;) {
    const rule = ruleAt(rules, start);
    let next = start + 1;
    while (next < rules.length && isSameRule(ruleAt(rules, next), rule)) next += 1;
    const compiled = rule.base.kind === 'formula' ? compile(rule.base.text) : undefined;
    const code = rule.transforms.length === 0 ? compiled?.code : undefined;
    spans.push({ start, end: next < rules.length ? next : periods, rule, compiled, code });
    start = next;
  }
  // a list that grew keeps room for more; these are kept, one a line
  return spans.slice();
}
