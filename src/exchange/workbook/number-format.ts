/** How a line's numbers look in Excel. */
import type { Unit } from '#quantity';

/** Excel’s format of a unit: thousands separators, so many decimals, percent as percent. */
export function numberFormat(unit: Unit, decimals: number | undefined): string {
  if (unit.shown === 1) return decimals === undefined ? 'General' : `#,##0${point(decimals)}`;
  // Excel has no per mille; a percent with one digit more says the same
  const digits = (decimals ?? 2) + (unit.shown === 1000 ? 1 : 0);
  return `0${point(digits)}%`;
}

function point(decimals: number): string {
  return decimals === 0 ? '' : `.${'0'.repeat(decimals)}`;
}
