/** What a person means by what was typed or pasted into a cell: a number, a formula, a distribution, or nothing. */
import { parseNumber, problem, type NumberProblemCode, type Problem, type Unit } from '#quantity';
import {
  parseFormula,
  renameFormula,
  printExpression,
  type FormulaContext,
  type FormulaProblemCode,
} from '#formula';
import {
  readDistributionEntry,
  type DistributionEntry,
  type DistributionEntryProblemCode,
} from './distribution-entry.ts';

/** What is wrong with a cell's entry. */
export type EntryProblemCode =
  NumberProblemCode | FormulaProblemCode | DistributionEntryProblemCode | 'entry_percent_doubt';

/** A cell's entry, understood. */
export type CellEntry =
  | { readonly kind: 'clear' }
  | { readonly kind: 'value'; readonly value: number }
  /** The text is kept with ids for names and names for A1 addresses. */
  | { readonly kind: 'formula'; readonly text: string }
  | Exclude<DistributionEntry, { kind: 'refused' }>
  | { readonly kind: 'refused'; readonly problem: Problem<EntryProblemCode> };

/** From this fraction on a bare number in a percent line is more likely meant as percent: 8 would be 800 %. */
const DOUBTFUL_FRACTION = 2;

/** Reads a cell's entry. Nothing is guessed: a doubtful percent is refused with both readings. */
export function readEntry(text: string, unit: Unit, context: FormulaContext): CellEntry {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'clear' };
  if (/^[=＝]/.test(trimmed)) return readFormulaEntry(trimmed, context);
  const value = parseNumber(trimmed);
  if (typeof value !== 'number')
    return readDistributionEntry(trimmed, unit, context.names) ?? { kind: 'refused', problem: value };
  const isBare = !/[%％‰]/.test(trimmed);
  if (isBare && unit.shown > 1 && Math.abs(value) >= DOUBTFUL_FRACTION) {
    const args = { text: trimmed, percent: `${trimmed}%`, fraction: `${value * 100}%` };
    return { kind: 'refused', problem: problem('entry_percent_doubt', { from: 0, to: text.length }, args) };
  }
  return { kind: 'value', value };
}

/** Reads a formula's text as an entry of the formula bar, with or without its leading `=`. */
export function readFormulaEntry(text: string, context: FormulaContext): CellEntry {
  const parsed = parseFormula(text, context);
  if (!parsed.ok) return { kind: 'refused', problem: parsed.problem };
  const named = renameFormula(text, context, 'id');
  // an address means another cell once rows move; a name does not
  const kept = parseFormula(named, { names: context.names, periods: context.periods });
  const printed = printExpression(parsed.formula.expression, { names: context.names, language: 'id' });
  return { kind: 'formula', text: kept.ok ? named : `=${printed}` };
}
