/**
 * Compiles `src/words/messages/<language>.json` into `src/words/compiled/`, one module a language.
 *
 * Runs before every script that reads the words, several at a time on a busy machine: so it compiles into a
 * folder of its own and then moves over only the files that differ, each in one step. A reader never meets half a file.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';

const root = resolve(import.meta.dirname, '../../..');
const words = join(root, 'src', 'words');

/**
 * What the compiler is told, here and by the Vite plugin: the two must write the same files.
 *
 * The strategy names no cookie, address or global: the language is an argument (see `src/words/index.ts`).
 */
export const wordsOptions = {
  project: join(words, 'project.inlang'),
  outdir: join(words, 'compiled'),
  outputStructure: /** @type {const} */ ('locale-modules'),
  strategy: /** @type {['baseLocale']} */ (['baseLocale']),
  isServer: 'false',
  disableAsyncLocalStorage: true,
  emitReadme: false,
  emitGitIgnore: false,
  emitPrettierIgnore: false,
};

/** Compiles the words and moves what changed into place. Fails: when a language came out without messages. */
export async function compileWords() {
  const cache = join(root, 'node_modules', '.cache', 'tuiyan');
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'words-'));
  try {
    await compile({ ...wordsOptions, outdir: fresh });
    for (const file of listFiles(join(words, 'messages'))) {
      const language = file.replace(/\.json$/, '');
      // The compiler reports success, and zero messages, when it cannot load its message format.
      if (!/^export /m.test(readFileSync(join(fresh, 'messages', `${language}.js`), 'utf8'))) {
        throw new Error(`The words of "${language}" compiled to nothing.`);
      }
    }
    moveChanged(fresh, wordsOptions.outdir);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function moveChanged(from, to) {
  const wanted = listFiles(from);
  for (const file of wanted) {
    const source = join(from, file);
    const target = join(to, file);
    if (existsSync(target) && readFileSync(target, 'utf8') === readFileSync(source, 'utf8')) continue;
    mkdirSync(dirname(target), { recursive: true });
    renameSync(source, target);
  }
  for (const file of existsSync(to) ? listFiles(to) : []) {
    if (!wanted.includes(file)) rmSync(join(to, file), { force: true });
  }
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileWords();
