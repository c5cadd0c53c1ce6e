/**
 * Functions that plans call most, as arithmetic. Each gives the bits of its one definition in `formula/functions`, or NaN
 * where that definition has to be asked; a function that is not here leaves its whole formula to the reference evaluator.
 */
import type { FormulaArithmetic } from './arithmetic.ts';
import { emitFinance } from './finance.ts';
import { emitExponential, emitLogarithm, emitPower } from './powers.ts';
import { emitRounding, ROUNDINGS } from './rounding.ts';
import { emitShape, SHAPES } from './shapes.ts';
import { ALWAYS, isStretch, type Operand, type Operands, type Stretch } from './operand.ts';

/** What functions ask of the emission in which they stand. */
export interface Guards<V> {
  /** The value, but NaN where one of the operands is out of the ordinary. */
  keep(value: V, operands: readonly Operand<V>[]): V;
  /** The operand, but NaN where it is infinite. */
  careful(of: Operand<V>): V;
  /** A result that may be anything. */
  result(value: V): Operand<V>;
  /** The calendar number of the period that is calculated. */
  period(): V;
}

type Arguments<V> = readonly (Operands<V> | undefined)[];

/** Emits a call; undefined where there is no fast form. */
export function emitCall<V, M>(
  name: string,
  args: Arguments<V>,
  to: FormulaArithmetic<V, M>,
  care: Guards<V>,
): Operand<V> | undefined {
  const [only] = args;
  if (args.length === 1 && only !== undefined && isStretch(only)) return ofStretch(name, only, to, care);
  if (args.some((arg) => arg !== undefined && isStretch(arg))) return undefined;
  if (name === 'INTERPOLATE') return interpolate(args, to, care);
  const inPlaces = args as readonly (Operand<V> | undefined)[];
  if (FINANCE.has(name)) return emitFinance(name, inPlaces, to, care);
  if (ROUNDINGS.has(name)) return emitRounding(name, inPlaces, to, care);
  if (SHAPES.has(name)) return emitShape(name, inPlaces, to, care);
  if (name === 'LOG') return emitLogarithm(inPlaces, to, care);
  const all = args.flatMap((arg) => arg ?? []) as readonly Operand<V>[];
  // what is missing is passed over by functions of many values; those of one number have it travel as NaN
  const items = OF_MANY.has(name) ? all.filter(({ isMissing }) => !isMissing) : all;
  const [first] = items;
  if (first === undefined) return undefined;
  const isNought = ({ value }: Operand<V>) => to.equal(value, to.constant(0));
  const withoutSign = (value: V) => care.result(to.add(value, to.constant(0)));
  switch (name) {
    case 'SUM':
      return care.result(sumOf(items, to));
    case 'AVERAGE':
      return withoutSign(to.divide(sumOf(items, to), to.constant(items.length)));
    case 'MIN':
      return withoutSign(care.keep(items.map(({ value }) => value).reduce(to.smaller), items));
    case 'MAX':
      return withoutSign(care.keep(items.map(({ value }) => value).reduce(to.larger), items));
    case 'MEDIAN':
      return items.length > MOST_SORTED
        ? undefined
        : withoutSign(
            care.keep(
              median(
                items.map(({ value }) => value),
                to,
              ),
              items,
            ),
          );
    case 'PRODUCT':
      return withoutSign(items.reduce((product, { value }) => to.multiply(product, value), to.constant(1)));
    case 'COUNT':
      return care.result(care.keep(to.constant(items.length), items));
    case 'AND':
      return care.result(care.keep(truth(items.map(isNought).reduce(to.either), 0, to), items));
    case 'OR':
      return care.result(care.keep(truth(items.map(isNought).reduce(to.both), 0, to), items));
    case 'NOT':
      return care.result(care.keep(truth(isNought(first), 1, to), [first]));
    case 'SIGN': {
      const above = truth(to.less(to.constant(0), first.value), 1, to);
      const below = truth(to.less(first.value, to.constant(0)), 1, to);
      return care.result(care.keep(to.subtract(above, below), [first]));
    }
    case 'ABS':
      return items.length === 1 ? care.result(to.absolute(first.value)) : undefined;
    case 'SQRT':
      return withoutSign(to.squareRoot(first.value));
    case 'POWER': {
      const [, exponent] = items;
      return exponent && emitPower(first, exponent, to, care);
    }
    case 'EXP':
      return emitExponential(first, to, care);
    case 'LN':
      return emitLogarithm([first, constantOf(Math.E, to)], to, care);
    case 'LOG10':
      return emitLogarithm([first], to, care);
    default:
      return undefined;
  }
}

