/**
 * The page's default Trusted Types policy: the last gate before markup, script or a script's address.
 *
 * The policy of `build/content-security-policy.ts` sends every string that meets such a place through here, a
 * library's strings too. Text that would become markup is escaped, so a name like `<img onerror=…>` is shown and
 * never run, in grid headers and menus as well; a script may come from our own `assets/`, the service worker from its
 * one place, the worker of a standalone page from the address that the page made for it, and none from anywhere else;
 * and a string never becomes a script. Browsers without Trusted Types rest on the escaping of each surface alone.
 */

/** What a browser with Trusted Types offers; TypeScript's DOM library does not know it. */
interface TrustedTypesFactory {
  createPolicy(name: 'default', rules: TrustedTypesRules): unknown;
}

/** What the policy answers: the value to use, or `null` to refuse. */
interface TrustedTypesRules {
  createHTML(markup: string): string;
  createScriptURL(address: string): string | null;
  createScript(): null;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const SCRIPT_FILE = /^[\w.-]+\.js$/;

/** The script that keeps the app for use without a network; its place decides what it may answer for. */
export const SERVICE_WORKER = 'service-worker.js';

/**
 * Makes the rules for a page at this address; its scripts lie in `assets/` beside it. `inlineWorker` is the address of the
 * worker in a page that has everything in line: then there are no other scripts.
 */
export function trustedTypesRules(pageAddress: string, inlineWorker?: string): TrustedTypesRules {
  const assets = new URL('assets/', pageAddress).href;
  const serviceWorker = new URL(SERVICE_WORKER, pageAddress).href;
  const isOurs = (href: string) =>
    href === serviceWorker || (href.startsWith(assets) && SCRIPT_FILE.test(href.slice(assets.length)));
  return {
    createHTML: (markup) => markup.replaceAll(/[&<>"']/g, (character) => ESCAPED[character] ?? ''),
    createScriptURL: (address) => {
      const { href } = new URL(address, pageAddress);
      return (inlineWorker === undefined ? isOurs(href) : href === inlineWorker) ? href : null;
    },
    createScript: () => null,
  };
}

/**
 * Installs the policy. To be called before any other module of the app is evaluated: some libraries write
 * markup while they load.
 *
 * Fails: throws when a default policy exists already, which would mean that somebody else's rules are in force.
 */
export function installTrustedTypes(inlineWorker: string | undefined): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };
  trustedTypes?.createPolicy('default', trustedTypesRules(document.baseURI, inlineWorker));
}
