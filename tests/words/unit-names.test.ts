/** Units in the reader's language. */
import { describe, expect, it } from 'vitest';
import { loadWords, unitName, wordsIn } from '../../src/words/index.ts';

await Promise.all([loadWords('zh'), loadWords('en')]);

describe('names of units', () => {
  it('stand in Chinese as the plan writes them', () => {
    expect(unitName(wordsIn('zh'), '亿元/家')).toBe('亿元/家');
  });

  it.each([
    ['亿元', '×100m yuan'],
    ['万亿元', '×tn yuan'],
    ['亿美元', '×100m US$'],
    ['万人', '×10k people'],
    ['元/人', 'yuan per head'],
    ['亿元/家', '×100m yuan per firm'],
    ['家/百亿元', 'per 10bn yuan'],
    ['个百分点', 'pp'],
    ['万笔', '×10k'],
    ['倍', 'times'],
    ['家', ''],
    ['', ''],
  ])('are put together in English: %s', (unit, name) => {
    expect(unitName(wordsIn('en'), unit)).toBe(name);
  });

  it('stay as written where they are not known', () => {
    expect(unitName(wordsIn('en'), '斗')).toBe('斗');
  });
});
