/** Probabilities and shares as the views of uncertainty write them. */
import type { Probability, UncertainProblemCode } from '#analysis';
import type { Problem, Unit } from '#quantity';
import type { PlanSession } from '#session';
import { problemSentence } from '#words';
import type { AppContext } from '../_shared/app-context.svelte.ts';

const PERCENT: Unit = { text: '%', dimension: {}, scale: 1, shown: 100 };
const PLAIN: Unit = { text: '', dimension: {}, scale: 1, shown: 1 };

/** From this standard error on, tenths of a percent would only be noise. */
const COARSE_ERROR = 0.0095;

/** A share nearer to none or all than this is told as below or above it. */
const TENTH = 0.001;

/** A share as percent with as many digits as its error bears. */
export function shareText(context: AppContext, share: number, error = 0): string {
  return context.number(share, PERCENT, { decimals: error >= COARSE_ERROR ? 0 : 1 });
}

/** A standard error in points, without a sign: `0.5`. */
function errorText(context: AppContext, error: number): string {
  return smallText(context, error * 100, error >= COARSE_ERROR ? 0 : 1);
}

/** A size that is not 0 and is never written as 0: `<0.1`. */
export function smallText(context: AppContext, size: number, decimals: number): string {
  const least = 10 ** -decimals;
  if (size > 0 && size < least / 2) return `<${context.number(least, PLAIN, { decimals })}`;
  return context.number(size, PLAIN, { decimals });
}

/** Whether a probability is so near to none or all that it is told as below or above the nearest tenth. */
function isExtreme({ share, standardError = 0 }: Probability): boolean {
  return standardError > 0 && (share < TENTH || share > 1 - TENTH);
}

/** A probability; one that no sample, or every sample, bears out is not certain where there might be other samples. */
export function chanceText(context: AppContext, met: Probability): string {
  const { share, standardError = 0 } = met;
  if (isExtreme(met)) {
    const text = (bound: number) => context.number(bound, PERCENT, { decimals: 1 });
    return share < TENTH ? `<${text(TENTH)}` : `>${text(1 - TENTH)}`;
  }
  if (share === 0 || share === 1) return context.number(share, PERCENT, { decimals: 0 });
  return shareText(context, share, standardError);
}

/** The standard error of a probability, with its sign: `± 0.5`; empty where the text of the probability is a bound, or certain. */
export function chanceError(context: AppContext, met: Probability): string {
  const { share, standardError } = met;
  if (standardError === undefined || share === 0 || share === 1 || isExtreme(met)) return '';
  // batches that agree to the last sample tell that the error is small, not that there is none
  return context.words.say('chance_mean_error', {
    error: errorText(context, standardError || Number.MIN_VALUE),
  });
}

/** A probability with its error: `62% ± 1`. */
export function chanceWithError(context: AppContext, met: Probability): string {
  return `${chanceText(context, met)} ${chanceError(context, met)}`.trim();
}

/** What is wrong with a distribution or a correlation as it stands: the sentence with lines by their names. */
export function drawProblemText(
  context: AppContext,
  session: PlanSession,
  problem: Problem<UncertainProblemCode>,
): string {
  const nameOf = (one: string | number) => {
    const found = typeof one === 'string' ? session.line(one) : undefined;
    return found ? context.name(found.name) : one;
  };
  const args = Object.fromEntries(Object.entries(problem.args).map(([key, one]) => [key, nameOf(one)]));
  return problemSentence(context.words, { ...problem, args });
}

/** A whole number in the reader's grouping. */
export function countText(context: AppContext, count: number): string {
  return context.number(count, PLAIN, { decimals: 0 });
}

/** A number without a unit. */
export function plainText(context: AppContext, value: number, decimals: number): string {
  return context.number(value, PLAIN, { decimals });
}
