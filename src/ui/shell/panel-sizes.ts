/** How wide and high the panels of the workbench are, in CSS pixels, and within which bounds. */

/** The bounds of a size and the one that it starts with. */
export interface PanelSize {
  readonly min: number;
  readonly normal: number;
  readonly max: number;
}

export const LEVERS_WIDTH: PanelSize = { min: 232, normal: 288, max: 440 };
export const INSPECTOR_WIDTH: PanelSize = { min: 280, normal: 336, max: 560 };
export const CHART_HEIGHT: PanelSize = { min: 160, normal: 272, max: 480 };

/** Narrower than this the inspector slides over the grid. */
export const WIDE_FROM = 1180;

/** Narrower than this the levers and the targets are the app, and the grid is a tab. */
export const MIDDLE_FROM = 641;
