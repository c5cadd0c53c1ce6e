/** The entries of a heat map as one image, a pixel an entry: forty thousand of them are not forty thousand shapes. */
import type { HeatSheet } from '#session';
import { SIDES } from '#session';
import type { Shade } from './heat-shades.ts';

/** Pixels of a scale along its length. */
export const KEY_STEPS = 128;

/** Draws the map, the highest level of the vertical axis on top. `enlarged` repeats pixels, for files that blur them else. */
export function heatImage(
  heat: HeatSheet,
  shadeAt: (value: number) => Shade,
  none: Shade,
  enlarged = 1,
): HTMLCanvasElement {
  const [columns, rows] = [heat.across.levels.length, heat.up.levels.length];
  return painted(columns, rows, enlarged, (column, row) => {
    const at = (rows - 1 - row) * columns + column;
    return heat.sides[at] === SIDES.none ? none : shadeAt(heat.values[at] as number);
  });
}

/** Draws the scale from its most at the top, or at the right, to its least. */
export function keyImage(
  least: number,
  most: number,
  shadeAt: (value: number) => Shade,
  isUpright: boolean,
): HTMLCanvasElement {
  const levelAt = (step: number) => least + (step / (KEY_STEPS - 1)) * (most - least);
  return isUpright
    ? painted(1, KEY_STEPS, 1, (_, row) => shadeAt(levelAt(KEY_STEPS - 1 - row)))
    : painted(KEY_STEPS, 1, 1, (column) => shadeAt(levelAt(column)));
}

function painted(
  columns: number,
  rows: number,
  enlarged: number,
  shadeAt: (column: number, row: number) => Shade,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  // a browser without a canvas has no charts either: what it shows is the table
  if (!context) return canvas;
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
  return enlarged === 1 ? canvas : repeated(canvas, enlarged);
}

function repeated(small: HTMLCanvasElement, times: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = small.width * times;
  canvas.height = small.height * times;
  const context = canvas.getContext('2d');
  if (!context) return small;
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
  return canvas;
}
