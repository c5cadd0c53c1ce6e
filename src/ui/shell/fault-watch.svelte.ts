/** What went wrong in the program itself, as it is heard at the window: faults that no part of it foresaw. */

/** A fault that was heard. */
export interface Fault {
  /** The kind and the message, as the program's own error says them. */
  readonly what: string;
  /** Where in the program, a line for each call. */
  readonly trace: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** The same fault again tells a person nothing new; a page that goes on failing is told of this many. */
const MAX_HEARD = 5;

/** The faults of a page. */
export class FaultWatch {
  #heard = $state.raw<readonly Fault[]>([]);
  #isSeen = $state(true);

  /** All that were heard, the first one first, each once. */
  get heard(): readonly Fault[] {
    return this.#heard;
  }

  /** Whether one was heard that the person has not been shown. */
  get isUnseen(): boolean {
    return !this.#isSeen;
  }

  /** Hears a fault that nobody caught; what is not ours, and what browsers say of a layout that took two turns, is none. */
  hear(thrown: unknown, at: number, from = ''): void {
    if (thrown === null || thrown === undefined || /^\w+-extension:/.test(from)) return;
    const isError = thrown instanceof Error;
    const what = isError
      ? `${thrown.name}: ${thrown.message}`
      : typeof thrown === 'string'
        ? thrown
        : Object.prototype.toString.call(thrown);
    if (this.#heard.length >= MAX_HEARD || this.#heard.some((one) => one.what === what)) return;
    this.#heard = [...this.#heard, { what, trace: isError ? (thrown.stack ?? '') : '', at }];
    this.#isSeen = false;
  }

  /** The person has seen what was heard. */
  close(): void {
    this.#isSeen = true;
  }
}
