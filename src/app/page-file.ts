/** The page as a file of its own, as `build/standalone-page.ts` makes it: its parts stand in line, and it may hold a plan. */
import { blockId, fillSkeleton, type PageUse } from './standalone-text.ts';

/** A page that is a file. */
export interface PageFile {
  /** Address of the script of the analysis worker: a file from disk can load no other. */
  readonly workerAddress: string;
  /** The plan that stands in the page, unread. */
  readonly held: { readonly text: string; readonly use: PageUse } | undefined;
  /** Writes the page as it was before anybody opened it, without a plan. */
  readonly printEmpty: () => string;
}

/**
 * Finds the parts in line.
 *
 * Missing: undefined when the page is the served app, which loads its parts.
 */
export function findPageFile(page: Document): PageFile | undefined {
  const textOf = (part: Parameters<typeof blockId>[0]) => page.getElementById(blockId(part))?.textContent;
  const skeleton = textOf('skeleton');
  const worker = textOf('worker');
  if (skeleton === undefined || worker === undefined) return undefined;
  return {
    workerAddress: URL.createObjectURL(new Blob([worker], { type: 'text/javascript' })),
    held: findHeld(page),
    printEmpty: () =>
      fillSkeleton(JSON.parse(skeleton) as string, {
        worker,
        styles: textOf('styles') ?? '',
        program: textOf('program') ?? '',
      }),
  };
}

function findHeld(page: Document): PageFile['held'] {
  const block = page.getElementById(blockId('plan'));
  const text = block?.textContent ?? '';
  if (text.trim() === '') return undefined;
  // a block that does not say how it may be used is the safer of the two
  return { text, use: block?.dataset['use'] === 'editable' ? 'editable' : 'read-only' };
}
