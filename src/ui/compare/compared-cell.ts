/** How the cells of a comparison are written: levels, differences or percent; on the screen and for a copy. */
import type { Unit, Value } from '#quantity';
import type { ComparedRow, Measure } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { exactText } from '../grid/exact-text.ts';
import { amountsOf, tellingDecimals, valueReason, valueText } from '../questions/amounts.ts';

/** A cell of the table. */
export interface ComparedCell {
  readonly text: string;
  /** All digits, for a copy. */
  readonly exact: string;
  /** Why there is no number; empty where there is one. */
  readonly why: string;
  /** Whether it is the reference's own level, or not told apart from it. */
  readonly isSame: boolean;
}

const PERCENT: Unit = { text: '%', dimension: {}, scale: 1, shown: 100 };
const PERCENT_DECIMALS = 1;
const NONE = '–';

/** Writes the cell of a scenario in a period. The reference keeps its levels, whatever the others show. */
export function comparedCell(
  context: AppContext,
  row: ComparedRow,
  place: { readonly scenario: number; readonly period: number; readonly reference: number },
  measure: Measure,
  nameOf: (id: string) => string,
): ComparedCell {
  const { scenario, period, reference } = place;
  const at = (values: readonly (readonly Value[])[], index = scenario) => values[index]?.[period] ?? null;
  const [level, base, difference] = [at(row.levels), at(row.levels, reference), at(row.differences)];
  const decimals = row.line.decimals ?? 2;
  const amounts = amountsOf(context, row.unit, decimals);
  const isReference = scenario === reference;
  const isSame = isReference || difference === 0;
  if (isReference || measure === 'levels') {
    const exact = exactText(level, row.unit);
    return { text: valueText(level, amounts.level), exact, why: valueReason(context, level, nameOf), isSame };
  }
  const value = measure === 'differences' ? difference : at(row.relative);
  const why = valueReason(context, value, nameOf);
  if (typeof value !== 'number')
    return { text: valueText(value, () => NONE), exact: exactText(value, row.unit), why, isSame };
  if (value === 0) return { text: '0', exact: '0', why, isSame };
  if (measure === 'percent') {
    const text = context.number(value, PERCENT, { decimals: PERCENT_DECIMALS, signed: true });
    return { text, exact: exactText(value, PERCENT), why, isSame };
  }
  const telling = tellingDecimals(Number(level), Number(base), row.unit, decimals);
  const text = amountsOf(context, row.unit, telling).change(value);
  return { text, exact: exactText(value, row.unit), why, isSame };
}
