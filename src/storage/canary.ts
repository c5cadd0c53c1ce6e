/**
 * What is known of each work outside of the database: one damaged byte may bring a browser to begin an empty one, without an
 * error. The only file that knows localStorage.
 *
 * A mark never goes back, so that whatever opens with less than it says has lost something. Where the browser refuses
 * localStorage nothing is known, and nothing is missed here.
 */
import type { Localized } from '#plan';

/** How far a work had come when it was last kept. */
export interface Mark {
  /** The highest revision that was kept. */
  readonly revision: number;
  /** Stands for all entries up to it. */
  readonly digest: string;
  /** When it was kept: milliseconds since 1970, by a clock that may be wrong. */
  readonly at: number;
  /** A revision at which the journal was drawn together, with what stands for all entries up to it. */
  readonly base?: { readonly revision: number; readonly digest: string };
  /** The title of a plan that is the person's own. */
  readonly own?: Localized;
  /** The person knows that it is lost and goes on without. */
  readonly isLetGo?: boolean;
}

/** The marks of all works. */
export interface Canary {
  read(plan: string): Mark | undefined;
  /** All marks, by their plans. */
  readAll(): ReadonlyMap<string, Mark>;
  /** Changes a mark; one that would go back is left as it is. */
  keep(plan: string, mark: Mark): void;
  /** Changes what a mark says beside its revision; without a mark nothing is done. */
  amend(plan: string, change: Pick<Mark, 'base' | 'own' | 'isLetGo'>): void;
  forget(plan: string): void;
}

const PREFIX = 'tuiyan.kept.';

class StorageCanary implements Canary {
  readonly #find: () => Storage;

  constructor(find: () => Storage) {
    this.#find = find;
  }

  read(plan: string): Mark | undefined {
    return this.#try((storage) => readMark(storage.getItem(PREFIX + plan)));
  }

  readAll(): ReadonlyMap<string, Mark> {
    const marks = new Map<string, Mark>();
    this.#try((storage) => {
      for (let index = 0; index < storage.length; index += 1) {
        const key = storage.key(index);
        const mark = key?.startsWith(PREFIX) ? readMark(storage.getItem(key)) : undefined;
        if (key && mark) marks.set(key.slice(PREFIX.length), mark);
      }
    });
    return marks;
  }

  keep(plan: string, mark: Mark): void {
    const known = this.read(plan);
    if (known && known.revision > mark.revision) return;
    this.#write(plan, {
      ...mark,
      ...(known?.base && !mark.base && { base: known.base }),
      ...(known?.own && !mark.own && { own: known.own }),
    });
  }

  amend(plan: string, change: Pick<Mark, 'base' | 'own' | 'isLetGo'>): void {
    const known = this.read(plan);
    if (known) this.#write(plan, { ...known, ...change });
  }

  forget(plan: string): void {
    this.#try((storage) => storage.removeItem(PREFIX + plan));
  }

  #write(plan: string, mark: Mark): void {
    this.#try((storage) => storage.setItem(PREFIX + plan, JSON.stringify(mark)));
  }

  #try<T>(work: (storage: Storage) => T): T | undefined {
    try {
      return work(this.#find());
    } catch (thrown) {
      // refused, absent or full: the work itself is in the database
      if (thrown instanceof DOMException || thrown instanceof TypeError) return undefined;
      throw thrown;
    }
  }
}

/** Opens the marks of this browser. */
export function openCanary(find: () => Storage = () => globalThis.localStorage): Canary {
  return new StorageCanary(find);
}

/** What is understood of a mark; undefined for what is none. */
function readMark(text: string | null): Mark | undefined {
  if (text === null) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { revision, digest, at, base, own, isLetGo } = value as Partial<Record<keyof Mark, unknown>>;
  if (!isRevision(revision) || typeof digest !== 'string' || typeof at !== 'number') return undefined;
  return {
    revision,
    digest,
    at,
    ...(isBase(base) && { base }),
    ...(isLocalized(own) && { own }),
    ...(isLetGo === true && { isLetGo }),
  };
}

function isRevision(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isBase(value: unknown): value is NonNullable<Mark['base']> {
  const { revision, digest } = (value ?? {}) as { revision?: unknown; digest?: unknown };
  return isRevision(revision) && typeof digest === 'string';
}

/** Tells whether a value is a text in both languages. */
export function isLocalized(value: unknown): value is Localized {
  const { zh, en } = (value ?? {}) as { zh?: unknown; en?: unknown };
  return typeof zh === 'string' && typeof en === 'string';
}
