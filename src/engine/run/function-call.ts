/**
 * The call of a function with values, as the reference evaluator makes it: failures travel first, then what is missing;
 * `values` parameters arrive as one flat list.
 */
import { MISSING, failure, isFailure, type Value } from '#quantity';
import type { Argument, CallPlace, PlainFunction, Takes } from '#formula';

/** What each argument of a call is taken as. */
type Takings = readonly (Takes | undefined)[];

/** Arguments as `compute` wants them, or the value that the call has without it. */
export type Prepared = { readonly args: readonly (Argument | undefined)[] } | { readonly value: Value };

/** Gathers the arguments of a call. */
export function prepareCall(
  spec: PlainFunction,
  takes: Takings,
  values: readonly (Argument | undefined)[],
): Prepared {
  const args: (Argument | undefined)[] = [];
  let gathered: Value[] | undefined;
  let isMissingArgument = false;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    const fault = isList(value) ? value.find(isFailure) : value;
    if (fault !== undefined && isFailure(fault)) return { value: fault };
    if (takes[index] === 'values') {
      gathered ??= [];
      if (isList(value)) for (const item of value) gathered.push(item);
      else if (value !== undefined) gathered.push(value);
    } else if (takes[index] === 'list') {
      args.push(value === undefined || isList(value) ? value : [value]);
    } else {
      if (value === MISSING) isMissingArgument = true;
      args.push(value);
    }
  }
  if (isMissingArgument && spec.missing === 'travels') return { value: MISSING };
  if (gathered) args.push(gathered);
  return { args };
}

/** Calls a function with values. */
export function callWith(
  spec: PlainFunction,
  takes: Takings,
  values: readonly (Argument | undefined)[],
  place: CallPlace,
): Value {
  const call = prepareCall(spec, takes, values);
  return 'value' in call ? call.value : finite(spec.compute(call.args, place));
}

/** A number that is not finite is a failure. */
export function finite(value: Value): Value {
  return typeof value === 'number' && !Number.isFinite(value) ? failure('#NUM!', 'not_finite') : value;
}

// Array.isArray does not narrow a readonly array out of a union
function isList(argument: Argument | undefined): argument is readonly Value[] {
  return Array.isArray(argument);
}
