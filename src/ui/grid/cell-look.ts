/** What a figure's cell shows: its text and the marks by which its kind is told. Pure. */
import type { Value } from '#quantity';
import type { Line } from '#plan';
import type { Rule } from '#engine';

/**
 * How a cell is told apart. input: an assumption that may be moved · printed, derived, assumed: where an observed figure
 * comes from · actual: took the place of the forecast · override: set by the open scenario itself · inherited: set by a
 * scenario that it builds on · uncertain: its driver has a distribution · failed: has no number, and says why · refused: an
 * entry waits there to be put right.
 */
export type Mark =
  | 'input'
  | 'printed'
  | 'derived'
  | 'assumed'
  | 'actual'
  | 'override'
  | 'inherited'
  | 'uncertain'
  | 'failed'
  | 'refused';

/** What a cell shows. */
export interface CellLook {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** What is known of a cell. */
export interface CellFacts {
  readonly line: Line;
  readonly value: Value;
  readonly rule: Rule | undefined;
  readonly isForecast: boolean;
  /** Whether the open scenario itself says something about the cell. */
  readonly isChanged: boolean;
  readonly isUncertain: boolean;
  readonly isRefused: boolean;
}

/** Tells what a cell shows; `print` writes a number in the line's unit. */
export function lookOf(facts: CellFacts, print: (value: number) => string): CellLook {
  const { line, value, rule, isForecast, isChanged, isUncertain, isRefused } = facts;
  const marks: Mark[] = [];
  const base = rule?.base;
  if (base?.kind === 'figure') marks.push(base.figure.origin);
  if (base?.kind === 'actual') marks.push('actual');
  if (line.kind === 'driver' && isForecast && base?.kind !== 'figure' && base?.kind !== 'actual')
    marks.push('input');
  const isSet = base?.kind === 'override' || (base?.kind === 'formula' && base.scenario !== undefined);
  const isTransformed = rule !== undefined && rule.transforms.length > 0;
  if (isChanged && base?.kind !== 'actual') marks.push('override');
  else if (isSet || isTransformed) marks.push('inherited');
  if (isUncertain) marks.push('uncertain');
  if (isRefused) marks.push('refused');
  if (value === null) return { text: '', marks };
  if (typeof value === 'number') return { text: print(value), marks };
  return { text: value.code, marks: [...marks, 'failed'] };
}
