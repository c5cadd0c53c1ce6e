/** What is typed into a cell becomes a distribution, in both languages and widths, and back. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildNames } from '#formula';
import { findDistributionFault, type Distribution } from '#plan';
import { parseDistribution, printDistribution } from '#analysis';

const names = buildNames([
  { id: 'gdp_growth', name: { zh: 'GDP增速', en: 'GDP growth' } },
  { id: 'loan_growth', name: { zh: '贷款增速', en: 'Loan growth' } },
]);

describe('reads', () => {
  it.each<[string, Distribution]>([
    ['2% to 6%', { kind: 'interval', low: 0.02, high: 0.06, curve: 'normal' }],
    ['２％～６％', { kind: 'interval', low: 0.02, high: 0.06, curve: 'normal' }],
    ['2%至6%', { kind: 'interval', low: 0.02, high: 0.06, curve: 'normal' }],
    ['0 到 6%', { kind: 'interval', low: 0, high: 0.06, curve: 'normal' }],
    ['-1% to +1.5%', { kind: 'interval', low: -0.01, high: 0.015, curve: 'normal' }],
    ['1,000 to 2,000', { kind: 'interval', low: 1000, high: 2000, curve: 'normal' }],
    ['1e3 to 2e3', { kind: 'interval', low: 1000, high: 2000, curve: 'normal' }],
    ['normal(4%, 1%)', { kind: 'normal', mean: 0.04, sd: 0.01 }],
    ['正态（４％，１％）', { kind: 'normal', mean: 0.04, sd: 0.01 }],
    ['normal(2% to 6%)', { kind: 'interval', low: 0.02, high: 0.06, curve: 'normal' }],
    ['lognormal(100 to 400)', { kind: 'interval', low: 100, high: 400, curve: 'lognormal' }],
    ['对数正态（100至400）', { kind: 'interval', low: 100, high: 400, curve: 'lognormal' }],
    ['LogNormal(100; 20)', { kind: 'lognormal', mean: 100, sd: 20 }],
    ['triangular(1%, 3%, 8%)', { kind: 'triangular', low: 0.01, mode: 0.03, high: 0.08 }],
    ['三角（1%、3%、8%）', { kind: 'triangular', low: 0.01, mode: 0.03, high: 0.08 }],
    ['PERT(2%, 4%, 7%) each year', { kind: 'pert', low: 0.02, mode: 0.04, high: 0.07, course: 'each' }],
    ['pert(0,0,10)', { kind: 'pert', low: 0, mode: 0, high: 10 }],
    ['uniform(0, 5%)', { kind: 'uniform', low: 0, high: 0.05 }],
    ['均匀（1至2）随机游走', { kind: 'uniform', low: 1, high: 2, course: 'walk' }],
    [
      'discrete({2%: 0.3, 5%: 70%})',
      {
        kind: 'discrete',
        outcomes: [
          { value: 0.02, probability: 0.3 },
          { value: 0.05, probability: 0.7 },
        ],
      },
    ],
    [
      '离散（｛2：0.3；5：0.7｝）',
      {
        kind: 'discrete',
        outcomes: [
          { value: 2, probability: 0.3 },
          { value: 5, probability: 0.7 },
        ],
      },
    ],
    ['discrete(1: 1)', { kind: 'discrete', outcomes: [{ value: 1, probability: 1 }] }],
    ['history', { kind: 'history' }],
    ['来自历史，每年', { kind: 'history', course: 'each' }],
    ['2% to 6% random walk', { kind: 'interval', low: 0.02, high: 0.06, curve: 'normal', course: 'walk' }],
    ['2% to 6%, once', { kind: 'interval', low: 0.02, high: 0.06, curve: 'normal', course: 'once' }],
  ])('%s', (text, distribution) => {
    expect(parseDistribution(text)).toEqual({ ok: true, distribution, movesWith: [] });
  });

  it.each([
    ['2% to 6%, moves with GDP growth 0.7', [{ line: 'gdp_growth', rank: 0.7 }]],
    ['2%至6%，与GDP增速相关0.7', [{ line: 'gdp_growth', rank: 0.7 }]],
    [
      '2%至6%每年，随GDP增速－50%，随贷款增速 0.2',
      [
        { line: 'gdp_growth', rank: -0.5 },
        { line: 'loan_growth', rank: 0.2 },
      ],
    ],
  ])('%s, with what moves with it', (text, movesWith) => {
    expect(parseDistribution(text, names)).toMatchObject({ ok: true, movesWith });
  });
});

describe('refuses, and says where', () => {
  it.each<[string, string, number, number]>([
    ['loans * 2', 'distribution_expected', 0, 9],
    ['', 'distribution_expected', 0, 0],
    ['SUM(1, 2)', 'distribution_expected', 0, 9],
    // 2 may be 2 % or 200 %
    ['2 to 6%', 'distribution_percent', 0, 1],
    ['normal(4, 1%)', 'distribution_percent', 7, 8],
    ['normal(4%)', 'distribution_arguments', 7, 9],
    ['pert(1, 2)', 'distribution_arguments', 5, 9],
    ['discrete({1, 2})', 'distribution_arguments', 10, 11],
    ['normal(4%, x)', 'distribution_number', 11, 12],
    ['normal(4%, 1%', 'distribution_unclosed', 0, 13],
    ['2% to 6% sometimes', 'distribution_clause', 9, 18],
    ['2% to 6% once walk', 'distribution_clause', 14, 18],
    ['6% to 2%', 'distribution_order', 0, 8],
    ['triangular(1, 5, 3)', 'distribution_order', 0, 19],
    ['normal(4%, 0)', 'distribution_spread', 0, 13],
    ['lognormal(-1 to 5)', 'distribution_positive', 0, 18],
    ['discrete({1: 0.5, 2: 0.4})', 'distribution_probabilities', 0, 26],
    ['discrete({1: -0.5, 2: 1.5})', 'distribution_probabilities', 0, 27],
    ['2% to 6% moves with deposits 0.7', 'distribution_name', 20, 28],
    ['2% to 6% moves with gdp_growth 1.7', 'distribution_rank', 31, 34],
    ['2% to 6% moves with gdp_growth', 'distribution_rank', 30, 30],
  ])('%s', (text, code, from, to) => {
    expect(parseDistribution(text, names)).toMatchObject({
      ok: false,
      problem: { code, place: { from, to } },
    });
  });
});

it.each<[Distribution, boolean, string, string]>([
  [{ kind: 'interval', low: 0.02, high: 0.07, curve: 'normal' }, true, '2% to 7%', '2%至7%'],
  [
    { kind: 'interval', low: 1, high: 4, curve: 'lognormal', course: 'each' },
    false,
    'lognormal(1 to 4) each year',
    '对数正态(1至4) 每年',
  ],
  [
    { kind: 'pert', low: 0, mode: 0.03, high: 0.29, course: 'walk' },
    true,
    'PERT(0%, 3%, 29%) random walk',
    'PERT(0%, 3%, 29%) 随机游走',
  ],
  [{ kind: 'discrete', outcomes: [{ value: 1, probability: 1 }] }, false, 'discrete({1: 1})', '离散({1: 1})'],
])('prints %j', (distribution, isPercent, en, zh) => {
  expect(printDistribution(distribution, { language: 'en', isPercent })).toBe(en);
  expect(printDistribution(distribution, { language: 'zh', isPercent })).toBe(zh);
});

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((one) => one + 0);
const course = fc.constantFrom(undefined, 'once' as const, 'each' as const, 'walk' as const);
const bare: fc.Arbitrary<Distribution> = fc.oneof(
  fc
    .tuple(number, number, fc.constantFrom('normal' as const, 'lognormal' as const))
    .map(([low, high, curve]) => ({ kind: 'interval' as const, low, high, curve })),
  fc
    .tuple(number, number, fc.constantFrom('normal' as const, 'lognormal' as const))
    .map(([mean, sd, kind]) => ({ kind, mean, sd })),
  fc
    .tuple(number, number, number, fc.constantFrom('triangular' as const, 'pert' as const))
    .map(([a, b, c, kind]) => {
      const [low = 0, mode = 0, high = 0] = [a, b, c].sort((x, y) => x - y);
      return { kind, low, mode, high };
    }),
  fc.tuple(number, number).map(([low, high]) => ({ kind: 'uniform' as const, low, high })),
  fc.tuple(number, number, fc.double({ min: 0.01, max: 0.99, noNaN: true })).map(([a, b, share]) => ({
    kind: 'discrete' as const,
    outcomes: [
      { value: a, probability: share },
      { value: b, probability: 1 - share },
    ],
  })),
  fc.constant({ kind: 'history' as const }),
);

it('what is printed reads back to the last bit', () => {
  const possible = fc
    .tuple(bare, course)
    .map(([one, over]): Distribution => ({ ...one, ...(over !== undefined && { course: over }) }))
    .filter((one) => findDistributionFault(one) === undefined);
  fc.assert(
    fc.property(
      possible,
      fc.constantFrom('zh' as const, 'en' as const),
      fc.boolean(),
      (distribution, language, isPercent) => {
        const text = printDistribution(distribution, { language, isPercent });
        expect(parseDistribution(text)).toEqual({ ok: true, distribution, movesWith: [] });
      },
    ),
    { numRuns: 500 },
  );
});
