/** What is said of a document whose shape is wrong, in the reader's language and without the words of programs. */
import { describe, expect, it } from 'vitest';
import { readPlan } from '#plan';
import { loadWords, problemSentence } from '#words';
import { aPlan } from '#tests/builders';

const plan = JSON.parse(JSON.stringify(aPlan().build())) as Record<string, unknown>;

async function said(language: 'zh' | 'en', document: unknown): Promise<string[]> {
  const words = await loadWords(language);
  const read = readPlan(document);
  return read.ok ? [] : read.problems.map((problem) => problemSentence(words, problem));
}

describe('a document of the wrong shape', () => {
  it.each([
    [
      'a number',
      { title: 3 },
      'title: a group of fields belongs there, and 3 was found. Correct it and open the file again.',
      'title：应为一组字段，实为3。请改正后再打开文件。',
    ],
    [
      'a part that nobody knows',
      { colour: 'red' },
      '“colour” is not known here. Take it out, or ask whoever wrote the file for another.',
      '“colour”在此处不存在。请去掉它，或请写文件的人另发一份。',
    ],
    [
      'no lines',
      { lines: undefined },
      '“lines” is missing. Put it in, or ask for the file again.',
      '缺少“lines”。请补上，或请对方再发一次。',
    ],
  ])('with %s', async (_, change, en, zh) => {
    const document = JSON.parse(JSON.stringify({ ...plan, ...change })) as unknown;
    expect(await said('en', document)).toContain(en);
    expect(await said('zh', document)).toContain(zh);
  });
});
