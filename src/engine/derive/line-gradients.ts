/**
 * Gradients of cells of one line in many periods at once, from values that are known already: through the code as it is
 * evaluated, and back with what every register is worth to the result.
 *
 * Whatever is out of the ordinary in a period is left to `evaluateDual`, which has the last word: what is missing or failed,
 * a point where slopes may have two sides, a function whose slopes are found by differences.
 */
import { isNumber } from '#quantity';
import type { BinaryOperator } from '#formula';
import { indexAt, type At, type Block, type Instruction } from '../code/instruction.ts';
import { calculate } from '../run/reference.ts';
import { powerSlopes } from './dual.ts';
import { callInLanes } from './lane-call.ts';
import { Lanes, type Mask } from './lanes.ts';
import type { Tape } from './tape.ts';
import type { Reach, ReachedCell } from '../batch/reach.ts';

/** A span with more items is left to the other evaluation. */
const MANY = 64;

/** Finds the gradients of the cells of one line after another. */
export class LineGradients {
  readonly #reach: Reach;
  readonly #numbers: readonly number[];
  readonly #tape: Tape;
  /** The numbers of a line by index; NaN where a cell has none. */
  readonly #rowOf: (line: number) => Float64Array;
  readonly #lanes: Lanes;
  readonly #lists: (readonly number[] | undefined)[] = [];
  #first = 0;

  constructor(reach: Reach, numbers: readonly number[], tape: Tape, rowOf: (line: number) => Float64Array) {
    this.#reach = reach;
    this.#numbers = numbers;
    this.#tape = tape;
    this.#rowOf = rowOf;
    this.#lanes = new Lanes(reach.periods);
  }

  /** Finds those of cells that one code decides, in periods that follow each other. */
  find(cells: readonly ReachedCell[]): void {
    const [first] = cells;
    if (first?.origin.kind !== 'code') throw new Error('no code decides these cells');
    const { code } = first.origin;
    this.#first = first.index;
    this.#lanes.begin(cells.length, code.registers);
    this.#lanes.goBack(this.#transformed(first, this.#run(code, undefined)));
  }

  /** Whether a cell is left to the other evaluation, by its place among those that were asked for. */
  isLeft(place: number): boolean {
    return this.#lanes.isLeft(place);
  }

  /** Writes the gradient of a cell, by its place. */
  write(place: number, { slot }: ReachedCell): void {
    this.#tape.open(slot);
    this.#lanes.write(place, this.#tape);
    this.#tape.close(slot);
  }

  /** What scenarios make of the result of the code. */
  #transformed({ transforms }: ReachedCell, held: number): number {
    const lanes = this.#lanes;
    let result = held;
    for (const { kind, amount } of transforms) {
      const by = lanes.another();
      lanes.fill(by, amount.kind === 'moved' ? (this.#numbers[amount.move] as number) : amount.by);
      if (amount.kind === 'moved') lanes.leaf(by).fill(this.#tape.inputOf(amount.move), 0, lanes.count);
      const to = lanes.another();
      this.#binary(to, kind === 'scale' ? '*' : '+', result, by, undefined);
      result = to;
    }
    return result;
  }

  #run({ instructions, result }: Block, mask: Mask): number {
    for (const one of instructions) this.#execute(one, mask);
    return result;
  }

  #execute(one: Instruction, mask: Mask): void {
    const { to } = one;
    this.#lists[to] = undefined;
    switch (one.op) {
      case 'load':
        return this.#load(to, one.line, one.at, mask);
      case 'binary':
        return this.#binary(to, one.operator, one.left, one.right, mask);
      case 'value':
        return this.#value(to, isNumber(one.value) ? one.value : NaN, mask);
      case 'call':
        return callInLanes(this.#lanes, this.#lists, one, mask, (lane) =>
          this.#reach.periodAt(this.#first + lane),
        );
      case 'branch':
        return this.#branch(one, mask);
      case 'span':
        this.#lists[to] = this.#span(one, mask);
        return;
      case 'list':
        this.#lists[to] = one.items;
        return;
      case 'negate':
        return this.#scaled(to, one.of, -1, (value) => 0 - value);
      case 'scale':
        return this.#scale(one);
      case 'period':
        return this.#each(to, (lane) => this.#reach.periodAt(indexAt(one.at, this.#first + lane)));
      case 'isBlank':
        // what is missing has been left where it was read
        return this.#value(to, 0, mask);
      case 'not':
        return this.#not(to, one.of, mask);
      case 'rescue':
        // where the attempt fails the cell is left
        return this.#scaled(to, this.#run(one.attempt, mask), 1, (value) => value);
      case 'fail':
        return this.#value(to, NaN, mask);
    }
  }

