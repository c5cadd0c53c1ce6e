/** What a line is worth in one of two scenarios over a stretch in which they assume it differently. */
import type { AssumptionChange, AssumptionSide } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { stepDecimals } from '../levers/lever-scale.ts';
import { amountsOf, valueText } from './amounts.ts';

/** Writes one side: a level, or from one level to another. */
export function sideText(
  context: AppContext,
  { line, unit }: AssumptionChange,
  { first, last }: AssumptionSide,
): string {
  const decimals = line.decimals ?? (line.lever && stepDecimals(line.lever.step, unit.shown));
  const { level } = amountsOf(context, unit, decimals);
  const [from, to] = [valueText(first, level), valueText(last, level)];
  return from === to ? to : context.words.say('ask_from_to', { first: from, last: to });
}
