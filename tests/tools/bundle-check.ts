/**
 * Looks at the built app: how heavy each part is to download, and whether anything in it makes code from text.
 *
 * Runs at the end of every build and fails it, so that a heavier first screen and a library that evaluates text
 * are both found in the change that brings them.
 */
import { brotliCompressSync } from 'node:zlib';
import ts from 'typescript';
import type { Plugin } from 'vite';

const KILOBYTE = 1000;

/** The page, its scripts and its styles: a third of a second on a mobile line of 3 Mbit/s. */
const FIRST_LOAD_BYTES = 120 * KILOBYTE;

/** What a library that arrives later may weigh: what a trial with all that we ask of it weighed, and a tenth. */
const LAZY_LIBRARY_BYTES: ReadonlyMap<string, number> = new Map([
  ['grid', 170 * KILOBYTE],
  ['charts', 200 * KILOBYTE],
  ['math', 40 * KILOBYTE],
]);

/** What any other later file may weigh: a screen of our own with its styles, a font, a worker. */
const LAZY_FILE_BYTES = 90 * KILOBYTE;

/** What the page with everything in line may weigh on a disk: so that a plan in it still goes through as a mail's attachment. */
const STANDALONE_BYTES = 6000 * KILOBYTE;

/** The page of the served app; a page of another name is a file of its own. */
const PAGE = 'index.html';

/** A file of the built app, and what it brings along. */
export interface BuiltFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Whether the page begins with it. */
  readonly isEntry: boolean;
  /** Files that are loaded with it: static imports and style sheets. */
  readonly atOnce: readonly string[];
  /** Files that it may load when they are needed. */
  readonly later: readonly string[];
}

/** A part of the built app: what the first screen needs, or one file that a later need brings. */
export interface Part {
  readonly name: string;
  /** As it travels, compressed with brotli; a page that is a file of its own as it lies on the disk. */
  readonly bytes: number;
  readonly budgetBytes: number;
}

/** A call that makes code from text, which is known and never reached. */
export interface AllowedEval {
  /** What the file's name starts with. */
  readonly file: string;
  readonly text: RegExp;
  readonly because: string;
}

/** The calls that make code from text which may stand in the built app: today there is none. */
export const ALLOWED_EVAL: readonly AllowedEval[] = [];

/** Finds calls of `eval` and `Function` in a script, in whatever spelling a minifier leaves them. */
export function findEval(script: string): { readonly offset: number; readonly text: string }[] {
  const findings: { offset: number; text: string }[] = [];
  const source = ts.createSourceFile('built.js', script, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  // a minifier chains thousands of statements by commas, each a level deeper: too deep for a function that calls itself
  const left: ts.Node[] = [source];
  for (let node = left.pop(); node; node = left.pop()) {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && isEvaluator(node.expression)) {
      const offset = node.getStart(source);
      findings.push({ offset, text: script.slice(offset, Math.min(node.end, offset + 80)) });
    }
    ts.forEachChild(node, (child) => {
      left.push(child);
    });
  }
  return findings.sort((a, b) => a.offset - b.offset);
}

function isEvaluator(callee: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(callee)) return isEvaluator(callee.expression);
  // `(0, eval)(…)`: the last of a comma's parts is what is called.
  if (ts.isBinaryExpression(callee)) {
    return callee.operatorToken.kind === ts.SyntaxKind.CommaToken && isEvaluator(callee.right);
  }
  if (ts.isPropertyAccessExpression(callee)) {
    const { expression, name } = callee;
    const isGlobal = ts.isIdentifier(expression) && /^(globalThis|window|self)$/.test(expression.text);
    return isGlobal && /^(eval|Function)$/.test(name.text);
  }
  return ts.isIdentifier(callee) && /^(eval|Function)$/.test(callee.text);
}

/** The scripts of a file: itself, or those that stand in a page, a worker's among them. */
function scriptsIn(name: string, content: string): string[] {
  if (name.endsWith('.js')) return [content];
  if (!name.endsWith('.html')) return [];
  const blocks = content.matchAll(/<script type="(?:module|text\/plain)"[^>]*>([^]*?)<\/script>/g);
  return [...blocks].map(([, script = '']) => script);
}

