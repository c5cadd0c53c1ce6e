/**
 * Safety copies of works in the browser's private file system: up to three of each work, beside the database and out of reach
 * of what harms it. The only file that knows that file system.
 *
 * A copy is written to a file of its own and takes the place of an older one only when it is whole. A page from disk, and a
 * browser that cannot write such files on the page's own thread, has no copies; it is said with `isAvailable`.
 */
import type { Localized } from '#plan';
import { isLocalized } from './canary.ts';
import { Digest, digestOf } from './digest.ts';
import type { Snapshot } from './plan-store.ts';
import { BEGINNING, checkSnapshotRecord, type SnapshotRecord } from './record.ts';
import { inTurns, type Turns } from './turns.ts';

/** What is told of a copy without reading it. */
export interface CopyHead {
  readonly plan: string;
  /** How far the work had come. */
  readonly revision: number;
  /** When it was written: milliseconds since 1970, by a clock that may be wrong. */
  readonly at: number;
  /** The title of a plan that is the person's own. */
  readonly own?: Localized;
}

/** A copy as it is found. */
export interface FoundCopy extends CopyHead {
  /** The name of its file. */
  readonly file: string;
  /** How large its file is. */
  readonly bytes: number;
}

/** The safety copies of this browser. */
export interface SafetyCopies {
  /** All copies that are there, the furthest of each work first; empty where there can be none. */
  list(): Promise<readonly FoundCopy[]>;
  /** Reads a copy; undefined where it is gone or not whole. */
  read(copy: FoundCopy): Promise<Snapshot | undefined>;
  /** Writes a copy in turns. Rejects with a `DOMException` where the browser refuses. */
  write(head: CopyHead, content: Omit<Snapshot, 'revision'>): Promise<void>;
  /** Deletes the copies of a work. */
  forget(plan: string): Promise<void>;
  /** Whether there can be copies; asked of the browser once. */
  isAvailable(): Promise<boolean>;
}

const FOLDER = 'tuiyan-copies';

/** How many copies of a work there are. */
const COPIES = 3;

/** The oldest copy is written over when the one after it is so many revisions further. */
const APART = 100;

/** Longest first line of a file. */
const HEAD_BYTES = 4096;

class OpfsCopies implements SafetyCopies {
  readonly #find: () => Promise<FileSystemDirectoryHandle>;
  #folder: Promise<FileSystemDirectoryHandle | undefined> | undefined;

  constructor(find: () => Promise<FileSystemDirectoryHandle>) {
    this.#find = find;
  }

  async isAvailable(): Promise<boolean> {
    return (await this.#open()) !== undefined;
  }

  async list(): Promise<readonly FoundCopy[]> {
    const folder = await this.#open();
    if (!folder) return [];
    const found: FoundCopy[] = [];
    for await (const [name, handle] of entriesOf(folder)) {
      if (handle.kind !== 'file') continue;
      const copy = await readHead(name, handle as FileSystemFileHandle);
      if (copy) found.push(copy);
    }
    return found.sort(furthestFirst);
  }

  async read({ file, plan, revision }: FoundCopy): Promise<Snapshot | undefined> {
    const folder = await this.#open();
    try {
      const handle = await folder?.getFileHandle(file);
      const text = await (await handle?.getFile())?.text();
      const head = text === undefined ? undefined : readFirstLine(text);
      if (text === undefined || !head || head.plan !== plan || head.revision !== revision) return undefined;
      const body = text.slice(text.indexOf('\n') + 1);
      if (digestOf(body) !== head.digest) return undefined;
      const record: unknown = { ...(JSON.parse(body) as object), endsWith: BEGINNING };
      if (!(await inTurns(checkSnapshotRecord(record), rest))) return undefined;
      const { endsWith: _, ...content } = record as SnapshotRecord;
      return { revision, ...content };
    } catch (thrown) {
      // gone since it was listed, not to be read, or no document
      if (thrown instanceof DOMException || thrown instanceof SyntaxError) return undefined;
      throw thrown;
    }
  }

  async write(head: CopyHead, content: Omit<Snapshot, 'revision'>): Promise<void> {
    const folder = await this.#open();
    if (!folder) return;
    const { pieces, digest } = await inTurns(printContent(content), rest);
    const known = (await this.list()).filter((one) => one.plan === head.plan);
    const handle = await folder.getFileHandle(placeFor(head, known), { create: true });
    const file = await handle.createWritable();
    // what breaks off before this is closed leaves the file as it was
    await file.write(new Blob([`${JSON.stringify({ ...head, digest })}\n`, ...pieces]));
    await file.close();
  }

  async forget(plan: string): Promise<void> {
    const folder = await this.#open();
    for (const { file } of (await this.list()).filter((one) => one.plan === plan))
      await folder?.removeEntry(file).catch(refused);
  }

  #open(): Promise<FileSystemDirectoryHandle | undefined> {
    this.#folder ??= (async () => {
      if (
        typeof FileSystemFileHandle === 'undefined' ||
        !('createWritable' in FileSystemFileHandle.prototype)
      )
        return undefined;
      return (await this.#find()).getDirectoryHandle(FOLDER, { create: true });
    })().catch(refused);
    return this.#folder;
  }
}

