/** From what a browser's database throws to the problems that a person is told of. */
import { StorageProblem, type StorageProblemCode } from './plan-store.ts';

/** Names under which browsers refuse a database altogether: blocked cookies, a sandbox, old private windows, Tor. */
const REFUSALS: ReadonlySet<string> = new Set([
  'SecurityError',
  'InvalidStateError',
  'NotAllowedError',
  'NotSupportedError',
]);

/**
 * Names under which a connection turns out to be dead while nothing of the work is wrong: Safari drops connections in
 * the background, Chromium under memory pressure.
 */
const LOSSES: ReadonlySet<string> = new Set(['InvalidStateError', 'UnknownError', 'AbortError']);

/** A transaction ended that nobody had ended: its connection was lost. */
export class EndedWithoutReason extends Error {
  override readonly name = 'EndedWithoutReason';
}

/** The name by which a browser tells its errors apart; empty for what is none. */
export function nameOf(error: unknown): string {
  // Not every browser's DOMException is an Error.
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}

/** The problem of a database that could not be opened. */
export function openingProblem(error: unknown): StorageProblem {
  return REFUSALS.has(nameOf(error)) ? new StorageProblem('unavailable', error) : transactionProblem(error);
}

/** The problem of a transaction that failed. */
export function transactionProblem(error: unknown): StorageProblem {
  return error instanceof StorageProblem ? error : new StorageProblem(codeOf(nameOf(error)), error);
}

function codeOf(name: string): StorageProblemCode {
  switch (name) {
    case 'QuotaExceededError':
      return 'quota';
    case 'VersionError':
      return 'newer_version';
    // Only journal entries are added and not put: another tab was given this revision.
    case 'ConstraintError':
      return 'stale_revision';
    default:
      return 'failed';
  }
}

/** Tells whether a fresh connection may succeed where this one failed. */
export function isLostConnection(error: unknown): boolean {
  return error instanceof EndedWithoutReason || LOSSES.has(nameOf(error));
}
