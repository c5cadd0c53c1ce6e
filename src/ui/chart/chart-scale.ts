/** The vertical axis of a chart: round bounds, round steps, and as many digits as the steps need. */

/** A vertical axis in the numbers that it shows: percent, not its fraction. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly decimals: number;
  readonly isFromZero: boolean;
}

const ROUND_STEPS = [1, 2, 2.5, 5, 10];
/** Numbers that differ by less than this part of them are the same. */
const SAME = 1e-9;
/** How much room a free axis leaves above and below what it shows. */
const MARGIN = 0.08;

/** Finds an axis for numbers with about `steps` steps. From zero for amounts, free for rates. */
export function scaleFor(numbers: readonly number[], fromZero: boolean, steps: number): Scale {
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  // numbers that differ by what arithmetic leaves are one number, and get the axis of one
  const isApart = high - low > Math.abs(high) * SAME;
  const spread = isApart ? high - low : Math.abs(high) || 1;
  const bottom = fromZero ? Math.min(0, low) : roomBeyond(low, -spread * MARGIN);
  const top = fromZero ? Math.max(0, high) : roomBeyond(high, spread * MARGIN);
  const step = roundStep((top - bottom || 1) / Math.max(1, steps));
  const min = Math.floor(bottom / step + 1e-9) * step;
  const max = Math.ceil(top / step - 1e-9) * step;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (isHalf(step) ? 1 : 0));
  return {
    min: clean(min),
    max: clean(max === min ? min + step : max),
    step: clean(step),
    decimals,
    isFromZero: min <= 0 && max >= 0,
  };
}

/** The end of a free axis; it does not cross zero, since a share that begins at nothing has no side below it. */
function roomBeyond(end: number, room: number): number {
  const moved = end + room;
  return end * moved < 0 || end === 0 ? 0 : moved;
}

/** The steps of an axis, lowest first. */
export function ticksOf({ min, max, step }: Scale): number[] {
  const count = Math.round((max - min) / step);
  return Array.from({ length: count + 1 }, (_, index) => clean(min + index * step));
}

function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const found = ROUND_STEPS.find((one) => one * power >= size * (1 - 1e-9)) ?? 10;
  return found * power;
}

/** Whether a step such as 2.5 or 0.25 needs a digit more than its size tells. */
function isHalf(step: number): boolean {
  const leading = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
  return Math.abs(leading - 2.5) < 1e-6;
}

function clean(value: number): number {
  return Number(value.toPrecision(12));
}
