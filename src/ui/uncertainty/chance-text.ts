/** Probabilities and shares as the views of uncertainty write them. */
import type { Probability } from '#analysis';
import type { Unit } from '#quantity';
import type { AppContext } from '../_shared/app-context.svelte.ts';

const PERCENT: Unit = { text: '%', dimension: {}, scale: 1, shown: 100 };
const PLAIN: Unit = { text: '', dimension: {}, scale: 1, shown: 1 };

/** From this standard error on, tenths of a percent would only be noise. */
const COARSE_ERROR = 0.0095;

/** A share as percent with as many digits as its error bears. */
export function shareText(context: AppContext, share: number, error = 0): string {
  return context.number(share, PERCENT, { decimals: error >= COARSE_ERROR ? 0 : 1 });
}

/** A standard error in points, without a sign: `0.5`. */
export function errorText(context: AppContext, error: number): string {
  return context.number(error * 100, PLAIN, { decimals: error >= COARSE_ERROR ? 0 : 1 });
}

/** A probability; where all samples agree and one more might not, it is told as below or above the next tenth. */
export function chanceText(context: AppContext, { share, standardError = 0 }: Probability): string {
  if (standardError > 0 && share === 0) return `<${context.number(0.001, PERCENT, { decimals: 1 })}`;
  if (standardError > 0 && share === 1) return `>${context.number(0.999, PERCENT, { decimals: 1 })}`;
  if (share === 0 || share === 1) return context.number(share, PERCENT, { decimals: 0 });
  return shareText(context, share, standardError);
}

/** A probability with its error: `62% ± 1`. Without one where nothing is drawn, or where all samples agree. */
export function chanceWithError(context: AppContext, met: Probability): string {
  const share = chanceText(context, met);
  const { standardError = 0 } = met;
  if (standardError === 0 || met.share === 0 || met.share === 1) return share;
  return context.words.say('chance_value', { share, error: errorText(context, standardError) });
}

/** A whole number in the reader's grouping. */
export function countText(context: AppContext, count: number): string {
  return context.number(count, PLAIN, { decimals: 0 });
}

/** A number without a unit. */
export function plainText(context: AppContext, value: number, decimals: number): string {
  return context.number(value, PLAIN, { decimals });
}
