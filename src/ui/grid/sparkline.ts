/** The course of a line as a small drawing at the end of its row: history quiet, forecast in ink, target a diamond. */
import type { Value } from '#quantity';

/** What a sparkline shows. */
export interface Course {
  readonly values: readonly Value[];
  /** Index of the base period: what is after it is forecast. */
  readonly base: number;
  readonly target?: { readonly index: number; readonly value: number } | undefined;
}

export const SPARKLINE_WIDTH = 88;
const SPARKLINE_HEIGHT = 20;

/** A course that moves less than this, as a share of its size, is level: its last digits are no story. */
const LEVEL_SHARE = 0.01;

/** Room for the ends of strokes and for the diamond. */
const MARGIN = 4;
const DIAMOND = 3;

const SVG = 'http://www.w3.org/2000/svg';

/** The strokes of a sparkline as path data. */
export interface Strokes {
  readonly history: string;
  readonly forecast: string;
  /** The base period's own dot, where it has a number. */
  readonly dot: { readonly x: number; readonly y: number } | undefined;
  readonly diamond: string;
}

/** Draws a course into a rectangle of the sparkline's size; each course fills its own height. */
export function strokesOf({ values, base, target }: Course): Strokes {
  const points = values.flatMap((value, index) => (typeof value === 'number' ? [{ index, value }] : []));
  const all = [...points.map(({ value }) => value), ...(target ? [target.value] : [])];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const span = Math.max(most - least, LEVEL_SHARE * Math.max(Math.abs(least), Math.abs(most)));
  const low = (least + most - span) / 2;
  const last = Math.max(1, values.length - 1);
  const x = (index: number) => round(MARGIN + (index / last) * (SPARKLINE_WIDTH - 2 * MARGIN));
  const y = (value: number) =>
    round(
      span === 0
        ? SPARKLINE_HEIGHT / 2
        : SPARKLINE_HEIGHT - MARGIN - ((value - low) / span) * (SPARKLINE_HEIGHT - 2 * MARGIN),
    );
  const path = (part: typeof points) =>
    part.length < 2 ? '' : `M${part.map(({ index, value }) => `${x(index)} ${y(value)}`).join('L')}`;
  const past = points.filter(({ index }) => index <= base);
  const joint = past.at(-1);
  const future = points.filter(({ index }) => index > base);
  const dot = joint && { x: x(joint.index), y: y(joint.value) };
  const diamond =
    target && points.length > 0
      ? `M${x(target.index)} ${y(target.value) - DIAMOND}l${DIAMOND} ${DIAMOND}l${-DIAMOND} ${DIAMOND}l${-DIAMOND} ${-DIAMOND}z`
      : '';
  return { history: path(past), forecast: path(joint ? [joint, ...future] : future), dot, diamond };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Makes the drawing, or changes the one that stands there. */
export function drawSparkline(cell: HTMLElement, course: Course): void {
  const { history, forecast, dot, diamond } = strokesOf(course);
  const known = cell.firstElementChild;
  const svg = known?.namespaceURI === SVG ? known : emptySparkline(cell.ownerDocument);
  if (svg !== known) cell.replaceChildren(svg);
  const [past, future, joint, aim] = svg.children;
  past?.setAttribute('d', history);
  future?.setAttribute('d', forecast);
  joint?.setAttribute('d', dot ? `M${dot.x - 1.5} ${dot.y}a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0` : '');
  aim?.setAttribute('d', diamond);
}

function emptySparkline(page: Document): SVGElement {
  const svg = page.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${SPARKLINE_WIDTH} ${SPARKLINE_HEIGHT}`);
  svg.setAttribute('width', String(SPARKLINE_WIDTH));
  svg.setAttribute('height', String(SPARKLINE_HEIGHT));
  svg.setAttribute('aria-hidden', 'true');
  for (const part of ['history', 'forecast', 'dot', 'diamond']) {
    const path = page.createElementNS(SVG, 'path');
    path.setAttribute('class', `spark-${part}`);
    svg.append(path);
  }
  return svg;
}
