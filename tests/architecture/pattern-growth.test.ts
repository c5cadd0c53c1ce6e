/**
 * No pattern can be made to run for seconds by a long text: row 26 of the table of threats.
 *
 * Every regular expression of the sources is tried on texts made to harm it: runs of one character, runs of the pieces that
 * the pattern itself speaks of, each with an end that does not fit. What counts is growth: four times the text may take four
 * times as long, not sixteen; a pattern that reads 12,500 characters in proportion reads 50,000 so.
 */
import ts from 'typescript';
import { expect, it } from 'vitest';
import { readFiles } from '../tools/source-files.ts';

/** The lengths that are tried, one after another, until one takes too long. */
const LENGTHS = [16, 20, 24, 100, 200, 400, 800, 1600, 3200, 12_800];
/** Below this no text keeps a page; four times as long for a text four times as long. */
const HARMLESS_MS = 20;
/** How much longer a text four times as long may take: linear growth is 4, quadratic 16. */
const MOST_GROWTH = 8;

/** Files whose patterns read texts of a known length only. */
const LONGEST: Readonly<Record<string, { readonly characters: number; readonly because: string }>> = {
  'src/analysis/audit/relation.ts': { characters: 200, because: 'heads of tables, which the schema limits' },
};

/** What a build or a command reads is our own: `app/build/` is left out. */
const READ = /^src\/(?!app\/build\/).*\.(ts|svelte)$/;

interface Pattern {
  readonly place: string;
  readonly pattern: RegExp;
  readonly longest: number;
}

/** Every literal, and every one that is put together where a module is loaded. */
function patternsOf(path: string, text: string): Pattern[] {
  const code = path.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map(([, script = '']) => script).join('\n')
    : text;
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const found: Pattern[] = [];
  const longest = LONGEST[path]?.characters ?? Infinity;
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const pattern = new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
      found.push({ place: `${path}: ${node.text}`, pattern, longest });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Those that are put together: the doors are entered with a look at what is made. */
async function composedPatterns(): Promise<Pattern[]> {
  const found: Pattern[] = [];
  const Original = RegExp;
  globalThis.RegExp = new Proxy(Original, {
    construct(target, [source, flags]: [string | RegExp, string | undefined]) {
      const pattern = Reflect.construct(target, [source, flags]);
      if (new Error().stack?.includes('/src/'))
        found.push({ place: String(pattern), pattern, longest: Infinity });
      return pattern;
    },
  });
  try {
    await import('#analysis');
    const { readTable } = await import('#exchange');
    readTable('a,1.5\n"b","1,234"');
  } finally {
    globalThis.RegExp = Original;
  }
  return found;
}

const PIECES = [
  ...['a', ' ', '0', '-', '.', ',', '"', "'", '(', '<', '=', '_', '贷', '\n'],
  ...['a ', '1,', 'a,', '""', 'a1', '\r\n', 'x="', '年 '],
];
const ENDS = ['!', '\u0000 x'];
const STARTS = ['', '1', 'x'];
/** Runs that a pattern may take for a part of what stands before them. */
const STARTED = ['a', ' ', '0'];

const texts = new Map<string, string>();
function textOf(start: string, piece: string, end: string, length: number): string {
  const key = `${length} ${start}${piece}${end}`;
  const text = texts.get(key) ?? start + piece.repeat(Math.ceil(length / piece.length)) + end;
  if (PIECES.includes(piece)) texts.set(key, text);
  return text;
}

/** What the pattern itself speaks of. */
function literalsOf({ source }: RegExp): string[] {
  const literal = source
    .replaceAll(/\\[dDwWsSbBpPku](?:\{[^}]*\})?|\(\?[:=!<]*|[\\^$()[\]{}|?*+.]/g, '')
    .slice(0, 6);
  return literal === '' ? [] : [literal, ...literal].filter((piece) => !PIECES.includes(piece));
}

/** The shortest of some runs: a busy machine makes one run longer, never shorter. */
function shortest(pattern: RegExp, text: string, runs: number): number {
  let least = Infinity;
  for (let run = 0; run < runs; run += 1) {
    pattern.lastIndex = 0;
    const began = performance.now();
    if (pattern.global) text.replaceAll(pattern, '');
    else pattern.test(text);
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

/** The first attack under which the time grows faster than the text. */
function growing({ place, pattern, longest }: Pattern): string[] {
  for (const piece of [...PIECES, ...literalsOf(pattern)])
    for (const start of STARTED.includes(piece) ? STARTS : [''])
      for (const end of ENDS) {
        const text = (length: number) => textOf(start, piece, end, length);
        for (const length of LENGTHS.filter((one) => one <= longest)) {
          if (shortest(pattern, text(length), 1) < HARMLESS_MS) continue;
          const took = shortest(pattern, text(length), 3);
          const before = shortest(pattern, text(length / 4), 3);
          if (took < HARMLESS_MS || took / before < MOST_GROWTH) continue;
          return [`${place} on ${length} of ${JSON.stringify(start + piece)}: ${before} → ${took} ms`];
        }
      }
  return [];
}

it('every pattern of the sources stays in proportion to its text', async () => {
  const patterns = [
    ...readFiles('src', READ).flatMap(({ path, text }) => patternsOf(path, text)),
    ...(await composedPatterns()),
  ];
  expect(patterns.length).toBeGreaterThan(100);

  expect(patterns.flatMap(growing)).toEqual([]);
}, 600_000);

it.each([/(a+)+$/, /^(\s*,?)*$/, /a*a*a*$/, /\s+$/])('%s would be found', (pattern) => {
  expect(growing({ place: String(pattern), pattern, longest: Infinity })).toHaveLength(1);
});
