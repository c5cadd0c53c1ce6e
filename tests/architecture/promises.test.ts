/** The page on promises names tests that exist, and has every row. */
import { expect, it } from 'vitest';
import { listPaths, readText } from '../tools/source-files.ts';

const page = readText('tests/promises.md');
const rows = page.split('\n').filter((line) => /^\| (\d+|–) \|/.test(line));
const paths = listPaths('tests').map((path) => path.slice('tests/'.length));

it('names a test in every row, and none that is not there', () => {
  const unproved = rows.filter((row) => !/`[^`]+`/.test(row.split('|').at(-2) ?? ''));
  expect(unproved).toEqual([]);
  const named = rows.flatMap((row) =>
    [...(row.split('|').at(-2) ?? '').matchAll(/`([^` ]+)`/g)].map(([, name = '']) => name),
  );
  const gone = named.filter(
    (name) =>
      !paths.some((path) => path.startsWith(`${name}.`) || path.startsWith(`${name.replace(/\/$/, '')}/`)),
  );
  expect([...new Set(gone)]).toEqual([]);
});

it('has the sixteen promises and the thirty-seven threats', () => {
  const numbers = rows.map((row) => Number(/^\| (\d+)/.exec(row)?.[1])).filter((one) => one > 0);
  const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
  expect(numbers).toEqual([...upTo(16), ...upTo(37)]);
});
