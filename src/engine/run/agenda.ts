/**
 * What a revision has to calculate: the steps in their order, which of them are stale and from what index on, and who reads
 * whom. It lies in rows of numbers, so that the compiled walk (`emit/walk-module.ts`) works on it as well.
 */
import type { Dependency } from '../code/instruction.ts';
import { CELL_BYTES } from './cell-store.ts';
import { HEAD, HEAD_BYTES, READER, READER_BYTES, RECORD, RECORD_BYTES } from './head.ts';
import type { Step } from '../order/schedule.ts';

/** Bytes of a word. */
const WORD = 4;
/** Rows begin where numbers of eight bytes may lie. */
const ALIGNMENT = 8;
/** Says in the row of readers that a reader's periods move with those that it reads. */
const MOVES = -1;

/** A place for an agenda in memory, behind a head. */
export interface Room {
  readonly buffer: ArrayBuffer;
  readonly at: number;
}

/** What an agenda is made of. */
export interface Structure {
  readonly steps: readonly Step[];
  /** What each line reads, by line. */
  readonly dependencies: readonly (readonly Dependency[])[];
  readonly periods: number;
}

/** A step that is to be calculated by the reference evaluator, or by it and compiled functions. */
export interface Task {
  readonly step: Step;
  /** The first index that is stale. */
  readonly from: number;
  /** The first index that has changed already; undefined if none has. */
  readonly changed: number | undefined;
}

/** The steps of a calculation and their state. */
export class Agenda {
  readonly steps: readonly Step[];
  readonly bytes: number;
  readonly #periods: number;
  /** The step of each line. */
  readonly #stepOf: Int32Array;
  /** Where the readers of a line begin; one more at the end. */
  readonly #starts: Int32Array;
  readonly #rows: { readonly records: number; readonly readers: number; readonly list: number };
  #room: Room;
  #flags: Uint8Array;
  #words: Int32Array;

