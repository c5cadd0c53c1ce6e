/**
 * The service worker: keeps every file of the served app on this device and answers from there.
 *
 * Promises:
 * 1. A version is kept whole or not at all: every file is checked against the digest that its build wrote down.
 * 2. The page and its scripts come from one version. A newer one waits until it is told to take over, or until no page
 *    of the older one is open.
 * 3. The scripts of an older version stay as long as a page that began with them is open.
 * 4. It asks its own server alone, and answers nothing outside its folder.
 */
import type { OfflineVersion } from './offline-version.ts';

/** Written in front of this script by `build/offline-files.ts`. */
declare const TUIYAN_VERSION: OfflineVersion;

/** What this script uses of a service worker's scope; TypeScript knows that only without the page's library. */
interface Scope {
  readonly registration: {
    readonly scope: string;
    readonly installing: object | null;
    readonly waiting: object | null;
  };
  readonly clients: {
    claim(): Promise<void>;
    /** Waits for a page that is being opened. */
    get(id: string): Promise<object | undefined>;
    matchAll(): Promise<readonly { readonly id: string }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LastingEvent) => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'fetch', listener: (event: AskedEvent) => void): void;
}

interface LastingEvent {
  waitUntil(work: Promise<unknown>): void;
}

interface AskedEvent extends LastingEvent {
  readonly request: Request;
  readonly resultingClientId: string;
  respondWith(answer: Promise<Response>): void;
}

const scope = globalThis as unknown as Scope;
const folder = scope.registration.scope;

/** One cache a version, and one that says which page began with which version. */
const PREFIX = `tuiyan ${folder} `;
const nameOf = (version: string) => `${PREFIX}version ${version}`;
const PAGES = `${PREFIX}pages`;
const own = nameOf(TUIYAN_VERSION.name);
const PAGE_FILE = 'index.html';
const STANDALONE_FILE = 'standalone.html';

const addressOf = (file: string) => new URL(file, folder).href;
const kept = new Set(TUIYAN_VERSION.files.map(({ file }) => addressOf(file)));

scope.addEventListener('install', (event) => event.waitUntil(keepFiles()));

scope.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

scope.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void scope.skipWaiting();
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(folder)) return;
  const { pathname, origin } = new URL(request.url);
  const address = origin + pathname;
  if (request.mode === 'navigate') {
    if (address !== folder && address !== addressOf(PAGE_FILE)) return;
    event.respondWith(answer(addressOf(PAGE_FILE), request));
    event.waitUntil(notePage(event.resultingClientId).then(dropOlder));
  } else if (address === addressOf(STANDALONE_FILE)) {
    event.respondWith(fetchAndKeep(request));
  } else if (kept.has(address)) {
    event.respondWith(answer(address, request));
  } else if (address.startsWith(addressOf('assets/'))) {
    event.respondWith(answerOlder(address, request));
  }
});

/** Fetches every file of this version; one that is not what the build made refuses the whole version. */
async function keepFiles(): Promise<void> {
  const cache = await caches.open(own);
  const requests = TUIYAN_VERSION.files.map(
    ({ file, integrity }) => new Request(addressOf(file), { integrity, cache: 'no-cache' }),
  );
  await cache.addAll(requests);
}

/** Takes the open pages over; one that no worker answered for yet has just been loaded, and with this version. */
async function takeOver(): Promise<void> {
  await scope.clients.claim();
  const pages = await caches.open(PAGES);
  for (const { id } of await scope.clients.matchAll()) {
    if (!(await pages.match(pageKey(id)))) await notePage(id);
  }
  await dropOlder();
}

async function answer(address: string, request: Request): Promise<Response> {
  const cache = await caches.open(own);
  return (await cache.match(address)) ?? fetch(request);
}

/** A script of another version: a name says its content, so whoever has it may give it. */
async function answerOlder(address: string, request: Request): Promise<Response> {
  return (await caches.match(address)) ?? fetch(request);
}

/** The empty standalone page is heavy and seldom wanted: it is kept once it has been fetched, newest first. */
async function fetchAndKeep(request: Request): Promise<Response> {
  const cache = await caches.open(own);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request.url, response.clone());
    return response;
  } catch (thrown) {
    const old = await caches.match(request.url);
    if (old) return old;
    throw thrown;
  }
}

const pageKey = (id: string) => addressOf(`page/${id}`);

/** Notes with which version a page begins. */
async function notePage(id: string): Promise<void> {
  const pages = await caches.open(PAGES);
  await pages.put(pageKey(id), new Response(TUIYAN_VERSION.name));
}

/** Drops the older versions that no open page began with; while a newer one is got ready, nothing. */
async function dropOlder(): Promise<void> {
  if (scope.registration.installing ?? scope.registration.waiting) return;
  const pages = await caches.open(PAGES);
  const needed = new Set([own, PAGES]);
  for (const { url } of await pages.keys()) {
    const id = url.slice(pageKey('').length);
    const version = await pages.match(url);
    if (version && (await scope.clients.get(id))) needed.add(nameOf(await version.text()));
    else await pages.delete(url);
  }
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && !needed.has(name)) await caches.delete(name);
  }
}
