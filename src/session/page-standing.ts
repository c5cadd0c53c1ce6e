/** What the page is besides the app at its address: a file of its own, with or without somebody's plan, and a writer of such files. */
import type { Problem } from '#quantity';
import type { Bundle } from '#exchange';

/** What the open page is. */
export interface PageStanding {
  /** Whether the page is a file that was opened from disk or sent, and not the served app. */
  readonly isFile: boolean;
  /** How the plan in the page may be used; absent when it holds none that can be read. */
  readonly use?: 'read-only' | 'editable';
  /** Why the plan in the page cannot be read. */
  readonly problems?: readonly Problem[];
}

/** Writes pages that hold a plan. */
export interface StandaloneWriter {
  /** Whether the empty page is at hand: always in a file, else when it is kept or the server answers. */
  canWrite(): Promise<boolean>;
  /**
   * Writes a page with the app, a plan and its scenarios; whoever opens it may work on it or only look and try.
   *
   * Fails: rejects with `StandaloneNotWritten`.
   */
  write(bundle: Bundle, isEditable: boolean): Promise<Blob>;
}

/** unreachable: the empty page could not be fetched · incomplete: what was fetched is not that page. */
export type StandaloneProblemCode = 'unreachable' | 'incomplete';

/** Thrown when a page cannot be written, for reasons that a person can be told: each has a sentence `standalone_<code>`. */
export class StandaloneNotWritten extends Error {
  readonly code: StandaloneProblemCode;
  constructor(code: StandaloneProblemCode, cause?: unknown) {
    super(code, { cause });
    this.name = 'StandaloneNotWritten';
    this.code = code;
  }
}