/** Opens the copies of this browser. */
export function openCopies(
  find: () => Promise<FileSystemDirectoryHandle> = () => navigator.storage.getDirectory(),
): SafetyCopies {
  return new OpfsCopies(find);
}

/** What the browser refuses is none. */
function refused(thrown: unknown): undefined {
  if (!(thrown instanceof DOMException || thrown instanceof TypeError)) throw thrown;
}

/** The entries of a folder. */
function entriesOf(folder: FileSystemDirectoryHandle): AsyncIterable<[string, FileSystemHandle]> {
  return (folder as unknown as { entries(): AsyncIterable<[string, FileSystemHandle]> }).entries();
}

function furthestFirst(a: FoundCopy, b: FoundCopy): number {
  return a.plan === b.plan ? b.revision - a.revision || b.at - a.at : a.plan < b.plan ? -1 : 1;
}

/**
 * The file for a new copy: one that is free; else the oldest copy, as soon as the second is far from it, or the second. So
 * the newest is never the one that is written over, and the oldest lies some way back.
 */
function placeFor({ plan }: CopyHead, known: readonly FoundCopy[]): string {
  const names = Array.from({ length: COPIES }, (_, place) => `${encodeURIComponent(plan)}.${place}.json`);
  const free = names.find((name) => known.every((one) => one.file !== name));
  const [, second, oldest] = known;
  if (free !== undefined || !second || !oldest) return free ?? names[0] ?? '';
  return second.revision - oldest.revision >= APART ? oldest.file : second.file;
}

interface ReadHead extends CopyHead {
  readonly digest: string;
}

async function readHead(name: string, handle: FileSystemFileHandle): Promise<FoundCopy | undefined> {
  try {
    const file = await handle.getFile();
    const head = readFirstLine(await file.slice(0, HEAD_BYTES).text());
    if (!head) return undefined;
    const { digest: _, ...told } = head;
    return { ...told, file: name, bytes: file.size };
  } catch (thrown) {
    return refused(thrown);
  }
}

/** What is understood of the first line; undefined for what is none. */
function readFirstLine(text: string): ReadHead | undefined {
  const end = text.indexOf('\n');
  if (end < 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(0, end));
  } catch {
    return undefined;
  }
  const { plan, revision, at, own, digest } = (value ?? {}) as Partial<Record<keyof ReadHead, unknown>>;
  if (typeof plan !== 'string' || typeof digest !== 'string' || typeof at !== 'number') return undefined;
  if (!Number.isSafeInteger(revision)) return undefined;
  return { plan, revision: revision as number, at, digest, ...(isLocalized(own) && { own }) };
}

/** Prints a copy's content a piece at a time; a piece is a line of the plan, a scenario or a gesture. */
function* printContent({
  scenarios,
  history,
  plan,
}: Omit<Snapshot, 'revision'>): Turns<{ pieces: string[]; digest: string }> {
  const pieces: string[] = [];
  const digest = new Digest();
  const put = (text: string) => {
    digest.add(text);
    pieces.push(text);
  };
  const list = function* (items: readonly unknown[]): Turns<void> {
    put('[');
    for (const [index, item] of items.entries()) {
      put(`${index === 0 ? '' : ','}${JSON.stringify(item)}`);
      yield;
    }
    put(']');
  };
  put('{"scenarios":');
  yield* list(scenarios);
  put(',"history":{"done":');
  yield* list(history.done);
  put(',"undone":');
  yield* list(history.undone);
  put('}');
  if (plan) {
    const { lines, ...others } = plan;
    put(`,"plan":${JSON.stringify(others).slice(0, -1)},"lines":`);
    yield* list(lines);
    put('}');
  }
  put('}');
  return { pieces, digest: digest.toString() };
}

/** Lets the page have its turn. */
function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
