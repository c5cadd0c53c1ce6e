/**
 * The slopes of functions by their arguments, in closed form. Where a function jumps (ROUND, INT, a step in time) its
 * slope is that of the flat parts, 0; at a kink it is that of the right-hand side, or of the argument that is taken: of
 * ABS at 0 it is 1, of INTERPOLATE at a point that of the next piece, of MIN, MAX and MEDIAN that of the first of equals.
 */
import { isNumber, type Value } from '#quantity';
import { logarithm } from '#formula';
import { listAt, numberAt, spread, type DerivedCall, type Rule } from './call.ts';
import { powerSlopes } from './dual.ts';
import { financeRule } from './finance.ts';
import { trendRule } from './trend.ts';

/** The rule of a function; undefined where no closed form is written. */
export function findRule(name: string): Rule | undefined {
  return aggregateRule(name) ?? mathsRule(name) ?? otherRule(name) ?? financeRule(name) ?? trendRule(name);
}

const flat: Rule = () => [];

/** How far to both sides a jump is looked for, against the number: roundings see fifteen digits. */
const JUMP_SIDES = 1e-14;

/** Flat but for its jumps. */
const stepped: Rule = (call) => {
  noteJump(call);
  return [];
};

function noteJump({ spec, args, place, note }: DerivedCall): void {
  note('step', 0);
  const x = numberAt(args, 0);
  const aside = x === 0 ? JUMP_SIDES : Math.abs(x) * JUMP_SIDES;
  const at = (one: number) => spec.compute([one, ...args.slice(1)], place);
  if (at(x - aside) !== at(x + aside)) note('kink', 0);
}

function aggregateRule(name: string): Rule | undefined {
  switch (name) {
    case 'SUM':
      return ({ args }) => [spread(listAt(args, 0), () => 1)];
    case 'AVERAGE':
      return ({ args }) => {
        const items = listAt(args, 0);
        const count = items.filter(isNumber).length;
        return [spread(items, () => 1 / count)];
      };
    case 'MIN':
    case 'MAX':
      return extreme;
    case 'MEDIAN':
      return median;
    case 'PRODUCT':
      return ({ args }) => {
        const items = listAt(args, 0);
        const numbers = items.filter(isNumber);
        const others = (order: number) =>
          numbers.reduce((product, one, at) => (at === order ? product : product * one), 1);
        return [spread(items, (_, order) => others(order))];
      };
    case 'VAR':
    case 'STDEV':
      return deviation;
    case 'COUNT':
      return flat;
    default:
      return undefined;
  }
}

/** Of equals the first is taken. */
const extreme: Rule = ({ args, value, note }) => {
  const items = listAt(args, 0);
  const tied = items.flatMap((item, index) => (item === value ? [index] : []));
  note('kink', 0, tied);
  return [items.map((_, index) => (index === tied[0] ? 1 : 0))];
};

const median: Rule = ({ args, note }) => {
  const items = listAt(args, 0);
  const order = items
    .flatMap((item, index) => (isNumber(item) ? [{ item, index }] : []))
    .sort((a, b) => a.item - b.item);
  const upper = order.length >> 1;
  const middle = order.length % 2 === 1 ? [upper] : [upper - 1, upper];
  const taken = middle.map((at) => order[at] as { item: number; index: number });
  for (const { item } of taken)
    note(
      'kink',
      0,
      order.filter((one) => one.item === item).map(({ index }) => index),
    );
  return [items.map((_, index) => (taken.some((one) => one.index === index) ? 1 / taken.length : 0))];
};

const deviation: Rule = ({ spec, args, value }) => {
  const items = listAt(args, 0);
  const numbers = items.filter(isNumber);
  const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const twice = 2 / (numbers.length - 1);
  const scale = spec.name === 'VAR' ? 1 : 1 / (2 * value);
  return [spread(items, (one) => twice * (one - mean) * scale)];
};

