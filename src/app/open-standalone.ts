/** Writes standalone pages: from the page's own parts where it is a file, else from `standalone.html` beside the app. */
import { StandaloneNotWritten, type StandaloneWriter } from '#session';
import type { PageFile } from './page-file.ts';
import { withPlan } from './standalone-text.ts';

/** Opens the writer of a page at this address. */
export function openStandalone(file: PageFile | undefined, pageAddress: string): StandaloneWriter {
  const address = new URL('standalone.html', pageAddress).href;
  /** What was fetched once serves as long as the page is open, with or without a network. */
  let fetched: string | undefined;
  const readEmpty = async () => (file ? file.printEmpty() : (fetched ?? (await fetchEmpty(address))));
  return {
    canWrite: async () => file !== undefined || fetched !== undefined || isAtHand(address),
    async write(bundle, isEditable) {
      const [empty, { printHeldPlan }] = await Promise.all([readEmpty(), import('./held-plan.ts')]);
      const page = withPlan(empty, printHeldPlan(bundle), isEditable ? 'editable' : 'read-only');
      if (page === undefined) throw new StandaloneNotWritten('incomplete');
      if (!file) fetched = empty;
      return new Blob([page], { type: 'text/html' });
    },
  };
}

async function fetchEmpty(address: string): Promise<string> {
  try {
    const response = await fetch(address);
    if (response.ok) return await response.text();
  } catch (cause) {
    throw new StandaloneNotWritten('unreachable', cause);
  }
  throw new StandaloneNotWritten('unreachable');
}

/** Asks without fetching: the page weighs as much as the whole app. */
async function isAtHand(address: string): Promise<boolean> {
  // pages from a plain http address have no caches
  if (typeof caches !== 'undefined' && (await caches.match(address))) return true;
  try {
    return (await fetch(address, { method: 'HEAD' })).ok;
  } catch (thrown) {
    if (thrown instanceof TypeError) return false;
    throw thrown;
  }
}
