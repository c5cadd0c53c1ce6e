/** How the numbers of a lesson are written: those of a line as the plan writes them, those of a formula as the lesson says. */
import type { Unit, Value } from '#quantity';
import type { Asked, PlanSession } from '#session';
import { withUnit } from '#words';
import type { AppContext } from '../_shared/app-context.svelte.ts';

/** A unit with the decimals that are shown in it. */
export interface Measure {
  readonly unit: Unit;
  readonly decimals?: number | undefined;
}

/** How the values of a line are written. */
export function measureOf(session: PlanSession, line: string): Measure {
  return { unit: session.engine.unitOf(line), decimals: session.line(line)?.decimals };
}

/** Where nothing says how many decimals a formula's number has, these are enough for a look. */
const FORMULA_DECIMALS = 2;

/** How a guess and its answer are written. */
export function measureAsked(session: PlanSession, asked: Asked): Measure {
  if (asked.line !== undefined) return measureOf(session, asked.line);
  return { unit: asked.unit, decimals: asked.decimals ?? FORMULA_DECIMALS };
}

/** What is asked for, in words: the line and a year, which is the first where none is given; for a formula just the guess. */
export function askedName(
  context: AppContext,
  session: PlanSession,
  { line, periods }: Asked,
  period = periods[0],
): string {
  const found = line === undefined ? undefined : session.line(line);
  if (!found) return context.words.say('lesson_guess_label');
  return context.words.say('lesson_guess_of', { line: context.name(found.name), period: String(period) });
}

/** A number with its unit; a dash where there is none. */
export function valueText(context: AppContext, value: Value, { unit, decimals }: Measure): string {
  if (typeof value !== 'number') return '–';
  return withUnit(context.number(value, unit, { decimals }), unit, context.words);
}

/** How far one number is from another, with its sign; shares and rates in percentage points. */
export function differenceText(
  context: AppContext,
  value: number | null,
  { unit, decimals }: Measure,
): string {
  if (value === null) return '–';
  const isShare = unit.shown !== 1;
  const plain = { text: '', dimension: {}, scale: 1, shown: 1 } as const;
  const shown = isShare
    ? context.number(value * unit.shown, plain, { decimals: decimals ?? FORMULA_DECIMALS, signed: true })
    : context.number(value, unit, { decimals, signed: true });
  return unit.text === '%'
    ? context.words.say('lesson_points', { value: shown })
    : withUnit(shown, unit, context.words);
}
