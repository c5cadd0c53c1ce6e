/** Messages that do not belong to one place on the page, shown one above the other until they are read. */
import { getContext, setContext } from 'svelte';

/** A message in its four parts; a part that has nothing to say is left out. */
export interface Message {
  readonly kind: 'refused' | 'warning' | 'done';
  /** What happened. */
  readonly what: string;
  /** Where: the line, the cell, the file. */
  readonly where?: string | undefined;
  /** What was not changed. */
  readonly kept?: string | undefined;
  /** What to do. */
  readonly next?: string | undefined;
  /** Something to do right here. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  /** Stays until it is closed, though it only confirms. */
  readonly stays?: boolean;
}

/** A message that is shown. */
export interface ShownMessage extends Message {
  readonly id: number;
}

/** More than these at once are a wall that nobody reads: the oldest gives way. */
const MAX_SHOWN = 3;

/** How long a message stays that only confirms; what was refused stays until it is closed. */
const DONE_MS = 5000;

const KEY = Symbol('notices');

/** The messages that are shown. */
export class Notices {
  #shown = $state.raw<readonly ShownMessage[]>([]);
  #next = 1;

  get shown(): readonly ShownMessage[] {
    return this.#shown;
  }

  /** Shows a message; the same message again takes the place of the first. */
  show(message: Message): void {
    const id = this.#next;
    this.#next += 1;
    const others = this.#shown.filter((one) => one.what !== message.what || one.where !== message.where);
    this.#shown = [...others, { ...message, id }].slice(-MAX_SHOWN);
    if (message.kind === 'done' && !message.stays) setTimeout(() => this.close(id), DONE_MS);
  }

  close(id: number): void {
    this.#shown = this.#shown.filter((one) => one.id !== id);
  }

  /** Takes all messages away: what they spoke of is over. */
  clear(): void {
    this.#shown = [];
  }
}

/** Offers one list of messages to all components below. */
export function provideNotices(): Notices {
  return setContext(KEY, new Notices());
}

/** The list of messages, for a component that has something to say. */
export function useNotices(): Notices {
  return getContext<Notices>(KEY);
}
