/** What is meant by what was typed about wanted figures and drivers. Pure: texts in, numbers or what is wrong out. */
import { parseNumber, type NumberProblemCode, type Problem, type Unit } from '#quantity';
import type { Line, Target } from '#plan';
import type { Cell, FreeDriver } from '#analysis';
import { readLeverEntry } from './lever-entry.ts';
import type { AskedComparator, DriverChoice, WantedChoice } from './reach-choices.svelte.ts';

/** What is wrong with a field: it cannot be read, its ends are crossed, a weight is not above zero. */
export type FieldProblem = Problem<NumberProblemCode> | 'crossed' | 'not_positive';

/** A wanted figure, read; `target` is undefined while something is wrong. Unit: of the line. */
export interface ReadWanted {
  readonly value: number | undefined;
  readonly upTo: number | undefined;
  readonly weight: number | undefined;
  readonly target: Target | undefined;
  readonly problems: { readonly [K in 'value' | 'upTo' | 'weight']?: FieldProblem };
}

/** A driver's bounds and weight, read; `free` is undefined while something is wrong. Unit: of the line. */
export interface ReadDriver {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly weight: number | undefined;
  readonly free: FreeDriver | undefined;
  readonly problems: { readonly [K in 'min' | 'max' | 'weight']?: FieldProblem };
}

type Field = { readonly number: number | undefined; readonly problem?: FieldProblem };

/** Bounds in which no number lies, so that a number without a sign is always in the unit beside it. */
const NO_FRACTIONS = { min: Infinity, max: -Infinity };

/** Reads a wanted figure. What was not typed is the plan's. */
export function readWanted(
  cell: Cell,
  choice: WantedChoice,
  unit: Unit,
  printed: Target | undefined,
): ReadWanted {
  const comparator = choice.comparator ?? (printed ? 'printed' : 'atLeast');
  const value = readField(choice.value, unit, printed?.value);
  const isRange = comparator === 'between' || (comparator === 'printed' && printed?.upTo !== undefined);
  const upTo: Field = isRange
    ? ended(readField(choice.upTo, unit, printed?.upTo ?? value.number), value)
    : { number: undefined };
  const weight = readWeight(choice.weight);
  const problems = problemsOf({ value, upTo, weight });
  const isClear = Object.keys(problems).length === 0 && value.number !== undefined;
  return {
    value: value.number,
    upTo: upTo.number,
    weight: weight.number,
    problems,
    target: isClear
      ? asTarget({ line: cell.line, period: cell.period }, comparator, value.number, upTo.number, printed)
      : undefined,
  };
}

/** Reads what a driver may do; what was not typed is its lever's. */
export function readDriver(
  line: string,
  choice: DriverChoice,
  unit: Unit,
  lever: NonNullable<Line['lever']>,
): ReadDriver {
  const min = readField(choice.min, unit, lever.min);
  const max = ended(readField(choice.max, unit, lever.max), min);
  const weight = readWeight(choice.weight);
  const problems = problemsOf({ min, max, weight });
  const isClear = Object.keys(problems).length === 0;
  return {
    min: min.number,
    max: max.number,
    weight: weight.number,
    problems,
    free:
      isClear && min.number !== undefined && max.number !== undefined
        ? {
            lever: { line, min: min.number, max: max.number },
            ...(weight.number !== undefined && { weight: weight.number }),
          }
        : undefined,
  };
}

function readField(text: string | undefined, unit: Unit, otherwise: number | undefined): Field {
  if (text === undefined) return { number: otherwise };
  const entry = readLeverEntry(text, unit, NO_FRACTIONS);
  return entry.kind === 'level' ? { number: entry.level } : { number: undefined, problem: entry.problem };
}

/** The upper end of a range, which must not lie below the lower one. */
function ended(upper: Field, lower: Field): Field {
  const isCrossed = upper.number !== undefined && lower.number !== undefined && upper.number < lower.number;
  return isCrossed ? { ...upper, problem: 'crossed' } : upper;
}

function readWeight(text: string | undefined): Field {
  if (text === undefined || text.trim() === '') return { number: undefined };
  const value = parseNumber(text);
  if (typeof value !== 'number') return { number: undefined, problem: value };
  return value > 0 ? { number: value } : { number: value, problem: 'not_positive' };
}

function problemsOf<K extends string>(fields: Readonly<Record<K, Field>>): { [P in K]?: FieldProblem } {
  const found = Object.entries<Field>(fields).flatMap(([key, { problem }]) =>
    problem ? [[key, problem]] : [],
  );
  return Object.fromEntries(found) as { [P in K]?: FieldProblem };
}

/** The target that is asked for: the printed one with another value, or a comparator of the person's own. */
function asTarget(
  cell: Cell,
  comparator: AskedComparator,
  value: number,
  upTo: number | undefined,
  printed: Target | undefined,
): Target {
  if (comparator === 'printed' && printed) return { ...printed, value, ...(upTo !== undefined && { upTo }) };
  const asked = {
    ...cell,
    value,
    asPrinted: String(value),
    source: printed?.source ?? { section: cell.line },
  };
  switch (comparator) {
    case 'atMost':
      return { ...asked, comparator: '<=', direction: 'atMost' };
    case 'between':
      return { ...asked, comparator: 'range', upTo: upTo ?? value, direction: 'near' };
    case 'exactly':
      // a bare figure that is near its value is that value in either reading
      return { ...asked, comparator: '=', direction: 'near' };
    case 'printed':
    case 'atLeast':
      return { ...asked, comparator: '>=', direction: 'atLeast' };
  }
}
