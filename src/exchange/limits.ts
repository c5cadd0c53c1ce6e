/** How much is read at once, and why: beyond these a file is refused whole, before anything is built from it. */

/** Bytes of a scenario file; a scenario of every cell of the largest plan is far smaller. */
export const MAX_SCENARIO_BYTES = 5_000_000;

/** Bytes of a bundle, which holds a whole plan. */
export const MAX_BUNDLE_BYTES = 50_000_000;

/** Bytes of a lesson; one of two hundred long steps is smaller. */
export const MAX_LESSON_BYTES = 5_000_000;

/** Lessons about one plan: so many go along with it in a bundle. */
export const MAX_LESSONS = 100;

/** Cells, lines by periods, that a plan may have. */
export const MAX_PLAN_CELLS = 2_000_000;

/** Levels of brackets; a plan has six, and storage breaks at some thousands. */
export const MAX_DEPTH = 32;

/** Characters of a link that is made: chat and mail programs cut longer ones. */
export const MAX_LINK_CHARACTERS = 8_000;

/** Characters of a link that is accepted: browsers open far longer ones than chat programs pass on. */
export const MAX_READ_LINK_CHARACTERS = 100_000;

/** Bytes that a link may hold once inflated; deflating can shrink a thousandfold, so this is counted while inflating. */
export const MAX_INFLATED_BYTES = 2_000_000;

/** Bytes of a table. */
export const MAX_TABLE_BYTES = 20_000_000;

/** Cells of a table that hold something. */
export const MAX_TABLE_CELLS = 2_000_000;

/** Characters of one cell: the limit of Excel. */
export const MAX_CELL_CHARACTERS = 32_767;

/** Problems that are listed one by one; more are only counted. */
export const MAX_LISTED_PROBLEMS = 100;

/** Cells of a model that are listed one by one: every cell that is not taken should be, and a page must still show them. */
export const MAX_LISTED_CELLS = 5_000;

/** Bytes of a workbook. */
export const MAX_WORKBOOK_BYTES = 20_000_000;

/** Bytes of the parts of a workbook that hold cells, once inflated. */
export const MAX_WORKBOOK_INFLATED_BYTES = 200_000_000;

/** Parts of a workbook: sheets, styles, pictures. */
export const MAX_WORKBOOK_PARTS = 2_000;

/** Cells of a workbook that hold or colour something. */
export const MAX_WORKBOOK_CELLS = 1_000_000;

/** Cells of a workbook together with the empty ones before them: one cell in the last corner alone is a million rows. */
export const MAX_WORKBOOK_SLOTS = 6_000_000;
