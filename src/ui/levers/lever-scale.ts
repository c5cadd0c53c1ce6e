/** Between a lever's level and a place on its track. A place is a share of the track's length, 0 at its start. */
import type { Lever } from '#session';

type Track = Pick<Lever, 'min' | 'max' | 'step' | 'notches'>;

/** Digits to which a level is rounded after a step, so that 0.07 + 0.005 does not become 0.07500000000000001. */
const LEVEL_DIGITS = 12;

/** The place of a level; a level outside of the bounds is at the nearer end. */
export function placeOf(level: number, { min, max }: Pick<Track, 'min' | 'max'>): number {
  return max === min ? 0 : Math.min(1, Math.max(0, (level - min) / (max - min)));
}

/** The level at a place: on the nearest step, or on a notch that is no farther than `reach`. */
export function levelAt(place: number, { min, max, step, notches }: Track, reach = 0): number {
  const inside = Math.min(1, Math.max(0, place));
  const near = notches
    .filter(({ value }) => value >= min && value <= max)
    .map(({ value }) => ({ value, distance: Math.abs(placeOf(value, { min, max }) - inside) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance)[0];
  if (near) return near.value;
  const level = min + inside * (max - min);
  return within(clean(Math.round(level / step) * step), min, max);
}

/** The level a number of steps further, not beyond the bounds. */
export function stepped(level: number, steps: number, { min, max, step }: Track): number {
  return within(clean(level + steps * step), min, max);
}

/** The digits after the point that a lever's step needs in the unit as shown. */
export function stepDecimals(step: number, shown: number): number {
  const text = clean(step * shown).toString();
  return text.split('.')[1]?.length ?? 0;
}

function within(level: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, level));
}

function clean(level: number): number {
  return Number(level.toFixed(LEVEL_DIGITS));
}
