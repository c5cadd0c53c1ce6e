/**
 * Lanes: one cell or register over a block of samples, with numbers, missing values and failures side by side.
 *
 * The operations mean what `reference.ts` says. Where all lanes hold numbers they run as plain loops; a lane whose result
 * is not an ordinary number is calculated again by `calculate` itself, so that there is one rule for what fails.
 */
import { MISSING, isFailure, placedAt, type Failure, type Value } from '#quantity';
import { powerOf, type BinaryOperator } from '#formula';
import { calculate } from '../run/reference.ts';

/** Status of a lane that holds a number. */
export const HAS_NUMBER = 0;
/** Status of a lane without a value. */
export const IS_MISSING = 1;
/** Status of the first failure; the others follow in the order of the list of failures. */
export const FIRST_FAILURE = 2;

/** Values of a block of samples, or one value that all of them share. */
export interface Lanes {
  /** Where the status is not 0 the number means nothing. */
  values: Float64Array;
  status: Uint16Array;
  /** −1: a value for each lane; 0: the first is everybody's. An index goes through it: `values[lane & mask]`. */
  mask: 0 | -1;
  /** Every lane holds a number. */
  isClean: boolean;
  /** A register, which the next cell will overwrite. */
  readonly isScratch: boolean;
}

/** Makes room for a block; `values` is memory that others share. */
export function makeLanes(
  size: number,
  isScratch: boolean,
  values: Float64Array = new Float64Array(size),
): Lanes {
  return { values, status: new Uint16Array(size), mask: 0, isClean: true, isScratch };
}

/** Distinct failures of a run. A failure is told by code, reason and place; of differing details the first is kept. */
export class FailureList {
  readonly list: Failure[] = [];
  readonly #known = new Map<string, number>();

  /** The status that stands for a failure. */
  statusOf(fault: Failure): number {
    const key = keyOf(fault);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.list.length >= MAX_PLACED && fault.line !== undefined) {
      const { line: _line, period: _period, ...placeless } = fault;
      return this.statusOf(placeless);
    }
    const status = FIRST_FAILURE + this.list.length;
    this.list.push(fault);
    this.#known.set(key, status);
    return status;
  }

  /** The failure of a status. */
  of(status: number): Failure {
    return this.list[status - FIRST_FAILURE] as Failure;
  }
}

/** Failures beyond these are told without their place; 16 bits hold 65,536, and codes with reasons are few. */
const MAX_PLACED = 65_000;

function keyOf({ code, reason, args, line, period }: Failure): string {
  // how far an iteration was off differs from sample to sample
  const { change: _, ...told } = args;
  return `${code} ${reason} ${line ?? ''} ${period ?? ''} ${JSON.stringify(told)}`;
}

/** Where failures of the cell that is being calculated go. */
export interface Faults {
  readonly failures: FailureList;
  line: string;
  period: number;
}

/** The value of one lane. */
export function valueIn(lanes: Lanes, lane: number, failures: FailureList): Value {
  const at = lane & lanes.mask;
  const status = lanes.status[at] as number;
  if (status === HAS_NUMBER) return lanes.values[at] as number;
  return status === IS_MISSING ? MISSING : failures.of(status);
}

/** Writes the value of one lane; a failure that has no place begins here. */
export function write(out: Lanes, lane: number, value: Value, faults: Faults): void {
  if (typeof value === 'number') {
    out.values[lane] = value;
    out.status[lane] = HAS_NUMBER;
    return;
  }
  out.isClean = false;
  out.values[lane] = 0;
  out.status[lane] = isFailure(value)
    ? faults.failures.statusOf(placedAt(value, faults.line, faults.period))
    : IS_MISSING;
}

/** Prepares an output for lanes of its own, or for one that is shared; gives how many are to be written. */
export function open(out: Lanes, mask: 0 | -1, count: number): number {
  out.mask = mask;
  out.isClean = true;
  return mask === 0 ? 1 : count;
}

/** Fills an output with one value that all lanes share. */
export function share(out: Lanes, value: Value, faults: Faults): Lanes {
  open(out, 0, 1);
  write(out, 0, value, faults);
  return out;
}

