/** What the board says of a target: what is planned, what is missing or over, what it takes a year, when it is reached. */
import type { Target } from '#plan';
import type { TargetResult } from '#analysis';
import { roundTo, type Unit } from '#quantity';
import { unitName } from '#words';
import type { AppContext } from '../_shared/app-context.svelte.ts';

/** A line's unit and how many digits its numbers show. */
export interface Measure {
  readonly unit: Unit;
  readonly decimals: number;
}

const PERCENT: Unit = { text: '%', dimension: {}, scale: 1, shown: 100 };
const MAX_DECIMALS = 8;
const GROWTH_DECIMALS = 1;

/** The target as the document words it, without its year. */
export function plannedWords(context: AppContext, target: Target, { unit }: Measure): string {
  const { words } = context;
  const value = context.number(target.value, unit);
  switch (target.comparator) {
    case '=':
      return value;
    case '>=':
      return words.say('board_at_least', { value });
    case '>':
      return words.say('board_over', { value });
    case '<=':
      return words.say('board_at_most', { value });
    case '<':
      return words.say('board_under', { value });
    case 'about':
      return words.say('board_about', { value });
    case 'range':
      return `${value}–${context.number(target.upTo ?? target.value, unit)}`;
  }
}

/** A difference with its unit, percent as percentage points: `12.4 亿元`, `1.20 pp`. */
function differenceWords(context: AppContext, size: number, { unit, decimals }: Measure): string {
  const { words, language } = context;
  const digits = context.number(size * unit.shown, { ...unit, shown: 1 }, { decimals });
  if (unit.shown !== 1) return `${digits} ${unitName(words, unit.shown === 1000 ? '‰' : '个百分点')}`;
  // in English the number says enough: "12.4 short"
  const name = language === 'zh' ? unitName(words, unit.text) : '';
  return `${digits} ${name}`.trim();
}

/** How far the projection is from the target, in words; empty where there is no number. */
export function gapWords(context: AppContext, result: TargetResult, measure: Measure): string {
  const { gap, status, target } = result;
  const { words } = context;
  if (gap === null) return '';
  let { decimals } = measure;
  const shown = () => roundTo(Math.abs(gap) * measure.unit.shown, decimals);
  // what is missing is never shown as nothing
  while (status === 'missed' && gap !== 0 && shown() === 0 && decimals < MAX_DECIMALS) decimals += 1;
  if (shown() === 0) return words.say(target.upTo === undefined ? 'board_gap_none' : 'board_gap_inside');
  const size = differenceWords(context, Math.abs(gap), { ...measure, decimals });
  if (gap > 0) return words.say('board_gap_over', { size });
  return words.say(target.direction === 'atMost' ? 'board_gap_under' : 'board_gap_short', { size });
}

/** What it takes a year from the last actual to the target: growth, or for ratios a change; empty without a start. */
export function needWords(context: AppContext, result: TargetResult, { unit, decimals }: Measure): string {
  const { requiredGrowth, requiredChange } = result;
  if (requiredGrowth !== null) {
    return context.number(requiredGrowth, PERCENT, { decimals: GROWTH_DECIMALS, signed: true });
  }
  if (requiredChange === null) return '';
  const change = requiredChange * unit.shown;
  const digits = context.number(change, { ...unit, shown: 1 }, { decimals, signed: true });
  const name = unitName(context.words, unit.shown === 1 ? unit.text : '个百分点');
  return `${digits} ${name}`.trim();
}

/** The year in which the target's condition first holds. */
export function reachedWords({ words }: AppContext, { reached, status }: TargetResult): string {
  if (status === 'unknown') return '';
  return reached === null
    ? words.say('board_not_reached')
    : words.say('board_reached', { period: String(reached) });
}
