/**
 * From code to arithmetic that never looks at its operands: the fast half of the evaluator.
 *
 * What comes out is a number only if the reference evaluator gives that same number, to the bit. Whenever it would have
 * to look (a missing value, a failure, a division by zero, an overflow, a decimal rounding that hangs on the last digit)
 * the result is NaN or infinite instead, and the caller asks the reference evaluator about that cell. NaN and infinity
 * travel through arithmetic by themselves; where they would be lost (a comparison, a divisor, a minimum) a guard keeps them.
 */
import { isNumber } from '#quantity';
import { assertNever, type BinaryOperator } from '#formula';
import type { At, Block, Code, Instruction, Register } from '../code/instruction.ts';
import type { FormulaArithmetic } from './arithmetic.ts';
import { emitCall } from './functions.ts';
import {
  ALWAYS,
  MAY_BE_INFINITE,
  MAY_BE_NONE,
  worst,
  type Operand,
  type Operands,
  type Stretch,
} from './operand.ts';

/** Where the values come from that a code reads. */
export interface Source<V> {
  /** A cell: its number, or NaN where it has none. */
  load(line: number, at: At): Operand<V>;
  /** 1 where a cell is missing, else 0, and NaN where that is not known; asked about cells alone. */
  isBlank(line: number, at: At): Operand<V>;
  /** A number of the formula that differs between those that run as one function; undefined where it is the same for all. */
  parameter?(register: Register): Operand<V> | undefined;
  /** The calendar number of a period. */
  period(at: At): Operand<V>;
  /** The cells from one place to another; undefined where they cannot be read. */
  span(line: number, first: At, last: At): readonly Operand<V>[] | Stretch<V> | undefined;
}

/** Thrown inside: something has no fast form, and the whole formula is left to the reference evaluator. */
class NoFastForm extends Error {
  /** The function or the reading that is in the way. */
  readonly subject: string;

  constructor(subject: string) {
    super(`no fast form: ${subject}`);
    this.subject = subject;
  }
}

/** Emits a formula; undefined where the reference evaluator has to do it, and then `tell` is told what is in the way. */
export function emitFormula<V, M>(
  code: Code,
  arithmetic: FormulaArithmetic<V, M>,
  source: Source<V>,
  tell?: (subject: string) => void,
): Operand<V> | undefined {
  try {
    return new Emission(arithmetic, source).run(code);
  } catch (error) {
    if (!(error instanceof NoFastForm)) throw error;
    tell?.(error.subject);
    return undefined;
  }
}

/** What holds or does not, and the operands on which that hangs. */
interface Truth<V, M> {
  readonly mask: M;
  readonly of: readonly Operand<V>[];
}

class Emission<V, M> {
  readonly #to: FormulaArithmetic<V, M>;
  readonly #source: Source<V>;
  readonly #registers: Operands<V>[] = [];
  readonly #loads = new Map<Register, { readonly line: number; readonly at: At }>();
  /** Of operands that are 1 or 0 what makes them so: a choice needs no number. */
  readonly #truths = new WeakMap<Operand<V>, Truth<V, M>>();

  constructor(arithmetic: FormulaArithmetic<V, M>, source: Source<V>) {
    this.#to = arithmetic;
    this.#source = source;
  }

  run(block: Block): Operand<V> {
    for (const one of block.instructions) this.#registers[one.to] = this.#execute(one);
    return this.#one(block.result);
  }

