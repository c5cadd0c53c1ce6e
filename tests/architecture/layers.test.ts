/** The table of rooms in `src/README.md` is the rule; this holds the source tree to it, and the checker to examples. */
import { describe, expect, it } from 'vitest';
import { findLayerProblems, findTableCycles } from '../tools/layer-rules.ts';
import { parseRoomTable } from '../tools/room-table.ts';
import { readFiles, readText, type SourceFile } from '../tools/source-files.ts';

const rooms = parseRoomTable(readText('src/README.md'));

describe('the source tree', () => {
  it('keeps to the table of rooms', () => {
    expect(findLayerProblems(rooms, readFiles('src', /\.(ts|svelte|mjs)$/))).toEqual([]);
  });
});

describe('the table of rooms', () => {
  it('has twelve rooms and no circle', () => {
    expect(rooms.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(findTableCycles(rooms)).toEqual([]);
  });

  it('has its door in package.json for every room but the last', () => {
    const { imports } = JSON.parse(readText('package.json')) as { imports: Record<string, string> };
    for (const { name } of rooms.slice(0, -1)) expect(imports[`#${name}`]).toBe(`./src/${name}/index.ts`);
  });

  it('is read cell by cell', () => {
    const table = parseRoomTable(
      [
        '| # | room | may import | may touch |',
        '| --- | --- | --- | --- |',
        '| 1 | one | nothing | nothing |',
        '| 2 | two | 1 | nothing |',
        '| 3 | three | 1–4 (not 2) | nothing |',
        '| 4 | four | 2; types of 1, formatting of 1 | nothing |',
        '| 5 | five | all | everything |',
      ].join('\n'),
    );
    expect(table.map(({ name, mayImport }) => [name, Object.fromEntries(mayImport)])).toEqual([
      ['one', {}],
      ['two', { one: ['values'] }],
      ['three', { one: ['values'], three: ['values'], four: ['values'] }],
      ['four', { two: ['values'], one: ['types', 'formatting'] }],
      ['five', { one: ['values'], two: ['values'], three: ['values'], four: ['values'] }],
    ]);
    expect(() => parseRoomTable('| 1 | one | perhaps 2 | x |')).toThrow('"perhaps"');
  });
});

/** Runs the checker on files that stand nowhere. */
function problemsIn(files: Record<string, string>): string[] {
  const all: SourceFile[] = Object.entries(files).map(([path, text]) => ({ path: `src/${path}`, text }));
  return findLayerProblems(rooms, all);
}

describe('the checker allows', () => {
  it.each([
    ['a lower room through its door', 'plan/a.ts', "import { problem } from '#quantity';"],
    ['a neighbour in the room', 'plan/a.ts', "import { b } from './b.ts'; export { c } from './deep/c.ts';"],
    ['types where types are allowed', 'session/a.svelte.ts', "import type { PlanStore } from '#storage';"],
    ['inline types', 'words/a.ts', "import { type Failure } from '#quantity'; let x: import('#plan').Plan;"],
    ['the adapter of a library', 'formula/grammar.ts', "import { create } from 'mathjs/number';"],
    ['its style sheet too', 'ui/grid/grid-adapter.ts', "import 'handsontable/styles/handsontable.css';"],
    ['a file beside it by address', 'worker/a.ts', "new Worker(new URL('./b.ts', import.meta.url));"],
    [
      'everything to the composition root',
      'app/a.ts',
      "import 'vite'; import.meta.glob('../../models/*.json');",
    ],
    [
      'a word of the domain named like a global',
      'plan/a.ts',
      'export function f(document: Plan) { return document.id; }',
    ],
    [
      'a member named like a global',
      'session/a.ts',
      'export const name = this.store.document + { window: 1 }.window;',
    ],
  ])('%s', (_, path, text) => {
    expect(problemsIn({ [path]: text })).toEqual([]);
  });

  it('formatting where formatting is allowed', () => {
    const door = "export { formatNumber } from './number-text.ts'; export { failure } from './failure.ts';";
    const files = {
      'quantity/index.ts': door,
      'ui/a.svelte': component("import { formatNumber } from '#quantity';"),
    };
    expect(problemsIn(files)).toEqual([]);
  });
});

describe('the checker finds', () => {
  it.each([
    ['a higher room', 'plan/a.ts', "import { parse } from '#formula';", 'plan may not import formula'],
    [
      'a higher room for its types',
      'plan/a.ts',
      "import type { T } from '#formula';",
      'plan may not import formula',
    ],
    [
      'a refused neighbour',
      'exchange/a.ts',
      "import { x } from '#analysis';",
      'exchange may not import analysis',
    ],
    [
      'a value where types are allowed',
      'session/a.ts',
      "import { open } from '#storage';",
      'only types of storage, not open',
    ],
    ['a value among types', 'words/a.ts', "import { type A, b } from '#plan';", 'only types of plan, not b'],
    ['a value passed on', 'words/a.ts', "export { b } from '#plan';", 'only types of plan, not b'],
    [
      'a value that is no formatting',
      'ui/a.ts',
      "import { failure } from '#quantity';",
      'types and formatting of quantity, not failure',
    ],
    [
      'an import when it is needed',
      'plan/a.ts',
      "const x = await import('#engine');",
      'plan may not import engine',
    ],
    ['a type in place', 'plan/a.ts', "let x: import('#engine').Engine;", 'plan may not import engine'],
    [
      'a room of a component',
      'ui/a.svelte',
      component("import { run } from '#engine';"),
      'only types of engine',
    ],
    [
      'a library of a component',
      'ui/a.svelte',
      component("import Grid from 'handsontable';"),
      'ui/grid/grid-adapter.ts alone',
    ],
    [
      'an import in markup',
      'ui/a.svelte',
      "{#await import('../engine/run.ts')}{/await}",
      'past the door of engine',
    ],
    [
      'a file past a door',
      'plan/a.ts',
      "import { x } from '../quantity/value.ts';",
      'past the door of quantity',
    ],
    ['a path past a door', 'plan/a.ts', "import { x } from '#quantity/value.ts';", 'not the door of a room'],
    [
      'a worker past a door',
      'worker/a.ts',
      "new URL('../engine/run.ts', import.meta.url);",
      'past the door of engine',
    ],
    [
      'a way past a door from the root',
      'app/a.ts',
      "import { x } from '../plan/schema.ts';",
      'past the door of plan',
    ],
    ['the own door', 'plan/a.ts', "import { x } from '#plan';", 'imports its own door'],
    ['a file outside', 'plan/a.ts', "import data from '../../models/x.json';", 'leaves the room'],
    [
      'mathjs elsewhere',
      'formula/print.ts',
      "import { parse } from 'mathjs/number';",
      'formula/grammar.ts alone',
    ],
    [
      'idb elsewhere',
      'storage/memory-store.ts',
      "import { openDB } from 'idb';",
      'storage/idb-store.ts alone',
    ],
    [
      'handsontable elsewhere',
      'ui/board/a.ts',
      "import 'handsontable/base';",
      'ui/grid/grid-adapter.ts alone',
    ],
    ['echarts elsewhere', 'ui/board/a.ts', "import * as e from 'echarts/core';", 'ui/chart/ alone'],
    ['valibot elsewhere', 'exchange/a.ts', "import * as v from 'valibot';", 'plan/ alone'],
    [
      'Svelte below the session',
      'engine/a.ts',
      "import { tick } from 'svelte';",
      'session/, ui/ and app/ alone',
    ],
    ['an unknown library', 'engine/a.ts', "import x from 'left-pad';", 'no place in engine'],
    ['Node in a room', 'engine/a.ts', "import { readFileSync } from 'node:fs';", 'no place in engine'],
    ['a door with a star', 'plan/index.ts', "export * from './schema.ts';", 'list the names'],
    ['an unknown room', 'helpers/a.ts', 'export const a = 1;', 'not a room of the table'],
    [
      'the page in a session',
      'session/a.svelte.ts',
      "document.title = 'x';",
      'document belongs to ui and app',
    ],
    [
      'storage in a component',
      'ui/a.svelte',
      component("localStorage.setItem('a', 'b');"),
      'localStorage belongs to storage',
    ],
    [
      'storage by way of window',
      'worker/a.ts',
      'globalThis.localStorage.clear();',
      'localStorage belongs to storage',
    ],
    [
      'a lock elsewhere',
      'session/a.ts',
      "await navigator.locks.request('x', f);",
      'navigator.locks belongs to storage',
    ],
  ])('%s', (_, path, text, sentence) => {
    const problems = problemsIn({ [path]: text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`src/${path}`);
    expect(problems[0]).toContain(sentence);
  });

  it('the line in a component', () => {
    const [problem] = problemsIn({
      'ui/a.svelte': `<p>x</p>\n\n${component("import { run } from '#engine';")}`,
    });
    expect(problem).toContain('src/ui/a.svelte:4: ');
  });

  it('rooms in a circle', () => {
    const problems = problemsIn({
      'quantity/a.ts': "import type { Plan } from '#plan';",
      'plan/a.ts': "import type { Unit } from '#quantity';",
    });
    expect(problems).toContain('rooms in a circle: quantity → plan → quantity');
  });

  it('one part of the platform in two files', () => {
    const text = "localStorage.getItem('a');";
    expect(problemsIn({ 'storage/a.ts': text, 'storage/b.ts': text })).toEqual([
      'localStorage is touched by src/storage/a.ts and src/storage/b.ts; one file holds it',
    ]);
  });
});

function component(script: string): string {
  return `<script lang="ts">\n${script}\n</script>\n<p>text</p>\n`;
}
