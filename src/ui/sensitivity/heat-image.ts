/** The entries of a heat map as one image, a pixel an entry: forty thousand of them are not forty thousand shapes. */
import type { HeatSheet } from '#session';
import { SIDES } from '#session';
import { shadeOf, shadesFor, type Shade } from './heat-shades.ts';

/** Pixels of a scale along its length. */
export const KEY_STEPS = 128;

/** The colours of a map: of its values, and of what has none. */
export interface HeatColours {
  readonly shadeAt: (value: number) => Shade;
  readonly none: Shade;
}

/** The colours for a map in the theme that `colour` reads; undefined where no entry has a value. */
export function heatColours(
  { least, most, wanted }: HeatSheet,
  colour: (token: string) => string,
): HeatColours | undefined {
  if (least === null || most === null) return undefined;
  const ends = {
    met: shadeOf(colour('--heat-met')),
    missed: shadeOf(colour('--heat-missed')),
    middle: shadeOf(colour('--surface')),
  };
  return { shadeAt: shadesFor(ends, least, most, wanted), none: shadeOf(colour('--hairline-firm')) };
}

/** Draws the map on a canvas, which takes its size from it; the highest level of the vertical axis is on top. */
export function paintHeat(canvas: HTMLCanvasElement, heat: HeatSheet, { shadeAt, none }: HeatColours): void {
  const [columns, rows] = [heat.across.levels.length, heat.up.levels.length];
  paint(canvas, columns, rows, (column, row) => {
    const at = (rows - 1 - row) * columns + column;
    return heat.sides[at] === SIDES.none ? none : shadeAt(heat.values[at] as number);
  });
}

/** Draws the scale on a canvas, from its most at the top, or at the right, to its least. */
export function paintKey(
  canvas: HTMLCanvasElement,
  { least, most }: HeatSheet,
  { shadeAt }: HeatColours,
  isUpright: boolean,
): void {
  const levelAt = (step: number) => (least ?? 0) + (step / (KEY_STEPS - 1)) * ((most ?? 0) - (least ?? 0));
  if (isUpright) paint(canvas, 1, KEY_STEPS, (_, row) => shadeAt(levelAt(KEY_STEPS - 1 - row)));
  else paint(canvas, KEY_STEPS, 1, (column) => shadeAt(levelAt(column)));
}

function paint(
  canvas: HTMLCanvasElement,
  columns: number,
  rows: number,
  shadeAt: (column: number, row: number) => Shade,
): void {
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  // a browser without a canvas has no charts either: what it shows is the table
  if (!context) return;
  const image = context.createImageData(columns, rows);
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1, at += 4) {
      const [red, green, blue] = shadeAt(column, row);
      image.data[at] = red;
      image.data[at + 1] = green;
      image.data[at + 2] = blue;
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

/** What `draw` puts on a canvas, each pixel repeated so many times, for files that blur pixels else. */
export function enlarged(draw: (canvas: HTMLCanvasElement) => void, times: number): HTMLCanvasElement {
  const small = document.createElement('canvas');
  draw(small);
  const canvas = document.createElement('canvas');
  canvas.width = small.width * times;
  canvas.height = small.height * times;
  const context = canvas.getContext('2d');
  if (!context) return small;
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
  return canvas;
}
