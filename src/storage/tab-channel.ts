/**
 * What tabs of one browser tell each other at once: that a work has come further, and which edits met on the way. The only
 * file that knows BroadcastChannel. A message may be lost, or come late, or be of another version of the app: what it says
 * is read anew from the store, and one that cannot be understood is passed over.
 */
import type { Patch } from '#plan';
import { isPatch } from './record.ts';

/** A work has come to a revision. */
export interface TabMessage {
  readonly plan: string;
  readonly revision: number;
  /** Edits that met on the way there: patches that take what stands now away and put the other one in its place. */
  readonly clashes: readonly (readonly Patch[])[];
}

/** Tells other tabs and hears from them; never from itself. */
export interface TabChannel {
  tell(message: TabMessage): void;
  /** Calls back with each message; gives the way to stop that. */
  hear(listener: (message: TabMessage) => void): () => void;
  close(): void;
}

const NAME = 'tuiyan.tabs';

class BrowserChannel implements TabChannel {
  readonly #channel: BroadcastChannel;

  constructor(channel: BroadcastChannel) {
    this.#channel = channel;
  }

  tell(message: TabMessage): void {
    this.#channel.postMessage(message);
  }

  hear(listener: (message: TabMessage) => void): () => void {
    const heard = ({ data }: MessageEvent<unknown>) => {
      if (isMessage(data)) listener(data);
    };
    this.#channel.addEventListener('message', heard);
    return () => this.#channel.removeEventListener('message', heard);
  }

  close(): void {
    this.#channel.close();
  }
}

/** Opens the channel of this browser; where it has none, one on which nobody else is. */
export function openTabChannel(
  open: (name: string) => BroadcastChannel = (name) => new BroadcastChannel(name),
): TabChannel {
  try {
    return new BrowserChannel(open(NAME));
  } catch (thrown) {
    // absent, or refused to a page without an origin of its own: a tab then looks when it is turned to
    if (thrown instanceof DOMException || thrown instanceof TypeError || thrown instanceof ReferenceError)
      return buildMemoryChannels()();
    throw thrown;
  }
}

/** Builds the twin in memory: each call opens the channel in another tab. */
export function buildMemoryChannels(): () => TabChannel {
  const tabs = new Set<Set<(message: TabMessage) => void>>();
  return () => {
    const own = new Set<(message: TabMessage) => void>();
    tabs.add(own);
    return {
      tell(message) {
        if (!tabs.has(own)) throw new DOMException('the channel is closed', 'InvalidStateError');
        const told: unknown = structuredClone(message);
        for (const others of tabs) {
          if (others === own) continue;
          for (const listener of others)
            queueMicrotask(() => {
              if (tabs.has(others) && others.has(listener) && isMessage(told)) listener(told);
            });
        }
      },
      hear(listener) {
        own.add(listener);
        return () => own.delete(listener);
      },
      close() {
        tabs.delete(own);
      },
    };
  };
}

function isMessage(value: unknown): value is TabMessage {
  const { plan, revision, clashes } = (value ?? {}) as Partial<Record<keyof TabMessage, unknown>>;
  return (
    typeof plan === 'string' &&
    Number.isSafeInteger(revision) &&
    Array.isArray(clashes) &&
    clashes.every((one: unknown) => Array.isArray(one) && one.every(isPatch))
  );
}
