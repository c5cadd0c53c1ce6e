/** How much a plan may hold: the figures of its schema, and of everything that makes plans. */

export const MAX_LINES = 10_000;
export const MAX_PERIODS = 600;
export const MAX_SCENARIOS = 1000;

/** Scenarios laid on each other. */
export const MAX_STACK = 100;

/** Characters of a name and of what is printed in a cell, each counted once however it is coded. */
export const MAX_NAME = 200;

/** Characters of a note, a story, a question. */
export const MAX_TEXT = 4000;

/** Rounds in which a circle may settle. */
export const MAX_ROUNDS = 100;

export const MAX_DECIMALS = 8;

/** Named versions of a plan; one never goes without being asked about, so the next is refused. */
export const MAX_VERSIONS = 50;

/** Bytes that are kept in all: from the first on a person is warned, from the second on no new versions are kept; edits always are. */
export const CROWDED_BYTES = { warn: 200_000_000, stop: 500_000_000 } as const;