function mathsRule(name: string): Rule | undefined {
  switch (name) {
    case 'ABS':
      return ({ args, note }) => {
        if (args[0] === 0) note('kink', 0);
        return [numberAt(args, 0) < 0 ? -1 : 1];
      };
    case 'SIGN':
    case 'ROUND':
    case 'ROUNDUP':
    case 'ROUNDDOWN':
    case 'INT':
    case 'TRUNC':
      return stepped;
    case 'MOD':
      return ({ args, value, note }) => {
        if (value === 0) note('kink', 0);
        return [1, -(numberAt(args, 0) - value) / numberAt(args, 1)];
      };
    case 'CEILING':
    case 'FLOOR':
      // a whole number of times the significance
      return (call) => {
        noteJump(call);
        return [0, call.value === 0 ? 0 : call.value / numberAt(call.args, 1)];
      };
    case 'POWER':
      return ({ args, value }) => powerSlopes(numberAt(args, 0), numberAt(args, 1), value);
    case 'SQRT':
      return ({ value }) => [1 / (2 * value)];
    case 'EXP':
      return ({ value }) => [value];
    case 'LN':
      return ({ args }) => [1 / numberAt(args, 0)];
    case 'LOG':
      return ({ args, value }) => {
        const base = numberAt(args, 1, 10);
        return [1 / (numberAt(args, 0) * logarithm(base)), -value / (base * logarithm(base))];
      };
    case 'LOG10':
      return ({ args }) => [1 / (numberAt(args, 0) * logarithm(10))];
    default:
      return undefined;
  }
}

function otherRule(name: string): Rule | undefined {
  switch (name) {
    case 'AND':
    case 'OR':
    case 'NOT':
      return flat;
    case 'STEP':
      return ({ args, place, note }) => {
        if (place.period === numberAt(args, 1)) note('kink', 1);
        return [place.period < numberAt(args, 1) ? 0 : 1, 0];
      };
    case 'PULSE':
      return ({ args, place, note }) => {
        const [start, end] = [numberAt(args, 1), numberAt(args, 1) + numberAt(args, 2)];
        if (place.period === start || place.period === end) note('kink', 1);
        if (place.period === end) note('kink', 2);
        return [place.period >= start && place.period < end ? 1 : 0, 0, 0];
      };
    case 'RAMP':
      return ramp;
    case 'LOOKUP':
      return lookup;
    case 'INTERPOLATE':
      return interpolation;
    default:
      return undefined;
  }
}

const ramp: Rule = ({ args, place, note }) => {
  const [slope, start, end] = [numberAt(args, 0), numberAt(args, 1), numberAt(args, 2, Infinity)];
  const run = Math.min(place.period, end) - start;
  if (run === 0) note('kink', 1);
  if (place.period === end) note('kink', 2);
  if (run <= 0) return [0, 0, 0];
  return [run, -slope, end < place.period ? slope : 0];
};

/** The result that is found; which one it is jumps with the keys. */
const lookup: Rule = ({ spec, args, place, note }) => {
  if (listAt(args, 1).includes(numberAt(args, 0))) note('kink', 0);
  const keys = listAt(args, 1);
  const found = spec.compute([args[0], keys, keys.map((_, index) => index)], place);
  const results = keys.map((_, index) => (index === found ? 1 : 0));
  return args[2] === undefined ? [0, results] : [0, 0, results];
};

/** The piece to the right of x; before the first and from the last point on y is held. */
const interpolation: Rule = ({ args, note }) => {
  const x = numberAt(args, 0);
  const [xs, ys] = [listAt(args, 1), listAt(args, 2)];
  const points = xs.flatMap((at, index) => (isNumber(at) && isNumber(ys[index] ?? null) ? [index] : []));
  const xAt = (index: number) => xs[index] as number;
  if (points.some((index) => xAt(index) === x)) note('kink', 0);
  const from = points.findLast((index) => xAt(index) <= x);
  const to = points.find((index) => xAt(index) > x);
  const weights = (list: readonly Value[], pairs: readonly (readonly [number, number])[]) =>
    list.map((_, index) => pairs.find(([place]) => place === index)?.[1] ?? 0);
  if (from === undefined || to === undefined) {
    const held = from ?? to;
    return [0, xs.map(() => 0), held === undefined ? [] : weights(ys, [[held, 1]])];
  }
  const width = xAt(to) - xAt(from);
  const share = (x - xAt(from)) / width;
  const steepness = ((ys[to] as number) - (ys[from] as number)) / width;
  return [
    steepness,
    weights(xs, [
      [from, -steepness * (1 - share)],
      [to, -steepness * share],
    ]),
    weights(ys, [
      [from, 1 - share],
      [to, share],
    ]),
  ];
};
