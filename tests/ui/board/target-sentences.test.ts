/** What the board says of targets, in both languages. */
import { describe, expect, it } from 'vitest';
import { formatNumber, type Unit } from '#quantity';
import type { Target } from '#plan';
import type { TargetResult } from '#analysis';
import { wordsIn } from '#words';
import type { AppContext } from '../../../src/ui/_shared/app-context.svelte.ts';
import { gapWords, needWords, plannedWords, reachedWords } from '../../../src/ui/board/target-sentences.ts';

const money: Unit = { text: '亿元', dimension: { 元: 1 }, scale: 1e8, shown: 1 };
const percent: Unit = { text: '%', dimension: {}, scale: 1, shown: 100 };

function speaking(language: 'zh' | 'en'): AppContext {
  return {
    language,
    words: wordsIn(language),
    number: (value, unit, options = {}) => formatNumber(value, { unit, language, ...options }),
    name: (text) => text[language],
    app: undefined as never,
  };
}

function result(target: Partial<Target>, more: Partial<TargetResult> = {}): TargetResult {
  return {
    target: {
      line: 'a',
      period: 2025,
      comparator: '=',
      value: 173,
      asPrinted: '173',
      source: { section: 'x' },
      direction: 'atLeast',
      ...target,
    },
    projected: 160.6,
    status: 'missed',
    gap: -12.4,
    requiredGrowth: null,
    requiredChange: null,
    lastActual: 2020,
    reached: null,
    ...more,
  };
}

describe('what is planned', () => {
  it.each([
    [{ comparator: '=' }, '173', '173'],
    [{ comparator: '>=' }, '不低于 173', 'at least 173'],
    [{ comparator: '>' }, '超过 173', 'over 173'],
    [{ comparator: '<=' }, '不高于 173', 'at most 173'],
    [{ comparator: 'about' }, '173 左右', 'about 173'],
    [{ comparator: 'range', upTo: 1800 }, '173–1,800', '173–1,800'],
  ] as const)('keeps its comparator: %o', (target, zh, en) => {
    const measure = { unit: money, decimals: 1 };
    expect(plannedWords(speaking('zh'), result(target).target, measure)).toBe(zh);
    expect(plannedWords(speaking('en'), result(target).target, measure)).toBe(en);
  });
});

describe('the gap', () => {
  const inMoney = { unit: money, decimals: 1 };
  const inPercent = { unit: percent, decimals: 2 };

  it('is said in the unit of the line', () => {
    expect(gapWords(speaking('zh'), result({}), inMoney)).toBe('少 12.4 亿元');
    expect(gapWords(speaking('en'), result({}), inMoney)).toBe('12.4 short');
    expect(gapWords(speaking('zh'), result({}, { gap: 3, status: 'met' }), inMoney)).toBe('多 3.0 亿元');
  });

  it('is in points for percent', () => {
    expect(gapWords(speaking('zh'), result({}, { gap: -0.012 }), inPercent)).toBe('少 1.20 个百分点');
    expect(gapWords(speaking('en'), result({}, { gap: -0.012 }), inPercent)).toBe('1.20 pp short');
  });

  it('is under, not short, where less is wanted', () => {
    const under = result({ direction: 'atMost' }, { gap: -0.002, status: 'met' });
    expect(gapWords(speaking('zh'), under, inPercent)).toBe('低 0.20 个百分点');
  });

  it('is nothing on target, and never nothing for what is missed', () => {
    expect(gapWords(speaking('zh'), result({}, { gap: 0.01, status: 'met' }), inMoney)).toBe('相符');
    expect(gapWords(speaking('zh'), result({}, { gap: -0.004 }), inMoney)).toBe('少 0.004 亿元');
    expect(gapWords(speaking('zh'), result({ upTo: 180 }, { gap: 0, status: 'met' }), inMoney)).toBe(
      '在区间内',
    );
  });

  it('is empty without a number', () => {
    expect(gapWords(speaking('zh'), result({}, { gap: null, status: 'unknown' }), inMoney)).toBe('');
  });
});

describe('what it takes', () => {
  it('is growth for amounts and points for ratios', () => {
    const amount = result({}, { requiredGrowth: 0.0684, requiredChange: 11 });
    expect(needWords(speaking('zh'), amount, { unit: money, decimals: 1 })).toBe('+6.8%');
    const ratio = result({}, { requiredChange: -0.003 });
    expect(needWords(speaking('zh'), ratio, { unit: percent, decimals: 2 })).toBe('−0.30 个百分点');
    expect(needWords(speaking('en'), ratio, { unit: percent, decimals: 2 })).toBe('−0.30 pp');
  });

  it('names the year in which it is reached', () => {
    expect(reachedWords(speaking('zh'), result({}, { reached: 2023 }))).toBe('2023 年达到');
    expect(reachedWords(speaking('en'), result({}))).toBe('not reached');
    expect(reachedWords(speaking('zh'), result({}, { status: 'unknown' }))).toBe('');
  });
});
