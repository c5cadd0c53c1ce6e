/** What can be wrong with a formula; each code has a sentence in `words` under `problem_<code>`. */
import { problem, type Problem } from '#quantity';
import type { TextSpan } from './expression.ts';

export type FormulaProblemCode =
  | 'formula_empty'
  | 'formula_too_long'
  | 'formula_too_deep'
  | 'formula_too_large'
  | 'formula_syntax'
  | 'formula_unclosed'
  | 'formula_character'
  | 'formula_text_constant'
  | 'formula_assignment'
  | 'formula_matrix'
  | 'formula_property'
  | 'formula_implied_multiplication'
  | 'formula_percent_place'
  | 'formula_number_grouping'
  | 'formula_number_not_finite'
  | 'formula_unknown_name'
  | 'formula_ambiguous_name'
  | 'formula_unknown_function'
  | 'formula_function_needs_call'
  | 'formula_argument_count'
  | 'formula_reference_expected'
  | 'formula_list_place'
  | 'formula_period_expected'
  | 'formula_period_outside'
  | 'formula_cell_outside'
  | 'formula_chained_comparison'
  | 'formula_unit_sum'
  | 'formula_unit_line'
  | 'formula_unit_argument'
  | 'formula_unit_exponent';

/** One thing wrong with a formula, with the characters it is about. */
export type FormulaProblem = Problem<FormulaProblemCode>;

/** Builds a formula problem at a character range of the text as typed. */
export function formulaProblem(
  code: FormulaProblemCode,
  span: TextSpan,
  args: Readonly<Record<string, string | number>> = {},
): FormulaProblem {
  return problem(code, { from: span.from, to: span.to }, args);
}
