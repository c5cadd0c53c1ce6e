/** A file is one noun; one that outgrows this is two. */
import { expect, it } from 'vitest';
import { readFiles } from '../tools/source-files.ts';

const MAX_LINES = 400;

it(`no source file has more than ${MAX_LINES} lines`, () => {
  const long = readFiles('src', /\.(ts|mjs|svelte|css)$/)
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > MAX_LINES);
  expect(long).toEqual([]);
});
