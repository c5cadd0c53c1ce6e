/** Runs a code on duals: every instruction as the reference evaluator has it, with the slopes of its result. */
import { failure, isFailure, isMissing, isNumber, type Value } from '#quantity';
import { assertNever, type Argument } from '#formula';
import { indexAt, type Block, type Code, type Instruction } from '../code/instruction.ts';
import { finite, prepareCall } from '../run/function-call.ts';
import { slopeByDifference } from './difference.ts';
import { combineDuals, fixed, type Note, type Dual } from './dual.ts';
import { weigh, type Slope } from './gradient.ts';
import { findRule } from './rules.ts';
import type { Partials } from './call.ts';

type Register = Dual | readonly Dual[];
type Call = Extract<Instruction, { op: 'call' }>;

/** What a code reads. */
export interface DualReader {
  readonly read: (line: number, index: number) => Dual;
  readonly periodAt: (index: number) => number;
}

/** Evaluates a code at an index. */
export function evaluateDual(code: Code, now: number, reader: DualReader, note: Note): Dual {
  const result = new CodeRun(now, reader, note).run(code);
  const value = finite(result.value);
  return value === result.value ? result : fixed(value);
}

class CodeRun {
  readonly #now: number;
  readonly #reader: DualReader;
  readonly #note: Note;
  readonly #registers: Register[] = [];

  constructor(now: number, reader: DualReader, note: Note) {
    this.#now = now;
    this.#reader = reader;
    this.#note = note;
  }

  run(block: Block): Dual {
    for (const instruction of block.instructions)
      this.#registers[instruction.to] = this.#execute(instruction);
    return this.#dual(block.result);
  }

  #dual(register: number): Dual {
    const held = this.#registers[register] as Register;
    if (Array.isArray(held)) throw new Error('a list where a value belongs');
    return held as Dual;
  }

  #execute(one: Instruction): Register {
    switch (one.op) {
      case 'value':
        return fixed(one.value);
      case 'load':
        return this.#reader.read(one.line, indexAt(one.at, this.#now));
      case 'span': {
        const duals: Dual[] = [];
        for (let index = indexAt(one.first, this.#now); index <= indexAt(one.last, this.#now); index += 1) {
          duals.push(this.#reader.read(one.line, index));
        }
        return duals;
      }
      case 'list':
        return one.items.map((item) => this.#dual(item));
      case 'period':
        return fixed(this.#reader.periodAt(indexAt(one.at, this.#now)));
      case 'negate':
        return scaled(this.#dual(one.of), (value) => 0 - value, -1);
      case 'not': {
        const of = this.#dual(one.of);
        if (of.value === 0) this.#note('kink', of.slope, null);
        return isNumber(of.value) ? fixed(of.value === 0 ? 1 : 0) : of;
      }
      case 'scale': {
        const { by } = one;
        const scale = (of: Dual) => scaled(of, (value) => (by >= 1 ? value * by : value / (1 / by)), by);
        const held = this.#registers[one.of] as Register;
        return isList(held) ? held.map(scale) : scale(held);
      }
      case 'isBlank':
        return fixed(isMissing(this.#dual(one.of).value) ? 1 : 0);
      case 'binary':
        return combineDuals(one.operator, this.#dual(one.left), this.#dual(one.right), this.#note);
      case 'call':
        return this.#call(one);
      case 'branch': {
        const test = this.#dual(one.test);
        if (!isNumber(test.value)) return test;
        // a test of a plain number turns over at 0
        if (test.value === 0) this.#note('kink', test.slope, null);
        return this.run(test.value === 0 ? one.otherwise : one.then);
      }
      case 'rescue': {
        const attempt = this.run(one.attempt);
        return isFailure(attempt.value) ? this.run(one.instead) : attempt;
      }
      case 'fail':
        return fixed(failure(one.code, one.reason));
      default:
        return assertNever(one);
    }
  }

  #call({ spec, args: registers, takes }: Call): Dual {
    const held = registers.map((register) =>
      register === undefined ? undefined : (this.#registers[register] as Register),
    );
    const place = { period: this.#reader.periodAt(this.#now) };
    const call = prepareCall(
      spec,
      takes,
      held.map((one) => (one === undefined ? undefined : valuesOf(one))),
    );
    if ('value' in call) return fixed(call.value);
    const value = finite(spec.compute(call.args, place));
    const slopes = slopesLike(held, takes);
    if (!isNumber(value) || slopes.flat().every((slope) => slope === null)) return fixed(value);
    const note = (what: 'kink' | 'step', argument: number, items?: readonly number[]) => {
      const of = slopes[argument] ?? [];
      if (items === undefined) for (const slope of of) this.#note(what, slope, null);
      else
        for (const item of items.slice(1)) this.#note(what, of[item] ?? null, of[items[0] as number] ?? null);
    };
    const partials =
      findRule(spec.name)?.({ spec, args: call.args, value, place, note }) ??
      partialsByDifference(call.args, slopes, (args) => spec.compute(args, place));
    const parts = slopes.flatMap((of, argument) => {
      const partial = partials[argument];
      return of.map(
        (slope, item) =>
          [
            (Array.isArray(partial)
              ? (partial as readonly number[])[item]
              : (partial as number | undefined)) ?? 0,
            slope,
          ] as const,
      );
    });
    return { value, slope: weigh(parts) };
  }
}

function scaled(of: Dual, change: (value: number) => number, weight: number): Dual {
  return isNumber(of.value) ? { value: change(of.value), slope: weigh([[weight, of.slope]]) } : of;
}

function isList(register: Register): register is readonly Dual[] {
  return Array.isArray(register);
}

function valuesOf(register: Register): Argument {
  return isList(register) ? register.map(({ value }) => value) : register.value;
}

/** Slopes in the shape of the arguments of `compute`: each a list of one, or as many as the argument has items. */
function slopesLike(
  held: readonly (Register | undefined)[],
  takes: readonly (string | undefined)[],
): Slope[][] {
  const slopes: Slope[][] = [];
  const gathered: Slope[] = [];
  for (const [index, one] of held.entries()) {
    const own = one === undefined ? [] : isList(one) ? one.map(({ slope }) => slope) : [one.slope];
    if (takes[index] === 'values') gathered.push(...own);
    else slopes.push(own);
  }
  return takes.includes('values') ? [...slopes, gathered] : slopes;
}

/** Differences by every argument that has a slope. */
function partialsByDifference(
  args: readonly (Argument | undefined)[],
  slopes: readonly (readonly Slope[])[],
  compute: (args: readonly (Argument | undefined)[]) => Value,
): Partials {
  return slopes.map((of, argument) =>
    of.map((slope, item) => {
      const arg = args[argument];
      const x = Array.isArray(arg) ? (arg as readonly Value[])[item] : arg;
      if (slope === null || typeof x !== 'number') return 0;
      return slopeByDifference((moved) => {
        const changed = Array.isArray(arg) ? (arg as readonly Value[]).with(item, moved) : moved;
        const value = compute(args.with(argument, changed));
        return isNumber(value) ? value : NaN;
      }, x);
    }),
  );
}