/** Lists, a sentence each, the calls that make code from text and are not allowed. */
export function findForbiddenEval(
  files: readonly Pick<BuiltFile, 'name' | 'content'>[],
  allowed: readonly AllowedEval[] = ALLOWED_EVAL,
): string[] {
  return files.flatMap(({ name, content }) =>
    scriptsIn(name, typeof content === 'string' ? content : new TextDecoder().decode(content))
      .flatMap(findEval)
      .filter(
        (finding) => !allowed.some((rule) => name.startsWith(rule.file) && rule.text.test(finding.text)),
      )
      .map((finding) => `${name}, character ${finding.offset}, makes code from text: ${finding.text}`),
  );
}

/**
 * Measures the first load and every file that may come later.
 *
 * The first load is the page, its entry, and what the entry loads in turn: it loads the app by a dynamic import,
 * because the gate of `src/app/trusted-types.ts` must stand before the app is evaluated.
 */
export function measureParts(files: readonly BuiltFile[]): Part[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  const first = new Set<BuiltFile>();
  const need = (name: string): void => {
    const file = byName.get(name);
    if (!file || first.has(file)) return;
    first.add(file);
    file.atOnce.forEach(need);
    if (file.isEntry) file.later.forEach(need);
  };
  for (const { name, isEntry } of files) if (isEntry || name === PAGE) need(name);
  const firstLoad = {
    name: 'first load',
    bytes: [...first].reduce((sum, { content }) => sum + brotliBytes(content), 0),
    budgetBytes: FIRST_LOAD_BYTES,
  };
  return [
    ...(first.size > 0 ? [firstLoad] : []),
    ...files
      .filter((file) => !first.has(file))
      .map(({ name, content }) =>
        name.endsWith('.html')
          ? { name, bytes: Buffer.byteLength(content), budgetBytes: STANDALONE_BYTES }
          : {
              name,
              bytes: brotliBytes(content),
              budgetBytes: LAZY_LIBRARY_BYTES.get(/^assets\/(\w+)-/.exec(name)?.[1] ?? '') ?? LAZY_FILE_BYTES,
            },
      ),
  ];
}

function brotliBytes(content: string | Uint8Array): number {
  return brotliCompressSync(content).length;
}

/** Prints the parts as a table, in the order in which they are loaded. */
export function printParts(parts: readonly Part[]): string {
  const width = Math.max(...parts.map(({ name }) => name.length));
  const rows = parts.map(({ name, bytes, budgetBytes }) => {
    const over = bytes > budgetBytes ? '  over budget' : '';
    return `${name.padEnd(width)} ${inKilobytes(bytes).padStart(10)} of ${inKilobytes(budgetBytes)}${over}`;
  });
  return [
    'size to download (brotli; a page with everything in line: on disk), and its budget:',
    ...rows,
  ].join('\n');
}

function inKilobytes(bytes: number): string {
  return `${(bytes / KILOBYTE).toFixed(1)} kB`;
}

/** The Vite plugin: measures what was built for the browser, prints it, and fails the build on a finding. */
export function bundleCheck(): Plugin {
  let isForBrowser = true;
  return {
    name: 'tuiyan-bundle-check',
    apply: 'build',
    configResolved({ build }) {
      isForBrowser = !build.ssr;
    },
    writeBundle(_, bundle) {
      if (!isForBrowser) return;
      const files = Object.values(bundle).flatMap((output): BuiltFile[] => {
        const name = output.fileName;
        if (!/\.(html|js|css|woff2|wasm)$/.test(name)) return [];
        if (output.type === 'asset') {
          return [{ name, content: output.source, isEntry: false, atOnce: [], later: [] }];
        }
        const { code: content, dynamicImports: later } = output;
        // the service worker is an entry too, but no page's
        const isEntry = output.isEntry && name.startsWith('assets/');
        const atOnce = [...output.imports, ...(output.viteMetadata?.importedCss ?? [])];
        return [{ name, content, isEntry, atOnce, later }];
      });
      const parts = measureParts(files);
      console.log(`\n${printParts(parts)}\n`);
      const findings = [
        ...parts
          .filter(({ bytes, budgetBytes }) => bytes > budgetBytes)
          .map(
            ({ name, bytes, budgetBytes }) =>
              `${name} weighs ${inKilobytes(bytes)}, over ${inKilobytes(budgetBytes)}`,
          ),
        ...findForbiddenEval(files),
      ];
      if (findings.length > 0) this.error(findings.join('\n'));
    },
  };
}
