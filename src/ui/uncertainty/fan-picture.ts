/** The fan of a line as plain data, and what it says in a sentence. */
import type { CellSpread, UncertaintyResult } from '#analysis';
import type { Line, Target } from '#plan';
import type { PlanSession } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { amountsOf } from '../questions/amounts.ts';
import type { FanPicture } from './fan-option.ts';

/** The shares of the samples, in percent, at which a spread is read. */
export const SHARES = [5, 10, 25, 50, 75, 90, 95] as const;

const MEDIAN = SHARES.indexOf(50);

/** Draws up the fan of a line from a run that has its cells. */
export function fanPicture(
  session: PlanSession,
  line: Line,
  target: Target | undefined,
  result: UncertaintyResult,
): FanPicture {
  const unit = session.engine.unitOf(line.id);
  const series = session.series(line.id);
  const levels = session.periods.map((period, index) => {
    const value = series[index];
    return { period, value: typeof value === 'number' ? value : null };
  });
  const { base } = session.plan.periods;
  const observed = levels.map(({ period, value }) => (period <= base ? value : null));
  const lastObserved = observed.findLastIndex((value) => value !== null);
  const shown = (value: number | null) => (value === null ? null : value * unit.shown);
  const spreadIn = (period: number) =>
    result.cells.find((cell) => cell.line === line.id && cell.period === period)?.spread.figures;
  return {
    periods: session.periods,
    history: observed.map(shown),
    percentiles: levels.map(({ period }, index) => {
      if (index === lastObserved) return SHARES.map(() => (observed[index] ?? 0) * unit.shown);
      return spreadIn(period)?.percentiles.map((level) => level * unit.shown) ?? null;
    }),
    projection: levels.map(({ period, value }, index) =>
      period > base || index === lastObserved ? shown(value) : null,
    ),
    ...(target && {
      target: {
        period: target.period,
        low: target.value * unit.shown,
        high: (target.upTo ?? target.value) * unit.shown,
      },
    }),
    isRate: unit.shown !== 1,
  };
}

/** Says the median and the range of a period. */
export function fanSentence(
  context: AppContext,
  session: PlanSession,
  line: Line,
  figures: CellSpread['spread']['figures'] | undefined,
  period: number,
): string {
  if (!figures) return context.words.say('chance_no_numbers');
  const amounts = amountsOf(context, session.engine.unitOf(line.id), line.decimals);
  const [low = 0, median = 0, high = 0] = [0, MEDIAN, -1].map((at) => figures.percentiles.at(at));
  return context.words.say('chance_fan_sentence', {
    period: String(period),
    median: amounts.levelInUnit(median),
    low: amounts.level(low),
    high: amounts.levelInUnit(high),
  });
}
