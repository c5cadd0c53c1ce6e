/** What the browser says of the room that this page has: whether it may be taken away, and how much of it is used. */

/** How much is used and may be used, in bytes; both are the browser's estimate. */
export interface Space {
  readonly used: number;
  readonly quota: number;
}

/** What can be asked of the browser. Each is undefined where it does not say. */
export interface BrowserSpace {
  /** Whether what is kept here stays until a person deletes it. */
  isPersistent(): Promise<boolean | undefined>;
  /** Asks the browser for that; some ask the person. */
  askToPersist(): Promise<boolean | undefined>;
  measure(): Promise<Space | undefined>;
}

/** Asks this browser. */
export function openBrowserSpace(
  find: () => Partial<StorageManager> | undefined = () => navigator.storage,
): BrowserSpace {
  const ask = async <T>(question: (manager: Partial<StorageManager>) => Promise<T> | undefined) => {
    try {
      const manager = find();
      return manager && (await question(manager));
    } catch (thrown) {
      // a page from disk, a frame of somebody else's
      if (thrown instanceof DOMException || thrown instanceof TypeError) return undefined;
      throw thrown;
    }
  };
  return {
    isPersistent: () => ask((manager) => manager.persisted?.()),
    askToPersist: () => ask((manager) => manager.persist?.()),
    async measure() {
      const found = await ask((manager) => manager.estimate?.());
      return found?.usage === undefined || found.quota === undefined
        ? undefined
        : { used: found.usage, quota: found.quota };
    },
  };
}
