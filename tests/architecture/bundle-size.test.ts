/** Every build measures its parts and fails over budget; this holds the measuring to an example. */
import { expect, it } from 'vitest';
import { findForbiddenEval, measureParts, printParts, type BuiltFile } from '../tools/bundle-check.ts';

function file(name: string, some: Partial<BuiltFile> = {}): BuiltFile {
  return { name, content: `/* ${name} */`, isEntry: false, atOnce: [], later: [], ...some };
}

it('counts as first load what the page cannot do without, and the rest file by file', () => {
  const parts = measureParts([
    file('index.html'),
    file('assets/index-a.js', { isEntry: true, later: ['assets/start-page-b.js'] }),
    file('assets/start-page-b.js', {
      atOnce: ['assets/math-c.js', 'assets/start-page-d.css'],
      later: ['assets/grid-e.js'],
    }),
    file('assets/math-c.js', { atOnce: ['assets/start-page-b.js'] }),
    file('assets/start-page-d.css'),
    file('assets/grid-e.js'),
    file('assets/audit-f.js'),
  ]);
  expect(parts.map(({ name }) => name)).toEqual(['first load', 'assets/grid-e.js', 'assets/audit-f.js']);
  expect(parts[0]?.bytes).toBeGreaterThan(4 * (parts[1]?.bytes ?? 0));
  expect(parts.map(({ budgetBytes }) => budgetBytes)).toEqual([120_000, 170_000, 90_000]);
});

it('weighs a page with everything in line by itself, and reads the scripts in it', () => {
  const files = [
    file('standalone.html', {
      content:
        '<script type="module" id="a">(0, eval)("1")</script><script type="text/plain">Function("2")</script>',
    }),
  ];
  expect(measureParts(files)).toEqual([{ name: 'standalone.html', bytes: 100, budgetBytes: 6_000_000 }]);
  expect(findForbiddenEval(files)).toEqual([
    'standalone.html, character 0, makes code from text: (0, eval)("1")',
    'standalone.html, character 0, makes code from text: Function("2")',
  ]);
});

it('says which part is over its budget', () => {
  const table = printParts([
    { name: 'first load', bytes: 200_000, budgetBytes: 120_000 },
    { name: 'assets/grid-e.js', bytes: 1_000, budgetBytes: 170_000 },
  ]);
  expect(table).toMatch(/first load .* 200\.0 kB of 120\.0 kB {2}over budget/);
  expect(table).toMatch(/grid-e\.js .* 1\.0 kB of 170\.0 kB$/m);
});
