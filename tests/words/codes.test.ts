/** Every code that can arise anywhere has its sentence in both languages. */
import { describe, expect, it } from 'vitest';
import { functionList } from '#formula';
import { languages, loadWords, wordsIn } from '#words';
import { codesBySource } from './codes.ts';

await Promise.all([loadWords('zh'), loadWords('en')]);

const { problems, reasons, storage } = codesBySource();
const codes = [
  ...reasons.map((code) => `reason_${code}`),
  ...problems.map((code) => `problem_${code}`),
  ...storage.map((code) => `storage_${code}`),
];

it('finds the codes', () => {
  expect(codes.length).toBeGreaterThan(200);
  expect(functionList.length).toBeGreaterThan(50);
});

describe.each(languages)('%s', (language) => {
  const say = wordsIn(language).say as (key: string, args: object) => string;
  it.each(codes)('has a sentence for %s', (code) => {
    expect(say(code, new Proxy({}, { get: () => '7' })).length).toBeGreaterThan(3);
  });
});
