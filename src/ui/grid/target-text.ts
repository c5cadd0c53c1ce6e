/** A target as its cell shows it: the comparator as a sign, the value as printed. */
import type { Target } from '#plan';
import type { PlanSession } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';

const SIGNS: Readonly<Record<string, string>> = { '>=': '≥ ', '>': '> ', '<=': '≤ ', '<': '< ', '=': '' };

/** The signs of the statuses, the same as on the board. */
export const STATUS_SIGNS = { met: '✓', atRisk: '≈', missed: '✗', unknown: '–' } as const;

/** Writes a target; its year is added where it is not the plan's last. */
export function targetText(session: PlanSession, app: AppContext, target: Target): string {
  const unit = session.engine.unitOf(target.line);
  const write = (value: number) => app.number(value, unit);
  const isLast = target.period === session.plan.periods.last;
  const year = isLast ? '' : ` ’${String(target.period).slice(-2)}`;
  if (target.upTo !== undefined) return `${write(target.value)}–${write(target.upTo)}${year}`;
  if (target.comparator === 'about')
    return app.words.say('grid_about', { value: write(target.value) }) + year;
  return `${SIGNS[target.comparator] ?? ''}${write(target.value)}${year}`;
}
