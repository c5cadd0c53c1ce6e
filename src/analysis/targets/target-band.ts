/** What values fulfil a printed target exactly: its comparator read as a band, for questions of feasibility. */
import type { Unit } from '#quantity';
import type { Target } from '#plan';
import { targetDecimals } from './target-status.ts';

/** How a figure printed without a comparator is read: as exactly that, or as what its direction says, mostly at least. */
export type BareFigures = 'equal' | 'atLeast';

/** From where to where a value may lie, ends included. Unit: of the line; absent ends are open. */
export interface TargetBand {
  readonly low?: number;
  readonly high?: number;
}

/**
 * Reads a target as a band.
 *
 * A strict comparator includes its limit, as the status of a target does: there is no smallest number above 120. *about* is
 * its tolerance, else what rounds to the printed figure. A bare figure read as at least is at most where its direction
 * says so (NPL ratios, fees), and exact where that says near.
 */
export function targetBand(target: Target, unit: Unit, bareFigures: BareFigures): TargetBand {
  const { value } = target;
  switch (target.comparator) {
    case '>=':
    case '>':
      return { low: value };
    case '<=':
    case '<':
      return { high: value };
    case 'range':
      return { low: value, high: target.upTo ?? value };
    case 'about': {
      const half = target.tolerance ?? 0.5 * 10 ** -targetDecimals(target, unit);
      return { low: value - half, high: value + half };
    }
    case '=':
      if (bareFigures === 'equal' || target.direction === 'near') return { low: value, high: value };
      return target.direction === 'atMost' ? { high: value } : { low: value };
  }
}
