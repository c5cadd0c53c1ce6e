/** Which numbers fulfil a target, as a range: thousands of samples are compared without rounding each of them. */
import type { Unit } from '#quantity';
import type { Target } from '#plan';
import { isMet, targetDecimals } from './target-status.ts';

/** Ends included; infinite where there is no end. A range that nothing fulfils has its ends crossed. */
export interface MetRange {
  readonly from: number;
  readonly to: number;
}

/** Finds the range of numbers that `isMet` accepts, to the last bit. */
export function metRange(target: Target, unit: Unit): MetRange {
  const accepts = (value: number) => isMet(target, value, unit);
  const step = 10 ** -targetDecimals(target, unit);
  const middle = target.upTo === undefined ? target.value : (target.value + target.upTo) / 2;
  if (target.direction === 'atLeast')
    return {
      from: edge(accepts, outside(accepts, target.value, -step), inside(accepts, target.value, step)),
      to: Infinity,
    };
  if (target.direction === 'atMost') {
    const high = target.upTo ?? target.value;
    return { from: -Infinity, to: edge(accepts, outside(accepts, high, step), inside(accepts, high, -step)) };
  }
  if (!accepts(middle)) return { from: Infinity, to: -Infinity };
  return {
    from: edge(accepts, outside(accepts, middle, -step), middle),
    to: edge(accepts, outside(accepts, middle, step), middle),
  };
}

/** Walks from a number in growing steps until it is refused. */
function outside(accepts: (value: number) => boolean, start: number, step: number): number {
  return walk((value) => !accepts(value), start, step);
}

function inside(accepts: (value: number) => boolean, start: number, step: number): number {
  return walk(accepts, start, step);
}

function walk(isThere: (value: number) => boolean, start: number, step: number): number {
  let value = start;
  for (
    let size = Math.max(Math.abs(step), Math.abs(start) * Number.EPSILON) * Math.sign(step);
    !isThere(value);
    size *= 2
  )
    value += size;
  return value;
}

/** The accepted number next to the first refused one. */
function edge(accepts: (value: number) => boolean, refused: number, accepted: number): number {
  for (let [out, within] = [refused, accepted]; ;) {
    const middle = (out + within) / 2;
    if (middle === out || middle === within) return within;
    if (accepts(middle)) within = middle;
    else out = middle;
  }
}
