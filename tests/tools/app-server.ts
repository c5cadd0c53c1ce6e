/** A server of a built app that a journey can switch to another build, or switch off: what a person meets over weeks. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { OfflineVersion } from '../../src/app/offline-version.ts';
import { SECURITY_HEADERS } from '../../src/app/build/content-security-policy.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** A running server. */
export interface AppServer {
  /** Where the app is: below the root, as on a server that holds other things too. */
  readonly address: string;
  /** From now on the files of another folder are served. */
  serve(folder: string): void;
  /** Answers nobody any more. */
  close(): Promise<void>;
}

/** Serves a built app on this machine, under the policy of the real server. */
export async function startAppServer(folder: string): Promise<AppServer> {
  const PATH = '/plans/tuiyan/';
  let served = folder;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const name = pathname.slice(PATH.length) || 'index.html';
    const file = join(served, name);
    if (!pathname.startsWith(PATH) || name.includes('..') || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': TYPES[extname(name)] ?? 'text/plain' });
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${PATH}`,
    serve: (next) => (served = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What stands in front of the service worker. */
const LIST = /^const TUIYAN_VERSION=(.*);$/m;

/**
 * Copies a build and makes another version of it, as a change of one view would: the view's script has another name, the
 * old name is gone, and every digest is that of the new content. The page says in its title which version it is.
 */
export function writeNextVersion(from: string, to: string, view: string): void {
  cpSync(from, to, { recursive: true });
  const assets = join(to, 'assets');
  const old = readdirSync(assets).find((name) => name.startsWith(`${view}-`) && name.endsWith('.js'));
  if (old === undefined) throw new Error(`the build has no script of the view ${view}`);
  const fresh = `${view}-next.js`;
  renameSync(join(assets, old), join(assets, fresh));
  for (const name of readdirSync(assets).filter((one) => one.endsWith('.js'))) {
    const path = join(assets, name);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(old, fresh));
  }
  const page = join(to, 'index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace('<html', '<html data-build="next"'));
  const path = join(to, 'service-worker.js');
  const worker = readFileSync(path, 'utf8');
  const listed = LIST.exec(worker)?.[1];
  if (listed === undefined) throw new Error('the service worker has no list of files');
  const { files } = JSON.parse(listed) as OfflineVersion;
  const version: OfflineVersion = {
    name: 'next',
    files: files.map(({ file }) => {
      const renamed = file === `assets/${old}` ? `assets/${fresh}` : file;
      const digest = createHash('sha256')
        .update(readFileSync(join(to, renamed)))
        .digest('base64');
      return { file: renamed, integrity: `sha256-${digest}` };
    }),
  };
  writeFileSync(
    path,
    worker.replace(LIST, () => `const TUIYAN_VERSION=${JSON.stringify(version)};`),
  );
}
