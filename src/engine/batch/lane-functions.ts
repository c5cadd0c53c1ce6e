/**
 * Functions that plans call most, over lanes of numbers. Each gives the bits of its one definition in `formula/functions`,
 * or leaves a lane to it; what is not here is called lane by lane.
 */
import type { Value } from '#quantity';
import { write, type Faults, type Lanes } from './lane-values.ts';

/** What a kernel is given: arguments as they stand in the call, all lanes of them numbers. */
export interface KernelCall {
  readonly args: readonly (Lanes | readonly Lanes[] | undefined)[];
  readonly out: Lanes;
  /** How many lanes are to be written. */
  readonly length: number;
  readonly faults: Faults;
  /** Calculates one lane by the function's own definition. */
  readonly byDefinition: (lane: number) => Value;
}

/** Writes all lanes, or tells that it cannot. */
export type Kernel = (call: KernelCall) => boolean;

/** The kernel of a function; undefined where there is none. */
export function findKernel(name: string): Kernel | undefined {
  switch (name) {
    case 'SUM':
      return (call) => fold(call, 0, (sum, one) => sum + one);
    case 'MIN':
      return (call) => fold(call, undefined, Math.min);
    case 'MAX':
      return (call) => fold(call, undefined, Math.max);
    case 'AVERAGE':
      return average;
    case 'ABS':
      return (call) => each(call, Math.abs);
    case 'INT':
      return (call) => each(call, wholeBelow);
    case 'ROUND':
      return round;
    case 'INTERPOLATE':
      return interpolate;
    default:
      return undefined;
  }
}

/** Flattens arguments of which each may be a list. */
function rowsOf(args: KernelCall['args']): readonly Lanes[] {
  return args.flatMap((arg) =>
    arg === undefined ? [] : Array.isArray(arg) ? (arg as readonly Lanes[]) : [arg as Lanes],
  );
}

/** Combines all numbers of a lane from left to right. */
function fold(
  call: KernelCall,
  start: number | undefined,
  next: (so: number, one: number) => number,
): boolean {
  const [first, ...others] = rowsOf(call.args);
  if (first === undefined) return false;
  const { values } = call.out;
  for (let lane = 0; lane < call.length; lane += 1) {
    const one = first.values[lane & first.mask] as number;
    values[lane] = start === undefined ? one : next(start, one);
  }
  for (const row of others) {
    for (let lane = 0; lane < call.length; lane += 1) {
      values[lane] = next(values[lane] as number, row.values[lane & row.mask] as number);
    }
  }
  return settleLanes(call);
}

function average(call: KernelCall): boolean {
  const count = rowsOf(call.args).length;
  if (!fold(call, 0, (sum, one) => sum + one)) return false;
  const { values, status } = call.out;
  for (let lane = 0; lane < call.length; lane += 1)
    if (status[lane] === 0) values[lane] = (values[lane] as number) / count + 0;
  return true;
}

/** Applies a function of one number; NaN leaves the lane to the definition. */
function each(call: KernelCall, to: (value: number) => number): boolean {
  const [of] = rowsOf(call.args);
  if (of === undefined) return false;
  for (let lane = 0; lane < call.length; lane += 1)
    call.out.values[lane] = to(of.values[lane & of.mask] as number);
  return settleLanes(call);
}

/** Takes the sign from zeros and gives lanes that are no ordinary number to the definition. */
function settleLanes({ out, length, faults, byDefinition }: KernelCall): true {
  const { values, status } = out;
  for (let lane = 0; lane < length; lane += 1) {
    const value = values[lane] as number;
    if (value - value === 0) {
      values[lane] = value + 0;
      status[lane] = 0;
    } else write(out, lane, byDefinition(lane), faults);
  }
  return true;
}

/** Numbers up to here have a digit to spare beyond the fifteen that roundings look at. */
const MAX_PLAIN = 1e12;

/** How near to a turning point, against the number, fifteen digits may decide otherwise than the binary number. */
const NEAR = 1e-13;

/** INT where fifteen digits cannot decide otherwise. */
function wholeBelow(value: number): number {
  const nearest = Math.round(value);
  if (value === nearest && Math.abs(value) < MAX_PLAIN) return value;
  return Math.abs(value) < MAX_PLAIN && Math.abs(value - nearest) > NEAR * Math.abs(value)
    ? Math.floor(value)
    : NaN;
}

/** Powers of ten up to here are exact numbers. */
const MAX_EXACT_POWER = 22;

function round(call: KernelCall): boolean {
  const digits = rowsOf(call.args)[1];
  if (digits === undefined || digits.mask !== 0) return false;
  const decimals = Math.trunc(digits.values[0] as number);
  if (decimals < 0 || decimals > MAX_EXACT_POWER) return false;
  const power = Number(`1e${decimals}`);
  return each(call, (value) => {
    const size = Math.abs(value) * power;
    const below = Math.floor(size);
    if (!(size < MAX_PLAIN) || Math.abs(size - below - 0.5) <= NEAR * size) return NaN;
    // a quotient of two exact numbers is the number nearest to the decimal
    const rounded = (size - below < 0.5 ? below : below + 1) / power;
    return value < 0 ? -rounded : rounded;
  });
}

/** INTERPOLATE where only the wanted x differs from sample to sample. */
function interpolate(call: KernelCall): boolean {
  const [wanted, xs, ys] = call.args as readonly [Lanes, readonly Lanes[] | Lanes, readonly Lanes[] | Lanes];
  const [xRows, yRows] = [rowsOf([xs]), rowsOf([ys])];
  if (xRows.length !== yRows.length || [...xRows, ...yRows].some(({ mask }) => mask !== 0)) return false;
  const points = xRows.map((x, index) => ({
    x: x.values[0] as number,
    y: (yRows[index] as Lanes).values[0] as number,
  }));
  if (
    points.length === 0 ||
    points.some(({ x }, index) => index > 0 && x <= (points[index - 1]?.x as number))
  )
    return false;
  return each({ ...call, args: [wanted] }, (x) => {
    let next = 0;
    while (next < points.length && (points[next] as { x: number }).x < x) next += 1;
    const above = points[next];
    if (above === undefined) return (points[points.length - 1] as { y: number }).y;
    if (above.x === x || next === 0) return above.y;
    const below = points[next - 1] as { x: number; y: number };
    return below.y + (above.y - below.y) * ((x - below.x) / (above.x - below.x));
  });
}
