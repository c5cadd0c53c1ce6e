/** Every build measures its parts and fails over budget; this holds the measuring to an example. */
import { expect, it } from 'vitest';
import { measureParts, printParts, type BuiltFile } from '../tools/bundle-check.ts';

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
  expect(parts[0]?.brotliBytes).toBeGreaterThan(4 * (parts[1]?.brotliBytes ?? 0));
  expect(parts.map(({ budgetBytes }) => budgetBytes)).toEqual([190_000, 170_000, 90_000]);
});

it('says which part is over its budget', () => {
  const table = printParts([
    { name: 'first load', brotliBytes: 200_000, budgetBytes: 190_000 },
    { name: 'assets/grid-e.js', brotliBytes: 1_000, budgetBytes: 170_000 },
  ]);
  expect(table).toMatch(/first load .* 200\.0 kB of 190\.0 kB {2}over budget/);
  expect(table).toMatch(/grid-e\.js .* 1\.0 kB of 170\.0 kB$/m);
});
