/** What a person means by a number typed for a change over a span: a level, an addition, a factor, a growth. */
import {
  parseNumber,
  problem,
  toHalfWidth,
  type NumberProblemCode,
  type Problem,
  type Unit,
} from '#quantity';

/** What a change over a span does. */
export type SpanEffect = 'set' | 'add' | 'scale' | 'growth';

/** From this size on a bare number, where percent is meant, may be meant as percent: 3 would be 300 %. */
const DOUBTFUL: Readonly<Record<SpanEffect, number>> = { set: 2, add: 0.5, growth: 0.5, scale: Infinity };

/**
 * Reads the number of a change, in stored units. Added to a percent line, `+1%` and `1个百分点` are one percentage point;
 * a growth is a percent; a factor may be written `×1.1`, `1.1` or `110%`. A number that could be a percent without its
 * sign is refused with both readings.
 */
export function readSpanEntry(
  text: string,
  effect: SpanEffect,
  unit: Unit,
): number | Problem<NumberProblemCode | 'entry_percent_doubt'> {
  const plain = toHalfWidth(text.trim());
  const points = effect === 'add' ? plain.replace(/(?:个?百分点|p\.?p\.?|points?)$/i, '%') : plain;
  const number = effect === 'scale' ? points.replace(/^[×x*]\s*/i, '') : points;
  const value = parseNumber(number);
  if (typeof value !== 'number') return value;
  const isPercent = effect === 'growth' || unit.shown > 1;
  if (isPercent && !/[%％‰]/.test(number) && Math.abs(value) >= DOUBTFUL[effect]) {
    const args = { text: text.trim(), percent: `${number}%`, fraction: `${value * 100}%` };
    return problem('entry_percent_doubt', { from: 0, to: text.length }, args);
  }
  return value;
}
