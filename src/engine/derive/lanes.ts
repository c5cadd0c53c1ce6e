/**
 * Registers of a code evaluated in many periods at once: their values by lane, and what a lane of them is worth to the
 * result, found by going back through the steps that were taken.
 */
import type { Tape } from './tape.ts';

/** Which lanes something is evaluated for; undefined for all. */
export type Mask = Uint8Array | undefined;

/** A step that is gone back: it passes on what its register is worth. */
interface Step {
  readonly register: number;
  readonly back: (worth: Float64Array) => void;
}

/** The registers of one evaluation after another. */
export class Lanes {
  readonly #most: number;
  readonly #values: Float64Array[] = [];
  readonly #worth: Float64Array[] = [];
  readonly #moving: boolean[] = [];
  readonly #isLeft: Uint8Array;
  #steps: Step[] = [];
  /** Registers that hold cells or moves themselves, and which ones by lane; −1 where nothing moves a lane. */
  #leaves: number[] = [];
  readonly #inputs: Int32Array[] = [];
  #next = 0;
  /** Lanes in use. */
  count = 0;

  constructor(most: number) {
    this.#most = most;
    this.#isLeft = new Uint8Array(most);
  }

  /** Begins an evaluation of a code with so many registers. */
  begin(count: number, registers: number): void {
    this.count = count;
    this.#next = registers;
    this.#isLeft.fill(0);
    this.#steps = [];
    this.#leaves = [];
  }

  /** A register that the code does not use. */
  another(): number {
    return this.#next++;
  }

  /** What a register holds, by lane. */
  of(register: number): Float64Array {
    return this.#values[register] as Float64Array;
  }

  /** Room for the values of a register, which nothing moves so far. */
  room(register: number): Float64Array {
    this.#moving[register] = false;
    return (this.#values[register] ??= new Float64Array(this.#most));
  }

  /** Fills a register with one number. */
  fill(register: number, value: number): void {
    this.room(register).fill(value, 0, this.count);
  }

  /** Whether anything moves a register. */
  moves(register: number): boolean {
    return this.#moving[register] === true;
  }

  /** Says that a register is moved by inputs themselves; gives room for them, by lane, −1 where nothing moves it. */
  leaf(register: number): Int32Array {
    this.#move(register);
    this.#leaves.push(register);
    const inputs = (this.#inputs[register] ??= new Int32Array(this.#most));
    return inputs.fill(-1, 0, this.count);
  }

  /** Says that a register moves with others, and how it goes back to them. */
  step(register: number, back: Step['back']): void {
    this.#move(register);
    this.#steps.push({ register, back });
  }

  /** Says that a lane is out of the ordinary. */
  leave(lane: number, mask: Mask): void {
    if (!mask || mask[lane] === 1) this.#isLeft[lane] = 1;
  }

  /** Says so of every lane that is. */
  leaveWhere(isOdd: (lane: number) => boolean, mask: Mask): void {
    for (let lane = 0; lane < this.count; lane += 1) if (isOdd(lane)) this.leave(lane, mask);
  }

  /** Whether a lane is out of the ordinary. */
  isLeft(lane: number): boolean {
    return this.#isLeft[lane] === 1;
  }

  /** Leaves the lanes in which a register holds no number. */
  check(register: number, mask: Mask): void {
    const values = this.of(register);
    this.leaveWhere((lane) => !Number.isFinite(values[lane]), mask);
  }

  /** Passes what a register is worth to one that it was made from, by a weight for all lanes or one for each. */
  pass(worth: Float64Array, to: number, weight: number | Float64Array): void {
    if (!this.moves(to)) return;
    const into = this.#worth[to] as Float64Array;
    for (let lane = 0; lane < this.count; lane += 1) {
      const one = worth[lane] as number;
      // a weight that is no finite number matters only where something comes to it
      if (one === 0) continue;
      const by = typeof weight === 'number' ? weight : (weight[lane] as number);
      into[lane] = (into[lane] as number) + by * one;
    }
  }

  /** Goes back from the result. */
  goBack(result: number): void {
    if (!this.moves(result)) {
      this.#leaves = [];
      return;
    }
    (this.#worth[result] as Float64Array).fill(1, 0, this.count);
    for (let at = this.#steps.length - 1; at >= 0; at -= 1) {
      const { register, back } = this.#steps[at] as Step;
      back(this.#worth[register] as Float64Array);
    }
  }

  /** Writes the inputs of a lane, each with its weight. */
  write(lane: number, tape: Tape): void {
    for (const register of this.#leaves) {
      const input = (this.#inputs[register] as Int32Array)[lane] as number;
      if (input !== -1) tape.put(input, (this.#worth[register] as Float64Array)[lane] as number);
    }
  }

  /** A register that is moved twice, by the sides of a choice, keeps what it was worth. */
  #move(register: number): void {
    if (this.#moving[register]) return;
    this.#moving[register] = true;
    (this.#worth[register] ??= new Float64Array(this.#most)).fill(0, 0, this.count);
  }
}
