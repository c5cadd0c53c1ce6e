/** The colours of a heat map: from one hue through the paper to another, the turn at the limit of what is wanted. */
import type { MetRange } from '#analysis';

/** Red, green and blue, 0 to 255 each. */
export type Shade = readonly [red: number, green: number, blue: number];

/** The ends and the middle of a scale. */
export interface ShadeEnds {
  readonly met: Shade;
  readonly missed: Shade;
  readonly middle: Shade;
}

/** How strong a colour is right at the limit, so that the sides are told apart there too. */
const AT_LIMIT = 0.1;

/** Reads a token's colour, `#rrggbb`. Fails: throws on any other spelling, which a token may not have. */
export function shadeOf(colour: string): Shade {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new Error(`not a colour of six digits: ${colour}`);
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/** How far a value is inside of what is wanted; negative outside. Zero everywhere where there is no limit. */
function marginOf(value: number, { from, to }: MetRange): number {
  const margin = Math.min(value - from, to - value);
  return Number.isFinite(margin) ? margin : 0;
}

/**
 * Builds the scale for values between two: both hues grow at the same rate from the limit, so that the same distance has the
 * same strength on both sides.
 */
export function shadesFor(
  ends: ShadeEnds,
  least: number,
  most: number,
  wanted: MetRange,
): (value: number) => Shade {
  const inside = Math.min(most, Math.max(least, (wanted.from + wanted.to) / 2));
  const tried = [least, most, ...(Number.isFinite(inside) ? [inside] : [])];
  const widest = Math.max(...tried.map((value) => Math.abs(marginOf(value, wanted))));
  return (value) => {
    const margin = marginOf(value, wanted);
    const strength = widest === 0 ? 0 : AT_LIMIT + (1 - AT_LIMIT) * Math.min(1, Math.abs(margin) / widest);
    const end = margin < 0 ? ends.missed : ends.met;
    const mixed = (index: 0 | 1 | 2) =>
      Math.round(ends.middle[index] + strength * (end[index] - ends.middle[index]));
    return [mixed(0), mixed(1), mixed(2)];
  };
}
