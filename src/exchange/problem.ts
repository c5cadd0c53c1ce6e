/** What can be wrong with a file, a link or a table; each code has a sentence in `words` under `problem_<code>`. */

/** What stops a file or a link from being read, or a part of it from being placed. */
export type ImportProblemCode =
  | 'import_too_large'
  | 'import_empty'
  | 'import_archive'
  | 'import_encoding'
  | 'import_json'
  | 'import_json_end'
  | 'import_json_key'
  | 'import_json_twice'
  | 'import_json_depth'
  | 'import_json_number'
  | 'import_not_ours'
  | 'import_newer_format'
  | 'import_format'
  | 'import_plan_cells'
  | 'import_scenario_absent'
  | 'import_characters_dropped'
  | 'import_unknown_plan'
  | 'import_other_version'
  | 'import_other_content'
  | 'import_line_unknown'
  | 'import_period_outside'
  | 'import_formula';

/** What can be wrong with a link. */
export type LinkProblemCode =
  'link_none' | 'link_newer' | 'link_cut' | 'link_damaged' | 'link_too_long' | 'link_too_large';

/** What can be wrong with a table in a text file, and what could not be taken from it. */
export type TableProblemCode =
  | 'table_too_large'
  | 'table_too_many_cells'
  | 'table_cell_too_long'
  | 'table_empty'
  | 'table_encoding'
  | 'table_quote'
  | 'table_quote_open'
  | 'table_number_ambiguous'
  | 'table_number_digits'
  | 'table_number_not_finite'
  | 'table_more_problems'
  | 'table_no_periods'
  | 'table_no_lines'
  | 'table_period_twice'
  | 'table_column_unused'
  | 'table_row_unnamed'
  | 'table_cell_text'
  | 'table_cell_percent'
  | 'table_unit_percent'
  | 'table_unit_unknown'
  | 'table_line_unknown'
  | 'table_line_ambiguous'
  | 'table_line_twice'
  | 'table_line_unit'
  | 'table_period_outside';