  #value(to: number, value: number, mask: Mask): void {
    this.#lanes.fill(to, value);
    this.#lanes.check(to, mask);
  }

  #each(to: number, valueAt: (lane: number) => number): void {
    const values = this.#lanes.room(to);
    for (let lane = 0; lane < this.#lanes.count; lane += 1) values[lane] = valueAt(lane);
  }

  #load(to: number, line: number, at: At, mask: Mask): void {
    const lanes = this.#lanes;
    const values = lanes.room(to);
    const row = this.#rowOf(line);
    let inputs: Int32Array | undefined;
    for (let lane = 0; lane < lanes.count; lane += 1) {
      const index = indexAt(at, this.#first + lane);
      values[lane] = row[index] ?? NaN;
      const slot = this.#reach.slotAt(line, index);
      if (slot === -1) continue;
      inputs ??= lanes.leaf(to);
      inputs[lane] = slot;
    }
    lanes.check(to, mask);
  }

  /** The items of a span that is as long in every period. */
  #span({ line, first, last }: Extract<Instruction, { op: 'span' }>, mask: Mask): readonly number[] {
    const length = indexAt(last, 0) - indexAt(first, 0) + 1;
    if (first.kind !== last.kind || length > MANY) {
      this.#lanes.leaveWhere(() => true, mask);
      return [];
    }
    return Array.from({ length: Math.max(0, length) }, (_, item) => {
      const register = this.#lanes.another();
      const at: At =
        first.kind === 'lag'
          ? { kind: 'lag', by: first.by + item }
          : { kind: 'index', index: first.index + item };
      this.#load(register, line, at, mask);
      return register;
    });
  }

  #scale({ to, of, by }: Extract<Instruction, { op: 'scale' }>): void {
    const change = (value: number) => (by >= 1 ? value * by : value / (1 / by));
    const items = this.#lists[of];
    if (!items) return this.#scaled(to, of, by, change);
    this.#lists[to] = items.map((item) => {
      const register = this.#lanes.another();
      this.#scaled(register, item, by, change);
      return register;
    });
  }

  #scaled(to: number, from: number, by: number, change: (value: number) => number): void {
    const of = this.#lanes.of(from);
    this.#each(to, (lane) => change(of[lane] as number));
    if (this.#lanes.moves(from)) this.#lanes.step(to, (worth) => this.#lanes.pass(worth, from, by));
  }

  #not(to: number, of: number, mask: Mask): void {
    const values = this.#lanes.of(of);
    const isMoving = this.#lanes.moves(of);
    this.#each(to, (lane) => {
      if (values[lane] !== 0) return 0;
      if (isMoving) this.#lanes.leave(lane, mask);
      return 1;
    });
  }

  #branch({ to, test, then, otherwise }: Extract<Instruction, { op: 'branch' }>, mask: Mask): void {
    const lanes = this.#lanes;
    const tests = lanes.of(test);
    const sides = [
      { block: then, taken: new Uint8Array(lanes.count) },
      { block: otherwise, taken: new Uint8Array(lanes.count) },
    ] as const;
    for (let lane = 0; lane < lanes.count; lane += 1) {
      if (mask && mask[lane] === 0) continue;
      // a test of a plain number turns over at 0
      if (tests[lane] === 0 && lanes.moves(test)) lanes.leave(lane, mask);
      sides[tests[lane] === 0 ? 1 : 0].taken[lane] = 1;
    }
    const values = lanes.room(to);
    for (const { block, taken } of sides) {
      if (!taken.includes(1)) continue;
      const from = this.#run(block, taken);
      const of = lanes.of(from);
      for (let lane = 0; lane < lanes.count; lane += 1)
        if (taken[lane] === 1) values[lane] = of[lane] as number;
      const weights = Float64Array.from(taken);
      if (lanes.moves(from)) lanes.step(to, (worth) => lanes.pass(worth, from, weights));
    }
  }

  #binary(to: number, operator: BinaryOperator, left: number, right: number, mask: Mask): void {
    const lanes = this.#lanes;
    const values = lanes.room(to);
    const [a, b] = [lanes.of(left), lanes.of(right)];
    for (let lane = 0; lane < lanes.count; lane += 1)
      values[lane] = numberOf(operator, a[lane] as number, b[lane] as number);
    lanes.check(to, mask);
    if (!lanes.moves(left) && !lanes.moves(right)) return;
    switch (operator) {
      case '+':
      case '-':
        return lanes.step(to, (worth) => {
          lanes.pass(worth, left, 1);
          lanes.pass(worth, right, operator === '+' ? 1 : -1);
        });
      case '*':
        return lanes.step(to, (worth) => {
          lanes.pass(worth, left, b);
          lanes.pass(worth, right, a);
        });
      case '/':
        return lanes.step(to, (worth) => {
          lanes.pass(
            worth,
            left,
            b.map((by) => 1 / by),
          );
          if (lanes.moves(right))
            lanes.pass(
              worth,
              right,
              values.map((value, lane) => -value / (b[lane] as number)),
            );
        });
      case '^':
        return lanes.step(to, (worth) => {
          const slopes = Array.from({ length: lanes.count }, (_, lane) =>
            powerSlopes(a[lane] as number, b[lane] as number, values[lane] as number),
          );
          lanes.pass(
            worth,
            left,
            Float64Array.from(slopes, ([byBase]) => byBase),
          );
          lanes.pass(
            worth,
            right,
            Float64Array.from(slopes, ([, byExponent]) => byExponent),
          );
        });
      case 'and':
      case 'or':
        return lanes.leaveWhere((lane) => a[lane] === 0 || b[lane] === 0, mask);
      default:
        // a comparison is flat but where both sides meet
        return lanes.leaveWhere((lane) => a[lane] === b[lane], mask);
    }
  }
}

/** An operator on numbers; NaN where it has no number. */
function numberOf(operator: BinaryOperator, left: number, right: number): number {
  // the frequent ones without a detour
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default: {
      const value = calculate(operator, left, right);
      return isNumber(value) ? value : NaN;
    }
  }
}
