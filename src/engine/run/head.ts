/** The start of a calculation's memory: what its compiled functions and the reference evaluator tell each other. */

/** Where each word of 32 bits lies, in bytes. */
export const HEAD = {
  /** The first index, in bytes, that a line's function changed; where it stopped or later if none. */
  changed: 0,
  /** How many lines have changed in this revision; their numbers stand in the list. */
  changes: 4,
  /** How many cells have been calculated in this revision. */
  evaluated: 8,
  /** How many steps there are. */
  steps: 12,
  /** The bytes of a line's periods. */
  end: 16,
  /** Addresses of the rows of the agenda. */
  flags: 20,
  records: 24,
  readers: 28,
  list: 32,
  /** Address of the row that tells which lines have been shown since they changed. */
  shown: 36,
} as const;

/** Bytes of all of it. */
export const HEAD_BYTES = 64;

/** A step of the agenda: words of a record. */
export const RECORD = {
  /** The first stale index, in bytes; the end where nothing is. */
  stale: 0,
  /** The index from which a compiled function decides the line to its end; the end where none does. */
  tail: 4,
  /** The number of that function, and the row that it is given. */
  run: 8,
  row: 12,
  /** The first of the line's readers, and the one after the last, by number. */
  readers: 16,
  readersEnd: 20,
  line: 24,
} as const;

/** Bytes of a record. */
export const RECORD_BYTES = 32;

/** Who reads a line: words of a reader. */
export const READER = {
  step: 0,
  /** How far its periods look, in bytes: forwards from each, where they move. */
  lag: 4,
  /** The last index that it looks at, whatever its period, in bytes; negative where that moves. */
  last: 8,
} as const;

/** Bytes of a reader. */
export const READER_BYTES = 12;