/** Copies lanes. */
export function copy(from: Lanes, out: Lanes, count: number): Lanes {
  const length = open(out, from.mask, count);
  out.values.set(length === from.values.length ? from.values : from.values.subarray(0, length));
  if (from.isClean) out.status.fill(HAS_NUMBER, 0, length);
  else out.status.set(length === from.status.length ? from.status : from.status.subarray(0, length));
  out.isClean = from.isClean;
  return out;
}

/** Gives every lane a value of its own where all share one. */
export function spread(lanes: Lanes, count: number): void {
  if (lanes.mask !== 0) return;
  lanes.values.fill(lanes.values[0] as number, 0, count);
  lanes.status.fill(lanes.status[0] as number, 0, count);
  lanes.mask = -1;
}

/** Applies an operator lane by lane. */
export function combine(
  operator: BinaryOperator,
  left: Lanes,
  right: Lanes,
  out: Lanes,
  count: number,
  faults: Faults,
): Lanes {
  const length = open(out, left.mask === 0 ? right.mask : -1, count);
  if (!left.isClean || !right.isClean) return combineUnclean(operator, left, right, out, length, faults);
  combineNumbers(operator, left, right, out.values, length);
  out.status.fill(HAS_NUMBER, 0, length);
  if (!FINITE_OPERATORS.has(operator)) repair(operator, left, right, out, length, faults);
  return out;
}

/** Operators that make a number of any two numbers. */
const FINITE_OPERATORS: ReadonlySet<BinaryOperator> = new Set([
  '<',
  '<=',
  '==',
  '!=',
  '>=',
  '>',
  'and',
  'or',
]);

/** Calculates lanes again that are no ordinary number. */
function repair(
  operator: BinaryOperator,
  left: Lanes,
  right: Lanes,
  out: Lanes,
  length: number,
  faults: Faults,
): void {
  const { values } = out;
  for (let lane = 0; lane < length; lane += 1) {
    const value = values[lane] as number;
    // only an infinity or no number at all differs from itself here
    if (value - value === 0) continue;
    const a = left.values[lane & left.mask] as number;
    const b = right.values[lane & right.mask] as number;
    write(out, lane, calculate(operator, a, b), faults);
  }
}

function combineUnclean(
  operator: BinaryOperator,
  left: Lanes,
  right: Lanes,
  out: Lanes,
  length: number,
  faults: Faults,
): Lanes {
  for (let lane = 0; lane < length; lane += 1) {
    const at = lane & left.mask;
    const from = lane & right.mask;
    const leftStatus = left.status[at] as number;
    const rightStatus = right.status[from] as number;
    if (leftStatus === HAS_NUMBER && rightStatus === HAS_NUMBER) {
      write(out, lane, calculate(operator, left.values[at] as number, right.values[from] as number), faults);
      continue;
    }
    // a failure travels before a missing value does; the left one first
    out.status[lane] =
      leftStatus >= FIRST_FAILURE ? leftStatus : rightStatus >= FIRST_FAILURE ? rightStatus : IS_MISSING;
    out.values[lane] = 0;
    out.isClean = false;
  }
  return out;
}

