/** Who reads whom: for each line the lines that become stale with it, in rows of numbers, since a revision asks about thousands. */
import type { Dependency } from '../code/instruction.ts';

/** Says in the row of ends that a reader's periods move with those that it reads. */
const MOVES = -1;

/** The readers of every line. */
export class Readers {
  /** Where the readers of a line begin; one more at the end. */
  readonly #starts: Int32Array;
  readonly #lines: Int32Array;
  /** How many periods back a reader looks from its last; of those that move. */
  readonly #lags: Int32Array;
  /** The last index that a reader looks at whatever its period; `MOVES` where that depends. */
  readonly #ends: Int32Array;

  /** Takes what each line reads, by line. */
  constructor(dependencies: readonly (readonly Dependency[])[]) {
    const starts = new Int32Array(dependencies.length + 1);
    const others = dependencies.map((reads, reader) => reads.filter(({ line }) => line !== reader));
    for (const reads of others)
      for (const { line } of reads) starts[line + 1] = (starts[line + 1] as number) + 1;
    for (let line = 0; line < dependencies.length; line += 1)
      starts[line + 1] = (starts[line + 1] as number) + (starts[line] as number);
    const count = starts[dependencies.length] as number;
    this.#starts = starts;
    this.#lines = new Int32Array(count);
    this.#lags = new Int32Array(count);
    this.#ends = new Int32Array(count);
    const next = starts.slice();
    others.forEach((reads, reader) => {
      for (const { line, last } of reads) {
        const at = next[line] as number;
        next[line] = at + 1;
        this.#lines[at] = reader;
        this.#lags[at] = last.kind === 'lag' ? last.by : 0;
        this.#ends[at] = last.kind === 'lag' ? MOVES : last.index;
      }
    });
  }

  /** Marks the readers of a line that changed from an index on: `stale` holds for each line its first stale index. */
  mark(line: number, changed: number, stale: Int32Array): void {
    const end = this.#starts[line + 1] as number;
    for (let at = this.#starts[line] as number; at < end; at += 1) {
      const reader = this.#lines[at] as number;
      const last = this.#ends[at] as number;
      if (last !== MOVES && last < changed) continue;
      const from = last === MOVES ? Math.max(0, changed - (this.#lags[at] as number)) : 0;
      if (from < (stale[reader] as number)) stale[reader] = from;
    }
  }
}
