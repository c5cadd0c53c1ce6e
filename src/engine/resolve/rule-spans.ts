/** Periods of a line that are decided alike, so that they are calculated in one go. */
import type { Code } from '../code/instruction.ts';
import type { Compiled } from '../code/compile.ts';
import { isSameRule, type Rule } from './resolve.ts';

/** Indices from `start` up to, not including, `end`. */
export interface RuleSpan {
  readonly start: number;
  readonly end: number;
  readonly rule: Rule;
  /** The formula of the rule, where it has one. */
  readonly compiled?: Compiled;
  /** The code that alone decides the cells: a formula without a transformation. */
  readonly code?: Code;
}

/** The spans of a line's rules, in order. */
export function spansOf(rules: readonly Rule[], compile: (text: string) => Compiled): RuleSpan[] {
  const spans: RuleSpan[] = [];
  for (let start = 0; start < rules.length;) {
    const rule = rules[start] as Rule;
    let end = start + 1;
    while (end < rules.length && isSameRule(rules[end] as Rule, rule)) end += 1;
    const compiled = rule.base.kind === 'formula' ? compile(rule.base.text) : undefined;
    const code = rule.transforms.length === 0 ? compiled?.code : undefined;
    spans.push({ start, end, rule, ...(compiled && { compiled }), ...(code && { code }) });
    start = end;
  }
  return spans;
}
