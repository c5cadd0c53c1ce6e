/** Calls a plain function of the formula language with values, as an evaluator does after the arguments. */
import { findFunction, type Argument } from '#formula';
import type { Value } from '#quantity';

export function callFunction(name: string, args: readonly (Argument | undefined)[], period = 2021): Value {
  const spec = findFunction(name);
  if (spec?.kind !== 'plain') throw new Error(`${name} is no plain function`);
  return spec.compute(args, { period });
}

/** The same where a number is expected. */
export function numberOf(name: string, args: readonly (Argument | undefined)[], period?: number): number {
  const value = callFunction(name, args, period);
  if (typeof value !== 'number') throw new Error(`${name} gives ${JSON.stringify(value)}`);
  return value;
}
