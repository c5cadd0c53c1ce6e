/** The measures of the grid, in pixels: as the tokens of the same names, for those who calculate with them. */

/** `--height-row`. */
export const ROW_HEIGHT = 28;

/** `--height-head`. */
export const HEAD_HEIGHT = 32;

/** The column of the row numbers. */
export const NUMBER_WIDTH = 36;
