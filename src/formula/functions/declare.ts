/**
 * The few words in which functions are declared: parameters, and the way from arguments to plain numbers.
 *
 * Nothing here is a function of the formula language; those stand in the families.
 */
import { MISSING, failure, isNumber, type Failure, type Value } from '#quantity';
import type { Argument, FunctionFamily, Parameter, PlainFunction } from '../function-spec.ts';

type Compute = PlainFunction['compute'];

/** A parameter that takes one value; `unit` is its group (see `Parameter`). */
export function number(name: string, unit = '?'): Parameter {
  return { name, takes: 'number', unit };
}

/** A parameter that takes values, ranges and lists alike, flattened. */
export function values(name: string, unit = '?'): Parameter {
  return { name, takes: 'values', unit };
}

/** A parameter that takes one range or list and keeps it as one. */
export function list(name: string, unit = '?'): Parameter {
  return { name, takes: 'list', unit };
}

/** The same parameter where it may be left out or left empty. */
export function optional(parameter: Parameter): Parameter {
  return { ...parameter, optional: true };
}

/** What the plain functions of a family have in common: a missing single argument makes the result missing. */
export function plainIn(family: FunctionFamily) {
  return { kind: 'plain', family, missing: 'travels' } as const;
}

/** Names Microsoft's page on a function as the source of an example. */
export function microsoft(name: string): string {
  return `support.microsoft.com, ${name} function`;
}

/** Keeps a result finite and its zero without a sign. */
export function finite(result: Value): Value {
  if (!isNumber(result)) return result;
  return Number.isFinite(result) ? result + 0 : failure('#NUM!', 'not_finite');
}

/** Fails because an argument lies where the function means nothing. */
export function outside(name: string, argument: string): Failure {
  return failure('#NUM!', 'argument_range', { name, argument });
}

/** Reads a `number` argument; undefined where it was left out. */
export function numberIn(argument: Argument | undefined): number | undefined {
  if (argument === undefined || typeof argument === 'number') return argument;
  throw new Error('a number argument arrived as a list, a missing value or a failure');
}

/** Reads a `list` or `values` argument; undefined where it was left out. */
export function listIn(argument: Argument | undefined): readonly Value[] | undefined {
  if (argument === undefined) return undefined;
  return isList(argument) ? argument : [argument];
}

/** The numbers of a list argument; missing items are skipped, as Excel skips empty cells. */
export function numbersIn(argument: Argument | undefined): number[] {
  return (listIn(argument) ?? []).filter(isNumber);
}

/** Computes from single numbers; a default in the callback is Excel's value of an empty argument. */
export function ofNumbers(compute: (...numbers: (number | undefined)[]) => Value): Compute {
  return (args) => finite(compute(...args.map(numberIn)));
}

/** Computes from the numbers of one flattened list; nothing but missing gives missing. */
export function ofSeries(compute: (numbers: readonly number[]) => Value): Compute {
  return ([series]) => {
    const numbers = numbersIn(series);
    return numbers.length === 0 ? MISSING : finite(compute(numbers));
  };
}

// Array.isArray does not narrow a readonly array out of a union
function isList(argument: Argument): argument is readonly Value[] {
  return Array.isArray(argument);
}
