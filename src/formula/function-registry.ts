/** All functions of the formula language, by name. A new one is added to its family's file and has its sentence in `words`. */
import type { FunctionSpec } from './function-spec.ts';
import { aggregateFunctions } from './functions/aggregate.ts';
import { financeFunctions } from './functions/finance.ts';
import { logicFunctions } from './functions/logic.ts';
import { mathsFunctions } from './functions/maths.ts';
import { tableFunctions } from './functions/table.ts';
import { timeFunctions } from './functions/time.ts';
import { trendFunctions } from './functions/trend.ts';

/** Every function, in the order of the help page. */
export const functionList: readonly FunctionSpec[] = [
  ...aggregateFunctions,
  ...mathsFunctions,
  ...logicFunctions,
  ...financeFunctions,
  ...trendFunctions,
  ...tableFunctions,
  ...timeFunctions,
];

const byName: ReadonlyMap<string, FunctionSpec> = new Map(functionList.map((spec) => [spec.name, spec]));

/** Finds a function by its name in any case. */
export function findFunction(name: string): FunctionSpec | undefined {
  return byName.get(name.toUpperCase());
}

/** Writes a signature as help shows it: `PMT(rate, nper, pv[, fv][, type])`, `SUM(number, …)`. */
export function signatureOf(spec: FunctionSpec): string {
  const parameters = spec.parameters.map((parameter, index) => {
    const comma = index === 0 ? '' : ', ';
    return parameter.optional ? `[${comma}${parameter.name}]` : comma + parameter.name;
  });
  return `${spec.name}(${parameters.join('')}${spec.repeats === undefined ? '' : ', …'})`;
}

/** How many arguments a function takes, ends inclusive; 255 is Excel's own limit. */
export function arityOf(spec: FunctionSpec): { least: number; most: number } {
  const least = spec.parameters.filter((parameter) => !parameter.optional).length;
  return { least, most: spec.repeats === undefined ? spec.parameters.length : 255 };
}

/** The parameter that takes the argument at `index`, repeating groups unrolled. */
export function parameterAt(spec: FunctionSpec, index: number) {
  const { parameters, repeats } = spec;
  if (index < parameters.length || repeats === undefined) return parameters[index];
  const start = parameters.length - repeats;
  return parameters[start + ((index - start) % repeats)];
}
