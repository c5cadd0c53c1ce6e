/** How *what must be true* is told: targets as statements, numbers of a line, what limits a figure, relative sizes. */
import type { Limit, MetTarget, MovedDriver, TargetBand } from '#analysis';
import type { Target } from '#plan';
import type { FieldProblem, PlanSession } from '#session';
import { problemSentence } from '#words';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { stepDecimals } from '../levers/lever-scale.ts';
import { amountsOf, tellingDecimals, type Amounts } from '../questions/amounts.ts';

const PERCENT = { text: '%', dimension: {}, scale: 1, shown: 100 } as const;
const PERCENT_DECIMALS = 1;

/** Writes the answer's numbers and names. */
export interface Teller {
  readonly name: (line: string) => string;
  readonly amounts: (line: string) => Amounts;
  /** The numbers of a driver, with as many digits as tell where it stands from where it goes. */
  readonly moved: (one: MovedDriver) => Amounts;
  /** A wanted figure as a statement: *Loans 2025 at least 3,000*. */
  readonly statement: (target: Target, band: TargetBand) => string;
  /** Why an end of a range is where it is. */
  readonly limit: (limit: Limit) => string;
  /** A fraction as a signed percentage. */
  readonly percent: (fraction: number) => string;
  /** By how much a target is missed, as a fraction of it. */
  readonly missShare: (target: Target, end: MetTarget) => number;
  readonly problem: (problem: FieldProblem) => string;
}

/** Builds the teller of a session. */
export function tellerOf(context: AppContext, session: PlanSession): Teller {
  const { words } = context;
  const name = (id: string) => {
    const line = session.line(id);
    return line ? context.name(line.name) : id;
  };
  const digits = (id: string) => {
    const line = session.line(id);
    const unit = session.engine.unitOf(id);
    return line?.decimals ?? (line?.lever && stepDecimals(line.lever.step, unit.shown));
  };
  const amounts = (id: string) => amountsOf(context, session.engine.unitOf(id), digits(id));
  return {
    name,
    amounts,
    moved({ lever: { line }, present, level, relativeChange }) {
      // a driver that stays is not told apart from itself
      if (Math.abs(relativeChange) <= STAYS) return amounts(line);
      const unit = session.engine.unitOf(line);
      return amountsOf(context, unit, tellingDecimals(present, level, unit, digits(line) ?? 0));
    },
    statement({ line, period }, { low, high }) {
      const unit = session.engine.unitOf(line);
      const { levelInUnit } = amountsOf(context, unit, undefined);
      const about = { name: name(line), period: String(period) };
      if (low !== undefined && low === high)
        return words.say('reach_state_exactly', { ...about, value: levelInUnit(low) });
      if (low !== undefined && high !== undefined)
        return words.say('reach_state_between', { ...about, low: levelInUnit(low), high: levelInUnit(high) });
      return low === undefined
        ? words.say('reach_state_at_most', { ...about, value: levelInUnit(high ?? 0) })
        : words.say('reach_state_at_least', { ...about, value: levelInUnit(low) });
    },
    limit({ bounds, isSettled }) {
      if (!isSettled) return words.say('reach_limit_unsettled');
      if (bounds.length === 0) return words.say('reach_limit_targets');
      return bounds
        .map(({ lever, bound }) => words.say(`reach_limit_${bound}`, { name: name(lever.line) }))
        .join(words.say('ask_comma'));
    },
    percent: (fraction) => context.number(fraction, PERCENT, { decimals: PERCENT_DECIMALS, signed: true }),
    missShare: (target, { miss, value }) => miss / (Math.abs(target.value) || Math.abs(value) || 1),
    problem: (one) =>
      typeof one === 'string' ? words.say(`reach_problem_${one}`) : problemSentence(words, one),
  };
}

/** A range whose ends agree to so many digits is one value: what the search for them rounds. */
const SAME = 1e-7;

/** Whether a figure can only be one value. */
export function isSingle(value: number, lowest: Limit, highest: Limit): boolean {
  return highest.value - lowest.value <= SAME * Math.max(1, Math.abs(value));
}

/** Relative changes up to this are what the search rounds. */
export const STAYS = 1e-9;
