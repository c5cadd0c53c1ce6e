/**
 * The reference evaluator: what every instruction means, missing and failure included. Plain and obvious on purpose;
 * it is the specification that any faster evaluator is held to.
 */
import { MISSING, failure, isFailure, isMissing, isNumber, type Value } from '#quantity';
import { assertNever, raise, type Argument, type BinaryOperator } from '#formula';
import { indexAt, type Block, type Code, type Instruction } from '../code/instruction.ts';
import { callWith, finite } from './function-call.ts';

/** What an evaluation reads. */
export interface Reader {
  /** The value of a line (by number) at an index into the periods; missing outside of them. */
  read(line: number, index: number): Value;
  /** Calendar number of the period at an index. */
  periodAt(index: number): number;
}

/** Evaluates a code for the period at index `now`. */
export function evaluate(code: Code, now: number, reader: Reader): Value {
  return finite(run(code, REGISTERS, now, reader));
}

/** One set serves all evaluations: none begins within another, and a register is written before it is read. */
const REGISTERS: Argument[] = [];

function run(block: Block, registers: Argument[], now: number, reader: Reader): Value {
  for (const instruction of block.instructions) {
    registers[instruction.to] = execute(instruction, registers, now, reader);
  }
  return valueIn(registers, block.result);
}

function valueIn(registers: readonly Argument[], register: number): Value {
  const held = registers[register];
  if (held === undefined || Array.isArray(held)) throw new Error('a list where a value belongs');
  return held as Value;
}

function execute(one: Instruction, registers: Argument[], now: number, reader: Reader): Argument {
  // the frequent ones first
  switch (one.op) {
    case 'load':
      return reader.read(one.line, indexAt(one.at, now));
    case 'binary':
      return calculate(one.operator, valueIn(registers, one.left), valueIn(registers, one.right));
    case 'value':
      return one.value;
    case 'call': {
      const values: (Argument | undefined)[] = [];
      for (const register of one.args) values.push(register === undefined ? undefined : registers[register]);
      return callWith(one.spec, one.takes, values, { period: reader.periodAt(now) });
    }
    case 'span': {
      const values: Value[] = [];
      for (let index = indexAt(one.first, now); index <= indexAt(one.last, now); index += 1) {
        values.push(reader.read(one.line, index));
      }
      return values;
    }
    case 'list':
      return one.items.map((item) => valueIn(registers, item));
    case 'period':
      return reader.periodAt(indexAt(one.at, now));
    case 'negate':
      return withNumber(valueIn(registers, one.of), (value) => 0 - value);
    case 'not':
      return withNumber(valueIn(registers, one.of), (value) => (value === 0 ? 1 : 0));
    case 'scale': {
      const held = registers[one.of] as Argument;
      return Array.isArray(held)
        ? held.map((item: Value) => scaled(item, one.by))
        : scaled(held as Value, one.by);
    }
    case 'isBlank':
      return isMissing(valueIn(registers, one.of)) ? 1 : 0;
    case 'branch': {
      const test = valueIn(registers, one.test);
      if (!isNumber(test)) return test;
      return run(test === 0 ? one.otherwise : one.then, registers, now, reader);
    }
    case 'rescue': {
      const attempt = run(one.attempt, registers, now, reader);
      return isFailure(attempt) ? run(one.instead, registers, now, reader) : attempt;
    }
    case 'fail':
      return failure(one.code, one.reason);
    default:
      return assertNever(one);
  }
}

function withNumber(value: Value, change: (value: number) => number): Value {
  return isNumber(value) ? change(value) : value;
}

/** Dividing by the whole power of ten is exact where multiplying by its fraction is not. */
function scaled(value: Value, by: number): Value {
  return withNumber(value, (number) => (by >= 1 ? number * by : number / (1 / by)));
}

/** A failure travels before a missing value does; the left one first. */
export function calculate(operator: BinaryOperator, left: Value, right: Value): Value {
  if (isNumber(left) && isNumber(right)) return operate(operator, left, right);
  if (isFailure(left)) return left;
  return isFailure(right) ? right : MISSING;
}

function operate(operator: BinaryOperator, left: number, right: number): Value {
  switch (operator) {
    case '+':
      return finite(left + right);
    case '-':
      return finite(left - right);
    case '*':
      return finite(left * right);
    case '/':
      return right === 0 ? failure('#DIV/0!', 'divide_by_zero') : finite(left / right);
    case '^':
      return raise(left, right);
    case '<':
      return left < right ? 1 : 0;
    case '<=':
      return left <= right ? 1 : 0;
    case '==':
      return left === right ? 1 : 0;
    case '!=':
      return left !== right ? 1 : 0;
    case '>=':
      return left >= right ? 1 : 0;
    case '>':
      return left > right ? 1 : 0;
    case 'and':
      return left !== 0 && right !== 0 ? 1 : 0;
    case 'or':
      return left !== 0 || right !== 0 ? 1 : 0;
    default:
      return assertNever(operator);
  }
}