  #one(register: Register): Operand<V> {
    const held = this.#registers[register];
    if (held === undefined || Array.isArray(held) || 'sum' in held)
      throw new Error('a list where a value belongs');
    return held as Operand<V>;
  }

  #execute(one: Instruction): Operands<V> {
    const to = this.#to;
    switch (one.op) {
      case 'value':
        if (!isNumber(one.value)) return this.#none();
        return this.#source.parameter?.(one.to) ?? this.#constant(one.value);
      case 'load':
        this.#loads.set(one.to, one);
        return this.#source.load(one.line, one.at);
      case 'span': {
        const cells = this.#source.span(one.line, one.first, one.last);
        if (!cells) throw new NoFastForm('range');
        return cells;
      }
      case 'list':
        return one.items.map((item) => this.#one(item));
      case 'period':
        return this.#source.period(one.at);
      case 'negate': {
        const of = this.#one(one.of);
        return of.constant === undefined
          ? { value: to.subtract(to.constant(0), of.value), care: of.care }
          : this.#constant(0 - of.constant);
      }
      case 'not': {
        const { mask, of } = this.#truthOf(this.#one(one.of));
        return this.#compared(to.not(mask), of);
      }
      case 'isBlank': {
        const load = this.#loads.get(one.of);
        if (load) return this.#source.isBlank(load.line, load.at);
        // a value that was calculated is there, unless it is out of the ordinary
        return this.#kept(to.constant(0), this.#one(one.of));
      }
      case 'scale': {
        const held = this.#registers[one.of] as Operands<V>;
        // a sum of what is scaled is not the scaled sum, to the bit
        if ('sum' in held) throw new NoFastForm('range in another unit');
        return Array.isArray(held)
          ? (held as readonly Operand<V>[]).map((item) => this.#scaled(item, one.by))
          : this.#scaled(held as Operand<V>, one.by);
      }
      case 'binary':
        return this.#binary(one.operator, this.#one(one.left), this.#one(one.right));
      case 'call': {
        const args = one.args.map((register) =>
          register === undefined ? undefined : (this.#registers[register] as Operands<V>),
        );
        const result = emitCall(one.spec.name, args, to, this);
        if (!result) throw new NoFastForm(one.spec.name);
        return result;
      }
      case 'branch': {
        const test = this.#one(one.test);
        const then = this.run(one.then);
        const otherwise = this.run(one.otherwise);
        const { mask, of } = this.#truthOf(test);
        const { value } = this.#kept(to.select(mask, then.value, otherwise.value), ...of);
        return { value, care: worst(then.care, otherwise.care, test.care === ALWAYS ? ALWAYS : MAY_BE_NONE) };
      }
      case 'rescue':
        // an attempt that is no number may be missing or have failed, which are told apart by the reference alone
        return this.run(one.attempt);
      case 'fail':
        return this.#none();
      default:
        return assertNever(one);
    }
  }

  #scaled(of: Operand<V>, by: number): Operand<V> {
    const to = this.#to;
    const value = by >= 1 ? to.multiply(of.value, to.constant(by)) : to.divide(of.value, to.constant(1 / by));
    // what is missing stays so: a list passes over it
    return { value, care: MAY_BE_INFINITE, ...(of.isMissing && { isMissing: true as const }) };
  }

  #binary(operator: BinaryOperator, left: Operand<V>, right: Operand<V>): Operand<V> {
    const to = this.#to;
    const known = knownResult(operator, left.constant, right.constant);
    if (known !== undefined) return this.#constant(known);
    const [a, b] = [left.value, right.value];
    switch (operator) {
      case '+':
        return { value: to.add(a, b), care: MAY_BE_INFINITE };
      case '-':
        return { value: to.subtract(a, b), care: MAY_BE_INFINITE };
      case '*':
        return { value: to.multiply(a, b), care: MAY_BE_INFINITE };
      case '/':
        return { value: to.divide(a, this.careful(right)), care: MAY_BE_INFINITE };
      case '^': {
        const result = emitCall('POWER', [left, right], to, this);
        if (!result) throw new NoFastForm('^');
        return result;
      }
      case '<':
        return this.#compared(to.less(a, b), [left, right]);
      case '<=':
        return this.#compared(to.lessOrEqual(a, b), [left, right]);
      case '==':
        return this.#compared(to.equal(a, b), [left, right]);
      case '!=':
        return this.#compared(to.not(to.equal(a, b)), [left, right]);
      case '>=':
        return this.#compared(to.lessOrEqual(b, a), [left, right]);
      case '>':
        return this.#compared(to.less(b, a), [left, right]);
      case 'and':
      case 'or': {
        const [one, other] = [this.#truthOf(left), this.#truthOf(right)];
        const join = operator === 'and' ? to.both : to.either;
        return this.#compared(join(one.mask, other.mask), [...one.of, ...other.of]);
      }
      default:
        return assertNever(operator);
    }
  }

  #truthOf(one: Operand<V>): Truth<V, M> {
    const to = this.#to;
    return this.#truths.get(one) ?? { mask: to.not(to.equal(one.value, to.constant(0))), of: [one] };
  }

  #compared(mask: M, of: readonly Operand<V>[]): Operand<V> {
    const to = this.#to;
    const truth = this.#kept(to.select(mask, to.constant(1), to.constant(0)), ...of);
    this.#truths.set(truth, { mask, of });
    return truth;
  }

  #constant(value: number): Operand<V> {
    return { value: this.#to.constant(value), care: ALWAYS, constant: value };
  }

  #none(): Operand<V> {
    return { value: this.#to.constant(NaN), care: MAY_BE_NONE };
  }

  #kept(value: V, ...operands: readonly Operand<V>[]): Operand<V> {
    return {
      value: this.keep(value, operands),
      care: operands.some(({ care }) => care !== ALWAYS) ? MAY_BE_NONE : ALWAYS,
    };
  }

  // what functions need

  /**
   * The value, but NaN where one of the operands is out of the ordinary: x − x is 0 of any number, else NaN. It is taken
   * away and not added, since −0 + 0 has lost its sign.
   */
  keep(value: V, operands: readonly Operand<V>[]): V {
    return operands
      .filter(({ care }) => care !== ALWAYS)
      .reduce((so, { value: of }) => this.#to.subtract(so, this.#to.subtract(of, of)), value);
  }

  /** The operand, but NaN where it is infinite. */
  careful(of: Operand<V>): V {
    return of.care === MAY_BE_INFINITE
      ? this.#to.subtract(of.value, this.#to.subtract(of.value, of.value))
      : of.value;
  }

  period(): V {
    return this.#source.period({ kind: 'lag', by: 0 }).value;
  }

  /** A result that may be anything. */
  result(value: V): Operand<V> {
    return { value, care: MAY_BE_INFINITE };
  }
}

/** What arithmetic on two known numbers comes to; undefined where it is not known or out of the ordinary. */
function knownResult(
  operator: BinaryOperator,
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  const result = PLAIN_ARITHMETIC[operator]?.(left, right);
  return Number.isFinite(result) ? result : undefined;
}

const PLAIN_ARITHMETIC: Partial<Record<BinaryOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
};
