/** What the past says about a growth driver: how the line that it drives has grown from period to period. */
import { isNumber, problem, type Problem } from '#quantity';
import { listPeriods, type Line, type Plan } from '#plan';
import type { Calculation } from '#engine';
import type { KnownDistribution } from './distribution.ts';

/** Why history gives no distribution. */
export type HistoryProblemCode =
  'history_nothing_driven' | 'history_not_growth' | 'history_too_short' | 'history_no_spread';

/** Fewest growth rates of which a spread can be spoken. */
const FEWEST_RATES = 3;

/** How far a driver may be from the growth of the line it drives and still be that growth. */
const GROWTH_SLACK = 1e-9;

/**
 * Fits a normal distribution to the observed growth of the line that a driver drives: mean and sample standard deviation.
 *
 * Missing: growth needs figures in two neighbouring periods. Fails: a problem when fewer than three rates were observed,
 * when they are all the same, or when the driver is not the growth of what it drives.
 */
export function historyOf(
  plan: Plan,
  driver: Line,
  calculation: Calculation,
):
  | { readonly ok: true; readonly value: KnownDistribution }
  | { readonly ok: false; readonly problem: Problem<HistoryProblemCode> } {
  const refuse = (code: HistoryProblemCode, args: Readonly<Record<string, string | number>> = {}) =>
    ({ ok: false, problem: problem(code, { line: driver.id }, { line: driver.id, ...args }) }) as const;
  const { drives } = driver;
  if (drives === undefined) return refuse('history_nothing_driven');
  const growthIn = (period: number): number | undefined => {
    const [before, now] = [calculation.value(drives, period - 1), calculation.value(drives, period)];
    return isNumber(before) && isNumber(now) && before > 0 && now > 0 ? now / before - 1 : undefined;
  };
  const forecast = listPeriods(plan.periods).filter((period) => period > plan.periods.base);
  const isGrowth = forecast.every((period) => {
    const [level, growth] = [calculation.value(driver.id, period), growthIn(period)];
    return isNumber(level) && growth !== undefined && Math.abs(level - growth) <= GROWTH_SLACK;
  });
  if (!isGrowth) return refuse('history_not_growth', { drives });
  const rates = listPeriods(plan.periods).flatMap((period) => {
    const growth = period <= plan.periods.base && period > plan.periods.first ? growthIn(period) : undefined;
    return growth === undefined ? [] : [growth];
  });
  if (rates.length < FEWEST_RATES)
    return refuse('history_too_short', { drives, found: rates.length, needed: FEWEST_RATES });
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const sd = Math.sqrt(rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / (rates.length - 1));
  if (!(sd > 0)) return refuse('history_no_spread', { drives });
  return { ok: true, value: { kind: 'normal', mean, sd } };
}
