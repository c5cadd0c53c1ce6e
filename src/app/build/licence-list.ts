/**
 * The libraries that are shipped and their licences, as the app shows them; made when it is built, from the packages that lie
 * there, so that the list is that of the build.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const NAME = 'virtual:licences';
const RESOLVED = `\0${NAME}`;

/** Packages that are needed to build, and of which a part goes into what is built. */
const COMPILED_IN = ['svelte', 'esm-env', 'clsx'];

interface Locked {
  readonly version: string;
  readonly dev?: boolean;
  /** Also asked for by a package that is shipped, for its types. */
  readonly devOptional?: boolean;
}

const root = resolve(import.meta.dirname, '../../..');

/** Offers `virtual:licences`, and fails a build that ships a package which is not in it. */
export function licenceList(): Plugin {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, Locked>>;
  };
  const shipped = Object.entries(lock.packages)
    .map(([path, locked]) => ({ name: path.replace(/^node_modules\//, ''), locked }))
    .filter(
      ({ name, locked }) =>
        name !== '' && (!(locked.dev ?? locked.devOptional) || COMPILED_IN.includes(name)),
    );
  const names = new Set(shipped.map(({ name }) => name));
  return {
    name: 'tuiyan-licence-list',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return undefined;
      const list = shipped.map(({ name, locked }) => {
        const folder = join(root, 'node_modules', name);
        return { name, version: locked.version, licence: licenceOf(folder), text: textOf(folder) };
      });
      return `export const licences = ${JSON.stringify(list)};`;
    },
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.type === 'chunk' ? chunk.moduleIds : []) {
          const name = /[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)(?!.*[\\/]node_modules[\\/])/.exec(
            id,
          )?.[1];
          if (name !== undefined && !names.has(name.replace('\\', '/')))
            this.error(`${name} is shipped, and its licence is not listed in ${import.meta.filename}`);
        }
      }
    },
  };
}

function licenceOf(folder: string): string {
  const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { license?: string };
  return license ?? '';
}

/** The licence as the package prints it, and what it asks to be told with it. */
function textOf(folder: string): string {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter((file) => /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
    .join('\n\n');
}
