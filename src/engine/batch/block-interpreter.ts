/**
 * The block interpreter: runs a code for a block of samples at once, each register a row of lanes.
 *
 * Both sides of a branch are run when lanes differ, and each lane takes its own; nothing has an effect beside its result,
 * so a side that a lane does not take cannot be seen in it. Functions are called lane by lane, by their one definition.
 */
import { failure } from '#quantity';
import { assertNever, type Argument } from '#formula';
import { indexAt, type Block, type Code, type Instruction } from '../code/instruction.ts';
import { findKernel } from './lane-functions.ts';
import { callWith, finite } from '../run/function-call.ts';
import {
  blanks,
  change,
  choose,
  combine,
  copy,
  hasFailure,
  makeLanes,
  open,
  rescue,
  share,
  valueIn,
  write,
  type Faults,
  type Lanes,
} from './lane-values.ts';

type Register = Lanes | readonly Lanes[];
type Call = Extract<Instruction, { op: 'call' }>;

/** What a block reads. */
export interface LaneReader {
  lanesAt(line: number, index: number): Lanes;
  periodAt(index: number): number;
}

/** Runs codes for blocks of up to `size` samples. */
export class BlockInterpreter {
  readonly #size: number;
  readonly #reader: LaneReader;
  readonly #faults: Faults;
  /** Room for each register; what a register holds may lie elsewhere. */
  readonly #room: Lanes[] = [];
  readonly #registers: Register[] = [];
  #count = 0;
  #now = 0;

  constructor(size: number, reader: LaneReader, faults: Faults) {
    this.#size = size;
    this.#reader = reader;
    this.#faults = faults;
  }

  /** Evaluates a code at an index for `count` samples; the result may be a scratch register or another cell's lanes. */
  evaluate(code: Code, now: number, count: number): Lanes {
    this.#count = count;
    this.#now = now;
    while (this.#room.length < code.registers) this.#room.push(makeLanes(this.#size, true));
    return this.#finite(this.#run(code), code.result);
  }

  #run(block: Block): Lanes {
    for (const instruction of block.instructions)
      this.#registers[instruction.to] = this.#execute(instruction);
    return this.#lanes(block.result);
  }

  #lanes(register: number): Lanes {
    const held = this.#registers[register] as Register;
    if (Array.isArray(held)) throw new Error('a list where a value belongs');
    return held as Lanes;
  }

  #execute(one: Instruction): Register {
    const out = this.#room[one.to] as Lanes;
    const faults = this.#faults;
    const count = this.#count;
    switch (one.op) {
      case 'value':
        return share(out, one.value, faults);
      case 'load':
        return this.#reader.lanesAt(one.line, indexAt(one.at, this.#now));
      case 'span': {
        const values: Lanes[] = [];
        for (let index = indexAt(one.first, this.#now); index <= indexAt(one.last, this.#now); index += 1) {
          values.push(this.#reader.lanesAt(one.line, index));
        }
        return values;
      }
      case 'list':
        return one.items.map((item) => this.#lanes(item));
      case 'period':
        return share(out, this.#reader.periodAt(indexAt(one.at, this.#now)), faults);
      case 'negate':
        return change(this.#lanes(one.of), out, count, (value) => 0 - value);
      case 'not':
        return change(this.#lanes(one.of), out, count, (value) => (value === 0 ? 1 : 0));
      case 'scale': {
        const { by } = one;
        const divisor = 1 / by;
        const scaled = by >= 1 ? (value: number) => value * by : (value: number) => value / divisor;
        const held = this.#registers[one.of] as Register;
        return Array.isArray(held)
          ? (held as readonly Lanes[]).map((row) => change(row, makeLanes(this.#size, true), count, scaled))
          : change(held as Lanes, out, count, scaled);
      }
      case 'isBlank':
        return blanks(this.#lanes(one.of), out, count);
      case 'binary':
        return combine(one.operator, this.#lanes(one.left), this.#lanes(one.right), out, count, faults);
      case 'call':
        return this.#call(one, out);
      case 'branch':
        return this.#branch(one, out);
      case 'rescue': {
        const attempt = this.#run(one.attempt);
        return hasFailure(attempt, count) ? rescue(attempt, this.#run(one.instead), out, count) : attempt;
      }
      case 'fail':
        return share(out, failure(one.code, one.reason), faults);
      default:
        return assertNever(one);
    }
  }

  #branch(one: Extract<Instruction, { op: 'branch' }>, out: Lanes): Lanes {
    const test = this.#lanes(one.test);
    if (test.isClean) {
      const length = test.mask === 0 ? 1 : this.#count;
      let zeros = 0;
      for (let lane = 0; lane < length; lane += 1) if (test.values[lane] === 0) zeros += 1;
      if (zeros === 0) return this.#run(one.then);
      if (zeros === length) return this.#run(one.otherwise);
    } else if (test.mask === 0) return test;
    const then = this.#run(one.then);
    return choose(test, then, this.#run(one.otherwise), out, this.#count);
  }

  #call({ spec, args, takes }: Call, out: Lanes): Lanes {
    const held = args.map((register) =>
      register === undefined ? undefined : (this.#registers[register] as Register),
    );
    const rows = held.flatMap((one) => (one === undefined ? [] : rowsOf(one)));
    const length = open(out, rows.every(({ mask }) => mask === 0) ? 0 : -1, this.#count);
    const place = { period: this.#reader.periodAt(this.#now) };
    const { failures } = this.#faults;
    const valueOf = (one: Register, lane: number): Argument =>
      Array.isArray(one)
        ? (one as readonly Lanes[]).map((row) => valueIn(row, lane, failures))
        : valueIn(one as Lanes, lane, failures);
    const byDefinition = (lane: number) => {
      const values = held.map((one) => (one === undefined ? undefined : valueOf(one, lane)));
      return callWith(spec, takes, values, place);
    };
    const isClean = rows.every((row) => row.isClean);
    const kernel = isClean && length > 1 ? findKernel(spec.name) : undefined;
    if (kernel?.({ args: held, out, length, faults: this.#faults, byDefinition })) return out;
    if (isClean && takes.every((kind) => kind === 'number')) {
      // nothing can travel and nothing is to be flattened: one array serves all lanes
      const values: (number | undefined)[] = [];
      for (let lane = 0; lane < length; lane += 1) {
        for (let index = 0; index < held.length; index += 1) {
          const one = held[index] as Lanes | undefined;
          values[index] = one === undefined ? undefined : one.values[lane & one.mask];
        }
        write(out, lane, finite(spec.compute(values, place)), this.#faults);
      }
      return out;
    }
    for (let lane = 0; lane < length; lane += 1) write(out, lane, byDefinition(lane), this.#faults);
    return out;
  }

  /** A cell is never infinite: a factor between units may have made it so without an operator having looked. */
  #finite(result: Lanes, register: number): Lanes {
    const length = result.mask === 0 ? 1 : this.#count;
    let checked = result;
    for (let lane = 0; lane < length; lane += 1) {
      const value = result.values[lane] as number;
      if (value - value === 0 || result.status[lane] !== 0) continue;
      if (checked === result && !result.isScratch)
        checked = copy(result, this.#room[register] as Lanes, this.#count);
      write(checked, lane, failure('#NUM!', 'not_finite'), this.#faults);
    }
    return checked;
  }
}

function rowsOf(register: Register): readonly Lanes[] {
  return Array.isArray(register) ? (register as readonly Lanes[]) : [register as Lanes];
}