/** Functions of single numbers, each in its place, some of which may be left out. */
const FINANCE: ReadonlySet<string> = new Set(['FV', 'PV', 'PMT', 'NPER', 'RRI', 'CAGR']);

/** Functions that take any number of values and pass over what is missing. */
const OF_MANY: ReadonlySet<string> = new Set([
  'SUM',
  'AVERAGE',
  'MIN',
  'MAX',
  'MEDIAN',
  'PRODUCT',
  'COUNT',
  'AND',
  'OR',
]);

/** Numbers that are sorted at most: comparisons grow with the square. */
const MOST_SORTED = 12;

/** The middle one of numbers, or the mean of the two: neighbours change places until all stand in order. */
function median<V, M>(numbers: readonly V[], to: FormulaArithmetic<V, M>): V {
  const sorted = [...numbers];
  for (let end = sorted.length - 1; end > 0; end -= 1) {
    for (let at = 0; at < end; at += 1) {
      const [a, b] = [sorted[at] as V, sorted[at + 1] as V];
      [sorted[at], sorted[at + 1]] = [to.smaller(a, b), to.larger(a, b)];
    }
  }
  const upper = sorted[sorted.length >> 1] as V;
  if (sorted.length % 2 === 1) return upper;
  return to.divide(to.add(sorted[(sorted.length >> 1) - 1] as V, upper), to.constant(2));
}

function constantOf<V, M>(value: number, to: FormulaArithmetic<V, M>): Operand<V> {
  return { value: to.constant(value), care: ALWAYS, constant: value };
}

/** A number, 1 or 0, where something holds, and the other where it does not. */
function truth<V, M>(holds: M, number: 0 | 1, to: FormulaArithmetic<V, M>): V {
  return to.select(holds, to.constant(number), to.constant(1 - number));
}

function ofStretch<V, M>(
  name: string,
  { sum, count }: Stretch<V>,
  to: FormulaArithmetic<V, M>,
  care: Guards<V>,
): Operand<V> | undefined {
  // of nothing there is no sum, and 0 / 0 is no average
  const isNothing = to.equal(count, to.constant(0));
  if (name === 'SUM') return care.result(to.select(isNothing, to.constant(NaN), sum));
  if (name === 'AVERAGE') return care.result(to.add(to.divide(sum, count), to.constant(0)));
  return undefined;
}

function listOf<V>(arg: Operands<V> | undefined): readonly Operand<V>[] {
  return arg === undefined ? [] : Array.isArray(arg) ? (arg as readonly Operand<V>[]) : [arg as Operand<V>];
}

/** INTERPOLATE where the places are numbers in the formula. */
function interpolate<V, M>(
  [wanted, places, values]: Arguments<V>,
  to: FormulaArithmetic<V, M>,
  care: Guards<V>,
): Operand<V> | undefined {
  const [of] = listOf(wanted);
  const [xs, ys] = [listOf(places).map(({ constant }) => constant), listOf(values)];
  const isAscending = xs.every((x, at) => x !== undefined && (at === 0 || x > (xs[at - 1] as number)));
  if (of === undefined || xs.length === 0 || xs.length !== ys.length || !isAscending) return undefined;
  const x = care.careful(of);
  const y = (at: number) => (ys[at] as Operand<V>).value;
  const place = (at: number) => to.constant(xs[at] as number);
  let result = y(ys.length - 1);
  for (let at = xs.length - 1; at > 0; at -= 1) {
    const share = to.divide(to.subtract(x, place(at - 1)), to.subtract(place(at), place(at - 1)));
    const between = to.add(y(at - 1), to.multiply(to.subtract(y(at), y(at - 1)), share));
    result = to.select(
      to.lessOrEqual(x, place(at)),
      to.select(to.equal(x, place(at)), y(at), between),
      result,
    );
  }
  result = to.select(to.lessOrEqual(x, place(0)), y(0), result);
  return care.result(to.add(care.keep(result, [of, ...ys]), to.constant(0)));
}

function sumOf<V, M>(items: readonly Operand<V>[], to: FormulaArithmetic<V, M>): V {
  return items.reduce((sum, { value }) => to.add(sum, value), to.constant(0));
}