/** One loop an operator, so that each is a plain loop to the compiler of the browser. */
function combineNumbers(
  operator: BinaryOperator,
  left: Lanes,
  right: Lanes,
  out: Float64Array,
  length: number,
): void {
  const [a, b] = [left.values, right.values];
  const [am, bm] = [left.mask, right.mask];
  switch (operator) {
    case '+':
      for (let i = 0; i < length; i += 1) out[i] = a[i & am]! + b[i & bm]!;
      return;
    case '-':
      for (let i = 0; i < length; i += 1) out[i] = a[i & am]! - b[i & bm]!;
      return;
    case '*':
      for (let i = 0; i < length; i += 1) out[i] = a[i & am]! * b[i & bm]!;
      return;
    case '/':
      for (let i = 0; i < length; i += 1) out[i] = a[i & am]! / b[i & bm]!;
      return;
    case '^':
      for (let i = 0; i < length; i += 1) {
        const base = a[i & am]!;
        const exponent = b[i & bm]!;
        // 0 to the 0 is 1 to the machine and undefined to us; a power has no negative zero
        out[i] = base === 0 && exponent === 0 ? NaN : powerOf(base, exponent) + 0;
      }
      return;
    case '<':
      for (let i = 0; i < length; i += 1) out[i] = a[i & am]! < b[i & bm]! ? 1 : 0;
      return;
    case '<=':
      for (let i = 0; i < length; i += 1) out[i] = a[i & am]! <= b[i & bm]! ? 1 : 0;
      return;
    case '==':
      for (let i = 0; i < length; i += 1) out[i] = a[i & am]! === b[i & bm]! ? 1 : 0;
      return;
    case '!=':
      for (let i = 0; i < length; i += 1) out[i] = a[i & am]! !== b[i & bm]! ? 1 : 0;
      return;
    case '>=':
      for (let i = 0; i < length; i += 1) out[i] = a[i & am]! >= b[i & bm]! ? 1 : 0;
      return;
    case '>':
      for (let i = 0; i < length; i += 1) out[i] = a[i & am]! > b[i & bm]! ? 1 : 0;
      return;
    case 'and':
      for (let i = 0; i < length; i += 1) out[i] = a[i & am]! !== 0 && b[i & bm]! !== 0 ? 1 : 0;
      return;
    case 'or':
      for (let i = 0; i < length; i += 1) out[i] = a[i & am]! !== 0 || b[i & bm]! !== 0 ? 1 : 0;
      return;
  }
}

/** Changes every number; what is missing or failed stays so. */
export function change(of: Lanes, out: Lanes, count: number, to: (value: number) => number): Lanes {
  const length = open(out, of.mask, count);
  const [from, values] = [of.values, out.values];
  for (let lane = 0; lane < length; lane += 1) values[lane] = to(from[lane] as number);
  if (of.isClean) out.status.fill(HAS_NUMBER, 0, length);
  else out.status.set(of.status.subarray(0, length));
  out.isClean = of.isClean;
  return out;
}

/** 1 where there is no value, else 0; a failure is a value that is there. */
export function blanks(of: Lanes, out: Lanes, count: number): Lanes {
  const length = open(out, of.mask, count);
  for (let lane = 0; lane < length; lane += 1) out.values[lane] = of.status[lane] === IS_MISSING ? 1 : 0;
  out.status.fill(HAS_NUMBER, 0, length);
  return out;
}

/** Takes each lane from one of two sides; a test that is no number is the result itself. */
export function choose(test: Lanes, then: Lanes, otherwise: Lanes, out: Lanes, count: number): Lanes {
  const length = open(out, -1, count);
  for (let lane = 0; lane < length; lane += 1) {
    const at = lane & test.mask;
    const side = test.status[at] !== HAS_NUMBER ? test : test.values[at] === 0 ? otherwise : then;
    take(side, lane, out);
  }
  return out;
}

/** Takes each lane from the attempt, or where that failed from what is to stand instead. */
export function rescue(attempt: Lanes, instead: Lanes, out: Lanes, count: number): Lanes {
  const length = open(out, attempt.mask === 0 ? instead.mask : -1, count);
  for (let lane = 0; lane < length; lane += 1) {
    take((attempt.status[lane & attempt.mask] as number) >= FIRST_FAILURE ? instead : attempt, lane, out);
  }
  return out;
}

/** Takes what has failed from the first, everything else from the second. */
export function keepFailures(failed: Lanes, other: Lanes, out: Lanes, count: number): Lanes {
  const length = open(out, failed.mask === 0 ? other.mask : -1, count);
  for (let lane = 0; lane < length; lane += 1) {
    take((failed.status[lane & failed.mask] as number) >= FIRST_FAILURE ? failed : other, lane, out);
  }
  return out;
}

function take(side: Lanes, lane: number, out: Lanes): void {
  const from = lane & side.mask;
  const status = side.status[from] as number;
  out.values[lane] = side.values[from] as number;
  out.status[lane] = status;
  if (status !== HAS_NUMBER) out.isClean = false;
}

/** Tells whether some lane failed. */
export function hasFailure(lanes: Lanes, count: number): boolean {
  if (lanes.isClean) return false;
  const length = lanes.mask === 0 ? 1 : count;
  for (let lane = 0; lane < length; lane += 1)
    if ((lanes.status[lane] as number) >= FIRST_FAILURE) return true;
  return false;
}
