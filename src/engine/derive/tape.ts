/**
 * The gradients of all reached cells one after another, and what they come to by every move.
 *
 * Two ways lead through them. Forwards, from the moves to the cells, every move costs a turn; backwards, from what is asked
 * to the moves, every row that is asked for does. The shorter way is taken.
 */
import type { Slope } from './gradient.ts';

/** Moves or rows that are carried at once: their slopes stay in the processor's cache. */
const MOST_AT_ONCE = 32;

/** What the slopes of all cells may take while they are carried, in bytes. */
const MAX_BYTES = 64e6;
const NUMBER_BYTES = 8;

/** Gradients that are gathered, then asked. */
export class Tape {
  readonly #cells: number;
  readonly #moves: number;
  /** Where the row of a cell begins and ends. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  #inputs = new Int32Array(64);
  #weights = new Float64Array(64);
  #length = 0;
  #isFinite = true;

  constructor(cells: number, moves: number) {
    this.#cells = cells;
    this.#moves = moves;
    this.#from = new Int32Array(cells);
    this.#to = new Int32Array(cells);
  }

  /** The input that a move is. */
  inputOf(move: number): number {
    return this.#cells + move;
  }

  /** Adds the gradient of a cell, after those of the cells that it is made from. */
  add(slot: number, slope: Slope): void {
    this.open(slot);
    forEach(slope, (input, weight) => this.put(input, weight));
    this.close(slot);
  }

  /** Begins the gradient of a cell; each of its inputs is put, then it is closed. */
  open(slot: number): void {
    this.#from[slot] = this.#length;
  }

  /** Adds an input to the gradient that is open; what is put twice adds up. */
  put(input: number, weight: number): void {
    if (weight === 0 || (input < this.#cells && !this.isLive(input))) return;
    if (this.#length === this.#inputs.length) this.#grow();
    this.#inputs[this.#length] = input;
    this.#weights[this.#length] = weight;
    this.#length += 1;
    this.#isFinite &&= Number.isFinite(weight);
  }

  /** Ends the gradient of a cell. */
  close(slot: number): void {
    this.#to[slot] = this.#length;
  }

  /** Tells whether anything that moves comes to a cell. */
  isLive(slot: number): boolean {
    return this.#from[slot] !== this.#to[slot];
  }

  /** What rows come to. Shape: by row, then by move. */
  slopesOf(rows: readonly Slope[]): Float64Array[] {
    const slopes = rows.map(() => new Float64Array(this.#moves));
    const isBackwards = this.#isFinite && rows.length < this.#moves;
    const turns = isBackwards ? rows.length : this.#moves;
    const room = Math.floor(MAX_BYTES / NUMBER_BYTES / (this.#cells + this.#moves));
    const width = Math.max(1, Math.min(MOST_AT_ONCE, room, turns));
    for (let first = 0; first < turns; first += width) {
      const count = Math.min(width, turns - first);
      if (isBackwards) this.#backwards(rows.slice(first, first + count), slopes.slice(first, first + count));
      else this.#forwards(rows, slopes, first, count);
    }
    return slopes;
  }

  #grow(): void {
    const [inputs, weights] = [this.#inputs, this.#weights];
    this.#inputs = new Int32Array(2 * inputs.length);
    this.#inputs.set(inputs);
    this.#weights = new Float64Array(2 * weights.length);
    this.#weights.set(weights);
  }

  /** Slopes of every cell by some of the moves, then those of the rows. */
  #forwards(rows: readonly Slope[], slopes: readonly Float64Array[], first: number, count: number): void {
    const held = new Float64Array((this.#cells + this.#moves) * count);
    for (let move = 0; move < count; move += 1) held[(this.#cells + first + move) * count + move] = 1;
    for (let slot = 0; slot < this.#cells; slot += 1) {
      const end = this.#to[slot] as number;
      for (let item = this.#from[slot] as number; item < end; item += 1)
        carry(held, this.#inputs[item] as number, slot, this.#weights[item] as number, count);
    }
    rows.forEach((row, order) => {
      const into = slopes[order] as Float64Array;
      forEach(row, (input, weight) => {
        for (let move = 0; move < count; move += 1) {
          const one = held[input * count + move] as number;
          if (one !== 0) into[first + move] = (into[first + move] as number) + weight * one;
        }
      });
    });
  }

  /** What every cell and every move is worth to some of the rows. */
  #backwards(rows: readonly Slope[], slopes: readonly Float64Array[]): void {
    const count = rows.length;
    const held = new Float64Array((this.#cells + this.#moves) * count);
    rows.forEach((row, order) => {
      forEach(row, (input, weight) => {
        held[input * count + order] = (held[input * count + order] as number) + weight;
      });
    });
    for (let slot = this.#cells - 1; slot >= 0; slot -= 1) {
      const end = this.#to[slot] as number;
      for (let item = this.#from[slot] as number; item < end; item += 1)
        carry(held, slot, this.#inputs[item] as number, this.#weights[item] as number, count);
    }
    slopes.forEach((into, order) => {
      for (let move = 0; move < this.#moves; move += 1)
        into[move] = held[(this.#cells + move) * count + order] as number;
    });
  }
}

/** Adds what one input holds, times a weight, to another. A weight without a finite number matters only where something comes to it. */
function carry(held: Float64Array, from: number, to: number, weight: number, count: number): void {
  const source = from * count;
  const target = to * count;
  for (let one = 0; one < count; one += 1) {
    const number = held[source + one] as number;
    if (number !== 0) held[target + one] = (held[target + one] as number) + weight * number;
  }
}

function forEach(row: Slope, each: (input: number, weight: number) => void): void {
  if (row === null) return;
  for (let item = 0; item < row.inputs.length; item += 1)
    each(row.inputs[item] as number, row.weights[item] as number);
}
