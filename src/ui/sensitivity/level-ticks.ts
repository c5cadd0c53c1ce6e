/** The labels of an axis along which a driver's levels stand. */
import { scaleFor, ticksOf } from '../chart/chart-scale.ts';

/** How the levels of a driver are written. */
export interface LevelWords {
  /** What a level is multiplied by to be shown: 100 for a percent. */
  readonly shown: number;
  /** Writes a level with so many digits. */
  readonly show: (level: number, decimals: number) => string;
}

/** Round levels between two ends, about `steps` of them, with as many digits as they need. */
export function ticksWithin(
  { min, max }: { readonly min: number; readonly max: number },
  shown: number,
  show: LevelWords['show'],
  steps: number,
) {
  const scale = scaleFor([min * shown, max * shown], false, steps);
  const slack = (max - min) * 1e-9;
  return {
    customValues: ticksOf(scale)
      .map((tick) => tick / shown)
      .filter((tick) => tick >= min - slack && tick <= max + slack),
    formatter: (level: number) => show(level, scale.decimals),
  };
}
