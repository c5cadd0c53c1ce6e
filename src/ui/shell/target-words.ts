/** What a target and a stated growth want, in words. */
import type { Stated, Target } from '#plan';
import type { Words } from '#words';

/** Says a target; `show` writes a number of its line with its unit, `bare` without. */
export function targetWords(
  words: Words,
  target: Target,
  show: (value: number) => string,
  bare: (value: number) => string,
): string {
  const period = String(target.period);
  const value = show(target.value);
  switch (target.comparator) {
    case '>=':
      return words.say('shell_target_at_least', { period, value });
    case '<=':
      return words.say('shell_target_at_most', { period, value });
    case '>':
      return words.say('shell_target_more', { period, value });
    case '<':
      return words.say('shell_target_less', { period, value });
    case 'about':
      return words.say('shell_target_about', { period, value });
    case 'range':
      return words.say('shell_target_range', {
        period,
        value: bare(target.value),
        upTo: show(target.upTo ?? target.value),
      });
    case '=':
      return words.say('shell_target_is', { period, value });
  }
}

/** How a stated growth writes its number: as a percentage, in the unit of its line, as a change of it, or plain. */
export interface StatedNumbers {
  readonly percent: (value: number) => string;
  readonly inUnit: (value: number) => string;
  /** A change of a percent is said in points. */
  readonly change: (value: number) => string;
  readonly plain: (value: number) => string;
}

/** Says a growth, change, multiple or mean as the document states it, without its years. */
export function statedWords(words: Words, stated: Stated, numbers: StatedNumbers): string {
  switch (stated.kind) {
    case 'growth':
      return words.say('shell_stated_growth', { value: numbers.percent(stated.value) });
    case 'change':
      return words.say('shell_stated_change', { value: numbers.change(stated.value) });
    case 'annualChange':
      return words.say('shell_stated_annual_change', { value: numbers.change(stated.value) });
    case 'multiple':
      return words.say('shell_stated_multiple', { value: numbers.plain(stated.value) });
    case 'mean':
      return words.say('shell_stated_mean', { value: numbers.inUnit(stated.value) });
  }
}
