/** How a formula begins that is typed. */

/** Tells whether an entry is a formula in the making. */
export function isFormulaEntry(text: string): boolean {
  return /^\s*[=＝]/.test(text);
}
