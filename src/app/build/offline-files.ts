/**
 * Builds the service worker beside the page, with the list of the files that are this version of the app.
 *
 * A version is everything that the page may ever load. The list is made from what the build has written, last of all,
 * and the version's name is made from the list: two builds of the same source are the same version.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import type { OfflineVersion } from '../offline-version.ts';

/** Its address never changes: the browser compares what it finds there with what it has. */
const WORKER_FILE = 'service-worker.js';

/** Files of `public/` that the page asks for; the others are for people and editors. */
const PUBLIC_FILES = /\.(svg|webmanifest)$|^icon-.*\.png$/;

/** Names the version that these files are. Shape: file name to content. */
export function versionOf(contents: ReadonlyMap<string, string | Uint8Array>): OfflineVersion {
  const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('base64');
  const files = [...contents]
    .map(([file, content]) => ({ file, integrity: `sha256-${digest(content)}` }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  return { name: digest(JSON.stringify(files)).slice(0, 16), files };
}

/** The Vite plugin. */
export function offlineFiles(): Plugin {
  let publicDir = '';
  return {
    name: 'tuiyan-offline-files',
    apply: (_, { command, isSsrBuild }) => command === 'build' && !isSsrBuild,
    enforce: 'post',
    configResolved(config) {
      ({ publicDir } = config);
    },
    buildStart() {
      const id = resolve(import.meta.dirname, '../service-worker.ts');
      this.emitFile({ type: 'chunk', id, fileName: WORKER_FILE });
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle[WORKER_FILE];
        if (worker?.type !== 'chunk' || worker.imports.length > 0)
          this.error('the service worker has to be one script');
        const contents = new Map<string, string | Uint8Array>();
        for (const output of Object.values(bundle)) {
          if (output !== worker)
            contents.set(output.fileName, output.type === 'chunk' ? output.code : output.source);
        }
        for (const file of readdirSync(publicDir)) {
          if (PUBLIC_FILES.test(file)) contents.set(file, readFileSync(join(publicDir, file)));
        }
        worker.code = `const TUIYAN_VERSION=${JSON.stringify(versionOf(contents))};\n${worker.code}`;
      },
    },
  };
}
