/** Names that are free, and what a long or broken text is as a name. */
import { expect, it } from 'vitest';
import { asName, MAX_NAME, TakenNames } from '#plan';

const both = (text: string) => ({ zh: text, en: text });

it('a taken name has the first free number behind it, in both languages', () => {
  const taken = new TakenNames([{ zh: '放缓', en: 'Slower' }]);
  const wanted = { zh: '放缓', en: 'Slower' };
  expect(taken.free({ zh: '加快', en: 'Faster' })).toEqual({ zh: '加快', en: 'Faster' });
  const second = taken.free(wanted);
  expect(second).toEqual({ zh: '放缓（2）', en: 'Slower (2)' });
  taken.add(second);
  expect(taken.free(wanted)).toEqual({ zh: '放缓（3）', en: 'Slower (3)' });
});

it.each([
  ['in one language', { zh: '别的', en: 'Slower' }],
  ['in another case', { zh: '别的', en: 'SLOWER' }],
  ['in another width', { zh: '别的', en: 'Ｓlower' }],
  ['with other blanks', { zh: '放缓 ', en: 'other' }],
])('a name is taken %s', (_, wanted) => {
  expect(new TakenNames([{ zh: '放缓', en: 'Slower' }]).has(wanted)).toBe(true);
});

it('a number has room behind the longest name, and a thousand of one name are numbered at once', () => {
  const taken = new TakenNames([both('甲'.repeat(MAX_NAME))]);
  for (let count = 2; count <= 1000; count += 1) {
    const { zh } = taken.free(both('甲'.repeat(MAX_NAME)));
    expect(zh.endsWith(`（${count}）`)).toBe(true);
    expect(Array.from(zh).length).toBeLessThanOrEqual(MAX_NAME);
    taken.add({ zh, en: String(count) });
  }
});

it('a name stands in one line, and a cut leaves no half of a picture', () => {
  expect(asName('贷款\r\n余额\u2028甲')).toBe('贷款 余额 甲');
  expect(asName('👩‍🌾', 2)).toBe('👩');
});
