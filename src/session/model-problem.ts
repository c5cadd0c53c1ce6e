/** What can be wrong with what a person wrote about the plan itself, and in which field. */
import type { NumberProblemCode, Problem } from '#quantity';
import type { PlanProblemCode } from '#plan';
import type { FormulaProblemCode } from '#formula';

/** Codes of the forms of the plan itself. */
export type ModelProblemCode =
  | 'model_name_missing'
  | 'model_line_missing'
  | 'model_formula_missing'
  | 'model_lever_missing'
  | 'model_lever_order'
  | 'model_step'
  | 'model_decimals'
  | 'model_year'
  | 'model_years_order'
  | 'model_range_end'
  | 'model_line_used'
  | 'model_section_used'
  | 'model_last_section';

/** The fields of the forms. */
export type ModelField =
  | 'name'
  | 'place'
  | 'section'
  | 'unit'
  | 'formula'
  | 'decimals'
  | 'lever'
  | 'figures'
  | 'line'
  | 'period'
  | 'value'
  | 'upTo'
  | 'years'
  | 'whole';

/** One thing that is wrong, and the field that it belongs to; `whole` where it is about the plan as it would be. */
export interface FieldFault {
  readonly field: ModelField;
  readonly problem: Problem<ModelProblemCode | NumberProblemCode | PlanProblemCode | FormulaProblemCode>;
}
