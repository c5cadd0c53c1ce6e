/**
 * Keeps the served app for use without a network, by `service-worker.ts`, and offers its newer versions.
 *
 * Promises:
 * 1. Nothing is fetched for it before the first screen stands and the page is idle.
 * 2. A newer version is got ready beside the running one and taken only when the person asks. The page that asked is
 *    loaded anew; the others go on with the scripts that they have, and offer the same.
 * 3. Without a network, or where the browser refuses, the app runs as it does without this.
 */
import { SERVICE_WORKER } from './trusted-types.ts';

/** How often a page that stays open looks for a newer version, at most. */
const LOOK_EVERY_MS = 60 * 60 * 1000;

/** Takes the message that lets a waiting version take over; known to `service-worker.ts`. */
const TAKE_OVER = 'take-over';

/** Begins when the page is idle. `offer` is told how to go over to a newer version whenever one is ready. */
export function keepInstalled(page: Document, offer: (take: () => void) => void): void {
  const { serviceWorker: workers } = navigator as { serviceWorker?: ServiceWorkerContainer };
  // a plain http address and some private windows have none
  if (!workers) return;
  const begin = () => void install(page, workers, offer);
  // Safari has no idle callback
  if (typeof requestIdleCallback === 'undefined') setTimeout(begin, 1000);
  else requestIdleCallback(begin);
}

async function install(
  page: Document,
  workers: ServiceWorkerContainer,
  offer: (take: () => void) => void,
): Promise<void> {
  const reload = () => page.location.reload();
  let isControlled = workers.controller !== null;
  let isTaking = false;
  workers.addEventListener('controllerchange', () => {
    if (isTaking) reload();
    // another page has gone over: this one runs the older version from now on
    else if (isControlled) offer(reload);
    isControlled = true;
  });
  const registration = await register(page, workers);
  if (!registration) return;
  const offerWaiting = () => {
    if (!registration.waiting || !workers.controller) return;
    offer(() => {
      isTaking = true;
      // gone when another page has gone over in the meantime
      if (registration.waiting) registration.waiting.postMessage(TAKE_OVER);
      else reload();
    });
  };
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') offerWaiting();
    });
  });
  offerWaiting();
  lookAgain(page, registration);
}

/** Missing: undefined where the browser or the server refuses; the app runs without. */
async function register(
  page: Document,
  workers: ServiceWorkerContainer,
): Promise<ServiceWorkerRegistration | undefined> {
  try {
    return await workers.register(new URL(SERVICE_WORKER, page.baseURI));
  } catch (thrown) {
    // no network, no such file, storage switched off: each is a reason to do without
    if (thrown instanceof TypeError || thrown instanceof DOMException) return undefined;
    throw thrown;
  }
}

/** A page that is opened looks by itself; one that stays open looks when the person comes back to it. */
function lookAgain(page: Document, registration: ServiceWorkerRegistration): void {
  let lookedAt = Date.now();
  page.addEventListener('visibilitychange', () => {
    if (page.visibilityState === 'hidden' || Date.now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = Date.now();
    registration.update().catch((thrown: unknown) => {
      if (!(thrown instanceof TypeError || thrown instanceof DOMException)) throw thrown;
    });
  });
}
