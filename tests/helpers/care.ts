/** Copies in memory, time that moves when a test says so, and a browser that answers as it is told. */
import type { BrowserSpace, CopyHead, FoundCopy, SafetyCopies, Snapshot } from '#storage';

/** Work that waits for its time. */
export interface Waiting {
  readonly after: (ms: number, work: () => void) => () => void;
  /** Runs what waits, and says for how long it would have waited. */
  run(): number[];
}

export function aWait(): Waiting {
  let queue: { readonly ms: number; readonly work: () => void }[] = [];
  return {
    after(ms, work) {
      const one = { ms, work };
      queue.push(one);
      return () => (queue = queue.filter((other) => other !== one));
    },
    run() {
      const due = queue;
      queue = [];
      for (const { work } of due) work();
      return due.map(({ ms }) => ms);
    },
  };
}

/** Copies in memory; all that is written is there. */
export function memoryCopies(): SafetyCopies & { readonly written: (CopyHead & { content: unknown })[] } {
  let written: (CopyHead & { content: Omit<Snapshot, 'revision'> })[] = [];
  const found = (): FoundCopy[] =>
    written
      .map(({ content: _, ...head }, index) => ({ ...head, file: String(index), bytes: 100 }))
      .sort((a, b) => b.revision - a.revision);
  return {
    get written() {
      return written;
    },
    isAvailable: () => Promise.resolve(true),
    list: () => Promise.resolve(found()),
    read({ file, revision }) {
      const content = written[Number(file)]?.content;
      return Promise.resolve(content && { revision, ...content });
    },
    write(head, content) {
      written.push({ ...head, content: structuredClone(content) });
      return Promise.resolve();
    },
    forget(plan) {
      written = written.filter((one) => one.plan !== plan);
      return Promise.resolve();
    },
  };
}

/** A browser that grants what it is asked for, and counts. */
export function aSpace(): BrowserSpace & { readonly asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    isPersistent: () => Promise.resolve(asked > 0),
    askToPersist: () => Promise.resolve(++asked > 0),
    measure: () => Promise.resolve({ used: 2_000_000, quota: 900_000_000 }),
  };
}
