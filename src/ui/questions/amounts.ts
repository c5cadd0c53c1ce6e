/** Numbers of one line as the questions write them: levels and changes, with their unit and without. */
import type { Unit, Value } from '#quantity';
import { besideUnit, failureSentence, unitName, withUnit } from '#words';
import type { AppContext } from '../_shared/app-context.svelte.ts';

const MAX_DECIMALS = 8;

/** Writes the numbers of a line. */
export interface Amounts {
  /** The level alone, as in a column of figures. */
  readonly level: (value: number) => string;
  /** The level with its unit, for a sentence. */
  readonly levelInUnit: (value: number) => string;
  /** A signed change, percent as points; without its unit. */
  readonly change: (value: number) => string;
  /** A signed change with its unit. */
  readonly changeInUnit: (value: number) => string;
  /** The size of a change with its unit. */
  readonly sizeInUnit: (value: number) => string;
}

/** Builds the writer of a line's numbers. */
export function amountsOf(context: AppContext, unit: Unit, decimals: number | undefined): Amounts {
  const { words } = context;
  const changeUnit = unit.shown === 1 ? unit.text : unit.shown === 1000 ? '‰' : '个百分点';
  const changed = (value: number, signed: boolean) =>
    context.number(value * unit.shown, { ...unit, shown: 1 }, { decimals, signed });
  const shown = (value: number) => context.number(value, unit, { decimals });
  const named = (text: string) => `${text} ${unitName(words, changeUnit)}`.trim();
  return {
    level: (value) => besideUnit(shown(value), unit),
    levelInUnit: (value) => withUnit(shown(value), unit, words),
    change: (value) => changed(value, true),
    changeInUnit: (value) => named(changed(value, true)),
    sizeInUnit: (value) => named(changed(Math.abs(value), false)),
  };
}

/** As many decimals as it takes to tell two levels apart that are not the same, and no fewer than given. */
export function tellingDecimals(a: number, b: number, unit: Unit, decimals: number): number {
  let digits = decimals;
  const text = (value: number) => (value * unit.shown).toFixed(digits);
  while (a !== b && digits < MAX_DECIMALS && text(a) === text(b)) digits += 1;
  return digits;
}

/** A cell's level; a dash where it has none, its code where it failed. */
export function valueText(value: Value, write: (value: number) => string): string {
  if (typeof value === 'number') return write(value);
  return value === null ? '–' : value.code;
}

/** Why a cell has no number; empty where it has one or nothing was expected. */
export function valueReason(context: AppContext, value: Value, nameOf: (id: string) => string): string {
  return typeof value === 'object' && value !== null ? failureSentence(context.words, value, nameOf) : '';
}
