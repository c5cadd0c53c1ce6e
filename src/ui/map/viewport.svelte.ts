/** Which part of the map is in view: moved, zoomed, fitted. Lengths in pixels of the screen. */
import type { Point } from './map-layout.ts';

/** Nobody reads a map smaller than this. */
const MIN_SCALE = 0.15;
const MAX_SCALE = 2;

/** Below this a map that fits is opened in part instead: names of 12 pixels can no longer be read across a room. */
const READABLE_SCALE = 0.9;

const STEP = 1.25;

/** What is kept free around a node that is brought into view. */
const MARGIN = 48;

/** A size. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** The view of a map. A point p of the map is seen at `scale × p + (x, y)`. */
export class Viewport {
  x = $state(0);
  y = $state(0);
  scale = $state(1);
  /** Whether all was asked for and nobody has moved or zoomed since. */
  #isFitted = false;

  /** Moves the map by so much. */
  move(dx: number, dy: number): void {
    this.#isFitted = false;
    this.x += dx;
    this.y += dy;
  }

  /** Zooms by a factor; the point of the screen stays where it is. */
  zoom(factor: number, at: Point): void {
    const next = Math.min(MAX_SCALE, Math.max(MIN_SCALE, this.scale * factor));
    const ratio = next / this.scale;
    this.#isFitted = false;
    this.x = at.x - (at.x - this.x) * ratio;
    this.y = at.y - (at.y - this.y) * ratio;
    this.scale = next;
  }

  /** Zooms by one step, in or out, about the middle of the window. */
  zoomStep(direction: 1 | -1, window: Extent): void {
    this.zoom(direction > 0 ? STEP : 1 / STEP, { x: window.width / 2, y: window.height / 2 });
  }

  /** Shows all of the map, in the middle, no larger than it is. */
  fit(map: Extent, window: Extent): void {
    if (map.width === 0 || window.width === 0) return;
    this.#isFitted = true;
    const scale = Math.min(1, window.width / map.width, window.height / map.height);
    this.scale = Math.max(MIN_SCALE, scale);
    this.x = (window.width - map.width * this.scale) / 2;
    this.y = (window.height - map.height * this.scale) / 2;
  }

  /** Goes on showing all of the map in a window of another size, if that is what it showed. */
  refit(map: Extent, window: Extent): void {
    if (this.#isFitted) this.fit(map, window);
  }

  /** Opens a map: all of it where it can be read so, else its left side at a size that can; a room reads `enlarged` letters. */
  open(map: Extent, window: Extent, enlarged = 1): void {
    this.fit(map, window);
    if (this.scale >= READABLE_SCALE * enlarged) return;
    this.#isFitted = false;
    this.scale = READABLE_SCALE * enlarged;
    this.x = Math.max(0, (window.width - map.width * this.scale) / 2);
    this.y = Math.max(0, (window.height - map.height * this.scale) / 2);
  }

  /** Moves as little as it takes to have a node in view. */
  reveal(middle: Point, size: Extent, window: Extent): void {
    const dx = inside(this.x + middle.x * this.scale, (size.width / 2) * this.scale, window.width);
    const dy = inside(this.y + middle.y * this.scale, (size.height / 2) * this.scale, window.height);
    if (dx !== 0 || dy !== 0) this.move(dx, dy);
  }
}

/** How far something has to move to stand inside with a margin. */
function inside(middle: number, half: number, length: number): number {
  const margin = Math.min(MARGIN, length / 8);
  if (middle - half < margin) return margin - middle + half;
  return middle + half > length - margin ? length - margin - middle - half : 0;
}
