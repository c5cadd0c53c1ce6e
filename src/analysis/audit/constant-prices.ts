/** Growth of output, which statistics print at constant prices beside amounts at the prices of each year. */
import type { Line, Source } from '#plan';
import { isApart, minus, over, exactly, plus, type Interval } from './interval.ts';

/** Rows whose growth is by custom a growth of volume. */
const OUTPUT = /生产总值|增加值|(?<![A-Za-z])(?:GDP|GVA)(?![A-Za-z])/iu;

/** Shares and amounts for each head are not output, though they name it. */
const OF_OUTPUT = /占|比重|之比|人均|[/÷]/u;

/** Words by which a document says that a growth is one of current prices. */
const CURRENT_PRICES = /名义|现价|当年价/u;

/** The rise of prices a year that is thought likely over several years. Prices that fall are not. */
const LIKELY: Interval = { low: 0, high: 0.05 };

/** Tells whether growth printed of a line, in these places, may be growth at constant prices. */
export function mayBeAtConstantPrices({ name }: Line, places: readonly Source[]): boolean {
  if (!OUTPUT.test(name.zh) || OF_OUTPUT.test(name.zh)) return false;
  return places.every((place) => !CURRENT_PRICES.test(Object.values(place).join(' ')));
}

/**
 * The rise of prices a year that makes both true: growth of amounts and growth of volume.
 *
 * Undefined where none is needed, and where it would be no likely one.
 */
export function riseOfPrices(amounts: Interval, volume: Interval): Interval | undefined {
  const one = exactly(1);
  const rise = minus(over(plus(one, amounts), plus(one, volume)), one);
  return isApart(rise, LIKELY) || rise.low <= 0 ? undefined : rise;
}
