/**
 * What a page says that does not open. The sentences stand in `index.html` and show by themselves after a while, so that
 * they need none of the program; here they are shown at once, and what the program can still do is offered.
 */

/** How long the browser's storage may take to answer before the person is asked. */
const STORAGE_MS = 10_000;

/** The place of the sentences; undefined once the app stands there. */
function placeIn(page: Document): Element | undefined {
  return page.querySelector('.late') ?? undefined;
}

/** Shows that the page did not open, with the program's own error. */
export function tellNotOpened(page: Document, thrown: unknown): void {
  const place = placeIn(page);
  place?.classList.add('now');
  // it is not opening any more
  place?.parentElement?.querySelector('[role=status]')?.remove();
  const why = place?.querySelector('.why');
  if (why) why.textContent = String(thrown);
}

/**
 * Waits for storage. Where it does not answer in time the person may go on without: what `instead` gives is used then, and
 * an answer that comes later is not.
 */
export async function orWithout<T>(page: Document, opening: Promise<T>, instead: () => T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const given = new Promise<T>((resolve) => {
    timer = setTimeout(() => {
      const place = placeIn(page);
      const button = place?.querySelector('button');
      place?.classList.add('now');
      if (!button) return;
      button.hidden = false;
      button.addEventListener('click', () => resolve(instead()), { once: true });
    }, STORAGE_MS);
  });
  try {
    return await Promise.race([opening, given]);
  } finally {
    clearTimeout(timer);
  }
}
