/** What an arriving version of a plan says that the one at hand does not, in words. */
import type { PlanChange, PlanSaying } from '#exchange';
import { unitName, withUnit } from '#words';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { plannedWords } from '../board/target-sentences.ts';

/** Names what a change is about: the line, else the part of the plan. */
export function changeName(context: AppContext, { line, part }: PlanChange): string {
  return line ? context.name(line) : context.words.say(`arrival_part_${part}`);
}

/** Says which part of a line is another; empty where the group or the name says it already. */
export function partName({ words }: AppContext, { group, line, part }: PlanChange): string {
  return line && group !== part ? words.say(`arrival_part_${part}`) : '';
}

/** The two sides of a change as texts. Where they would read the same, the second says that something else differs. */
export function changeTexts(
  context: AppContext,
  { before, after }: PlanChange,
): { readonly here: string; readonly there: string } {
  const { words } = context;
  const [here, there] = [sayingText(context, before), sayingText(context, after)];
  if (here !== there) return { here, there };
  return { here, there: words.say('arrival_plan_details') };
}

function sayingText(context: AppContext, saying: PlanSaying | null): string {
  const { words } = context;
  if (saying === null) return words.say('arrival_none');
  switch (saying.kind) {
    case 'text':
      return context.name(saying.text);
    case 'unit':
      return unitName(words, saying.unit) || words.say('model_unit_plain');
    case 'lineKind':
      return words.say(`shell_kind_${saying.lineKind}`);
    case 'figure':
      return withUnit(context.number(saying.figure.value, saying.unit), saying.unit, words);
    case 'target': {
      const { target, unit } = saying;
      return withUnit(plannedWords(context, target, { unit, decimals: 0 }), unit, words);
    }
    case 'other':
      return words.say('arrival_plan_present');
  }
}
