/**
 * Compiles `src/words/messages/<language>.json` into `src/words/compiled/`, one module a language.
 *
 * Runs before every script that reads the words, so it returns at once when nothing has changed. Several may run
 * at a time: each compiles into a folder of its own and then moves over only the files that differ, in one step
 * each. A reader never meets half a file.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { remake, root } from './remake.mjs';

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
async function compileWords() {
  const languages = listFiles(join(words, 'messages')).map((file) => file.replace(/\.json$/, ''));
  const compiled = languages.map((language) => join(wordsOptions.outdir, 'messages', `${language}.js`));
  await remake({
    name: 'words',
    state: fingerprint(),
    isThere: () => compiled.every((file) => existsSync(file)),
    make: async (fresh) => {
      // Loaded only now: the compiler takes longer to start than to find out that there is nothing to do.
      const { compile } = await import('@inlang/paraglide-js');
      await compile({ ...wordsOptions, outdir: fresh });
      for (const language of languages) {
        // The compiler reports success, and zero messages, when it cannot load its message format.
        if (!/^export /m.test(readFileSync(join(fresh, 'messages', `${language}.js`), 'utf8'))) {
          throw new Error(`The words of "${language}" compiled to nothing.`);
        }
      }
      moveChanged(fresh, wordsOptions.outdir);
    },
  });
}

/** Names the state of everything that the compiled words are made of. */
function fingerprint() {
  const hash = createHash('sha256').update(JSON.stringify(wordsOptions));
  const sources = listFiles(join(words, 'messages')).map((file) => join(words, 'messages', file));
  const others = [join(words, 'project.inlang', 'settings.json'), join(root, 'package-lock.json')];
  for (const file of [...sources.sort(), ...others]) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
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
