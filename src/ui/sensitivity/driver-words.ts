/** How drivers and what they move are written in the sensitivity view. */
import type { Line } from '#plan';
import type { PlanSession } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import type { LevelWords } from './level-ticks.ts';
import { stepDecimals } from '../levers/lever-scale.ts';
import { amountsOf, tellingDecimals, type Amounts } from '../questions/amounts.ts';

/** Writes the levels of a driver, with the digits that its lever's step needs. */
export function driverAmounts(context: AppContext, session: PlanSession, driver: Line): Amounts {
  return amountsOf(context, session.engine.unitOf(driver.id), fewestDecimals(session, driver));
}

/** Writes levels of a driver that lie between its steps: neighbours are told from each other. */
export function levelAmounts(
  context: AppContext,
  session: PlanSession,
  driver: Line,
  levels: readonly number[],
): Amounts {
  const [first = 0, second = first] = levels;
  const unit = session.engine.unitOf(driver.id);
  const decimals = tellingDecimals(first, second, unit, fewestDecimals(session, driver));
  const isBetween = levels.length > 2 && decimals === fewestDecimals(session, driver);
  return amountsOf(context, unit, isBetween ? decimals + 1 : decimals);
}

/** Writes the round levels of an axis. */
export function levelWords(context: AppContext, session: PlanSession, driver: string): LevelWords {
  const unit = session.engine.unitOf(driver);
  return { shown: unit.shown, show: (level, decimals) => amountsOf(context, unit, decimals).level(level) };
}

/** Writes the numbers of any line. */
export function lineAmounts(context: AppContext, session: PlanSession, line: Line): Amounts {
  return line.kind === 'driver'
    ? driverAmounts(context, session, line)
    : amountsOf(context, session.engine.unitOf(line.id), line.decimals);
}

/** Writes where a target begins and ends to be met: one value with its unit, or two. */
export function limitsText(amounts: Amounts, limits: readonly number[]): string {
  const [first, last] = limits;
  if (first === undefined) return '';
  return last === undefined
    ? amounts.levelInUnit(first)
    : `${amounts.level(first)}–${amounts.levelInUnit(last)}`;
}

function fewestDecimals(session: PlanSession, driver: Line): number {
  const { shown } = session.engine.unitOf(driver.id);
  return driver.decimals ?? stepDecimals(driver.lever?.step ?? 1, shown);
}
