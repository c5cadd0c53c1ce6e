/** Why a cell keeps its value in a workbook instead of a formula. */

/**
 * function: something that Excel has no faithful words for · cycle: cells that need each other, or that would if the
 * scenarios were joined · invalid: our own formula does not parse · tooLong: longer than Excel takes.
 */
export type KeptReason = 'function' | 'cycle' | 'invalid' | 'tooLong';

/** Thrown inside a translation and caught where the cell is written; never leaves the room. */
export class Untranslatable extends Error {
  readonly reason: KeptReason;
  /** The function that is in the way, where it is one. */
  readonly subject: string;

  constructor(reason: KeptReason, subject = '') {
    super(`${reason} ${subject}`);
    this.name = 'Untranslatable';
    this.reason = reason;
    this.subject = subject;
  }
}