  constructor({ steps, dependencies, periods }: Structure) {
    const lines = dependencies.length;
    this.steps = steps;
    this.#periods = periods;
    this.#stepOf = new Int32Array(lines);
    steps.forEach((step, place) => {
      for (const line of linesOf(step)) this.#stepOf[line] = place;
    });
    const others = dependencies.map((reads, reader) =>
      // within a step nobody is told: it is calculated as one
      reads.filter(({ line }) => this.#stepOf[line] !== this.#stepOf[reader]),
    );
    this.#starts = startsOf(others);
    const records = aligned(steps.length);
    const readers = records + steps.length * RECORD_BYTES;
    const list = readers + aligned((this.#starts[lines] as number) * READER_BYTES);
    this.#rows = { records, readers, list };
    this.bytes = aligned(list + lines * WORD);
    this.#room = { buffer: new ArrayBuffer(HEAD_BYTES + this.bytes), at: HEAD_BYTES };
    this.#flags = new Uint8Array(0);
    this.#words = new Int32Array(0);
    this.#look();
    this.#writeRecords();
    this.#writeReaders(others);
  }

  /** Goes on in another place, which takes over everything. */
  moveTo(room: Room): void {
    const rows = new Uint8Array(this.#room.buffer, this.#room.at, this.bytes);
    new Uint8Array(room.buffer, room.at, this.bytes).set(rows);
    this.#room = room;
    this.#look();
  }

  /** Says by which compiled function a line is decided from an index to its end; without it, by none. */
  setTail(line: number, tail?: { readonly start: number; readonly run: number; readonly row: number }): void {
    if (!this.isAlone(line)) return;
    const place = this.#stepOf[line] as number;
    this.#setRecord(place, 'tail', (tail?.start ?? this.#periods) * CELL_BYTES);
    this.#setRecord(place, 'run', tail?.run ?? 0);
    this.#setRecord(place, 'row', tail?.row ?? 0);
  }

  /** Tells whether a line is a step by itself. */
  isAlone(line: number): boolean {
    return this.steps[this.#stepOf[line] as number]?.kind === 'line';
  }

  /** Begins a revision. */
  begin(): void {
    this.#setHead('changes', 0);
    this.#setHead('evaluated', 0);
  }

  /** Says that a line is stale from an index on. */
  mark(line: number, from: number): void {
    this.#markStep(this.#stepOf[line] as number, from * CELL_BYTES);
  }

  /** The first stale step from one on, −1 if there is none: what the compiled walk does where there is no such walk. */
  walk(from: number): number {
    const place = this.#flags.indexOf(1, from);
    if (place === -1) return -1;
    this.#flags[place] = 0;
    this.#setHead('changed', this.#periods * CELL_BYTES);
    return place;
  }

  /** Takes a step that a walk came to. */
  take(place: number): Task {
    const end = this.#periods * CELL_BYTES;
    const from = this.#record(place, 'stale');
    this.#setRecord(place, 'stale', end);
    const step = this.steps[place] as Step;
    const changed = this.#words[HEAD.changed / WORD] as number;
    const cells = step.kind === 'line' ? (end - from) / CELL_BYTES : step.lines.length * this.#periods;
    this.#setHead('evaluated', this.evaluated + cells);
    return { step, from: from / CELL_BYTES, changed: changed < from ? changed / CELL_BYTES : undefined };
  }

  /** Says that a line has changed from an index on: its readers are stale. */
  pass(line: number, changed: number): void {
    const changes = this.#words[HEAD.changes / WORD] as number;
    this.#words[(this.#room.at + this.#rows.list) / WORD + changes] = line;
    this.#setHead('changes', changes + 1);
    const end = this.#starts[line + 1] as number;
    for (let reader = this.#starts[line] as number; reader < end; reader += 1) {
      const last = this.#reader(reader, 'last');
      if (last !== MOVES && last < changed * CELL_BYTES) continue;
      const from = last === MOVES ? changed * CELL_BYTES - this.#reader(reader, 'lag') : 0;
      this.#markStep(this.#reader(reader, 'step'), Math.max(0, from));
    }
  }

  /** The numbers of the lines that have changed in this revision, in the order of calculation. */
  get changed(): Int32Array {
    const first = (this.#room.at + this.#rows.list) / WORD;
    return this.#words.slice(first, first + (this.#words[HEAD.changes / WORD] as number));
  }

  /** How many cells have been calculated in this revision. */
  get evaluated(): number {
    return this.#words[HEAD.evaluated / WORD] as number;
  }

  #markStep(place: number, from: number): void {
    if (from >= this.#record(place, 'stale')) return;
    this.#setRecord(place, 'stale', from);
    this.#flags[place] = 1;
  }

  /** Finds the rows in the place where they lie now, and tells the compiled walk. */
  #look(): void {
    const { buffer, at } = this.#room;
    this.#flags = new Uint8Array(buffer, at, this.steps.length);
    this.#words = new Int32Array(buffer);
    this.#setHead('steps', this.steps.length);
    this.#setHead('end', this.#periods * CELL_BYTES);
    this.#setHead('changed', this.#periods * CELL_BYTES);
    this.#setHead('flags', at);
    this.#setHead('records', at + this.#rows.records);
    this.#setHead('readers', at + this.#rows.readers);
    this.#setHead('list', at + this.#rows.list);
  }

  #writeRecords(): void {
    const end = this.#periods * CELL_BYTES;
    this.steps.forEach((step, place) => {
      this.#setRecord(place, 'stale', end);
      this.#setRecord(place, 'tail', end);
      if (step.kind !== 'line') return;
      this.#setRecord(place, 'line', step.line);
      this.#setRecord(place, 'readers', this.#starts[step.line] as number);
      this.#setRecord(place, 'readersEnd', this.#starts[step.line + 1] as number);
    });
  }

  #writeReaders(dependencies: readonly (readonly Dependency[])[]): void {
    const next = this.#starts.slice();
    dependencies.forEach((reads, reader) => {
      for (const { line, last } of reads) {
        const number = next[line] as number;
        next[line] = number + 1;
        const at = this.#readerAt(number);
        this.#words[at + READER.step / WORD] = this.#stepOf[reader] as number;
        this.#words[at + READER.lag / WORD] = last.kind === 'lag' ? last.by * CELL_BYTES : 0;
        this.#words[at + READER.last / WORD] =
          last.kind === 'lag' ? MOVES : Math.max(0, last.index) * CELL_BYTES;
      }
    });
  }

  #record(place: number, word: keyof typeof RECORD): number {
    return this.#words[this.#recordAt(place) + RECORD[word] / WORD] as number;
  }

  #setRecord(place: number, word: keyof typeof RECORD, value: number): void {
    this.#words[this.#recordAt(place) + RECORD[word] / WORD] = value;
  }

  #recordAt(place: number): number {
    return (this.#room.at + this.#rows.records + place * RECORD_BYTES) / WORD;
  }

  #reader(number: number, word: keyof typeof READER): number {
    return this.#words[this.#readerAt(number) + READER[word] / WORD] as number;
  }

  #readerAt(number: number): number {
    return (this.#room.at + this.#rows.readers + number * READER_BYTES) / WORD;
  }

  #setHead(word: keyof typeof HEAD, value: number): void {
    this.#words[HEAD[word] / WORD] = value;
  }
}

/** The lines of a step. */
function linesOf(step: Step): readonly number[] {
  return step.kind === 'line' ? [step.line] : step.lines;
}

function startsOf(dependencies: readonly (readonly Dependency[])[]): Int32Array {
  const starts = new Int32Array(dependencies.length + 1);
  for (const reads of dependencies)
    for (const { line } of reads) starts[line + 1] = (starts[line + 1] as number) + 1;
  for (let line = 0; line < dependencies.length; line += 1)
    starts[line + 1] = (starts[line + 1] as number) + (starts[line] as number);
  return starts;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
