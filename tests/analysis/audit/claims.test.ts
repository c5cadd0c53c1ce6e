/** What a plan claims beside its figures: growth at constant prices, keeping, sums, limits, points. Each with its counter-case. */
import { describe, expect, it } from 'vitest';
import { audit } from '#analysis';
import { buildEngine } from '#engine';
import type { Figure, Line, Stated, Target } from '#plan';
import { aPlan } from '../../helpers/builders.ts';

const source = { section: '1' };
const amount = (figures: Figure[], more: Partial<Line> = {}): Partial<Line> => ({
  unit: '亿元',
  figures,
  ...more,
});
const figure = (period: number, value: number, asPrinted = String(value)): Figure => ({
  period,
  value,
  origin: 'printed',
  asPrinted,
  source,
});
const grown = (value: number, asPrinted: string, place: Stated['source'] = source): Stated => ({
  kind: 'growth',
  value,
  from: 2015,
  to: 2020,
  asPrinted,
  source: place,
});
const goal = (asPrinted: string, more: Partial<Target> = {}): Partial<Target> => ({
  asPrinted,
  source,
  ...more,
});

function found(builder: ReturnType<typeof aPlan>) {
  return audit(buildEngine(builder.periods(2015, 2020, 2025).build())).findings;
}

describe('growth of output', () => {
  // 1000 → 1500 is 8.45 % a year; (1.08447 ÷ 1.078) − 1 = 0.6 % of prices a year
  const output = (name: string, stated: Stated) =>
    found(
      aPlan().line('output', {}, undefined, {
        ...amount([figure(2015, 1000), figure(2020, 1500)]),
        name: { zh: name, en: name },
        stated: [stated],
      }),
    )[0];

  it.each(['地区生产总值', 'GDP', '金融业增加值'])('of %s may be one at constant prices', (name) => {
    const finding = output(name, grown(0.078, '7.8%'));
    expect(finding?.severity).toBe('doubt');
    const [repair] = finding?.repairs ?? [];
    if (repair?.kind !== 'prices') throw new Error('no reading at constant prices');
    expect(repair.rise.low).toBeGreaterThan(0.005);
    expect(repair.rise.high).toBeLessThan(0.007);
  });

  it.each([
    ['of an amount that nobody reckons at constant prices', '贷款余额', grown(0.078, '7.8%')],
    ['of a share of output', '人均GDP', grown(0.078, '7.8%')],
    ['that would take falling prices', 'GDP', grown(0.095, '9.5%')],
    ['that would take prices that nobody has seen', 'GDP', grown(0.02, '2.0%')],
    [
      'that is printed as nominal',
      'GDP',
      grown(0.078, '7.8%', { table: 't', row: 'GDP', column: '年均名义增长率' }),
    ],
  ])('%s stays a contradiction', (_, name, stated) => {
    expect(output(name, stated)).toMatchObject({ rule: 'growth', severity: 'contradiction' });
  });
});

describe('words of keeping', () => {
  const rules = (base: number, asPrinted: string) =>
    found(
      aPlan()
        .line('fee', {}, undefined, { unit: '%', figures: [figure(2020, base / 100, String(base))] })
        .target('fee', 0.01, goal(asPrinted, { comparator: 'about', direction: 'near' })),
    ).map(({ rule }) => rule);

  it('of what is not there are told', () => expect(rules(0.26, '保持在1%左右')).toEqual(['kept']));
  it('of what is there are not', () => expect(rules(0.8, '保持在1%左右')).toEqual([]));
  it('are needed', () => expect(rules(0.26, '1%左右')).toEqual([]));
});

describe('a sum over the coming years', () => {
  const rules = (sum: number, formula: string) =>
    found(
      aPlan()
        .line('bonds', {}, undefined, amount([figure(2020, 2940.45)]))
        .line('total', {}, formula, amount([]))
        .target('total', sum, goal(`超${sum}`, { comparator: '>' })),
    ).map(({ rule }) => rule);

  it('that is less a year than the base is told', () =>
    expect(rules(12000, 'sum(bonds[2021:t])')).toEqual(['pace']));
  it('that is more is not', () => expect(rules(15000, 'sum(bonds[2021:t])')).toEqual([]));
  it('and a mean that is less', () => expect(rules(2500, 'average(bonds[2021:t])')).toEqual(['pace']));
  it('but not one that holds years before', () => expect(rules(12000, 'sum(bonds[2019:t])')).toEqual([]));
});

describe('a limit beside other numbers', () => {
  const rules = (asked: number, total: number) =>
    found(
      aPlan()
        .line('added', {}, undefined, { unit: '家' })
        .line('mean', {}, 'average(added[2021:t])', { unit: '家' })
        .line('listed', {}, 'listed[t-1] + added', { unit: '家', figures: [figure(2020, 91)] })
        .target('mean', asked, goal(`年均${asked}家以上`, { comparator: '>=' }))
        .target('listed', total, goal(`超${total}家`, { comparator: '>' })),
    ).map(({ rule }) => rule);

  // (120 − 91) ÷ 5 = 5.8
  it('that asks for less than they do is told', () => expect(rules(5, 120)).toContain('outdone'));
  it('that asks for more is the other way round', () => expect(rules(6, 120)).toEqual(['outdone']));
  it('that asks for the same is not told', () => expect(rules(5, 116)).toEqual([]));
});

describe('a limit that others leave behind', () => {
  // 900 ÷ 1000 = 90 %
  const severity = (asPrinted: string, value: number, comparator: '<=' | '>=') =>
    found(
      aPlan()
        .line('loans', {}, undefined, amount([]))
        .line('deposits', {}, undefined, amount([]))
        .line('ratio', {}, 'loans / deposits', { unit: '%' })
        .target('loans', 900, goal('900'))
        .target('deposits', 1000, goal('1000'))
        .target('ratio', value, goal(asPrinted, { comparator })),
    ).map((one) => one.severity);

  it.each([
    ['不高于70', 0.7, '<='],
    ['不高于86', 0.86, '<='],
    ['不低于94', 0.94, '>='],
  ] as const)('by far is a contradiction: %s', (asPrinted, value, comparator) =>
    expect(severity(asPrinted, value, comparator)).toEqual(['contradiction']),
  );
  it.each([
    ['不高于89.6', 0.896, '<='],
    ['不低于90.4', 0.904, '>='],
  ] as const)('by a little is a slip: %s', (asPrinted, value, comparator) =>
    expect(severity(asPrinted, value, comparator)).toEqual(['slip']),
  );
  it('is none within the digits', () => expect(severity('不高于89.95', 0.8995, '<=')).toEqual([]));
});

it('a change of a percent with a percent sign is told, one in points is not', () => {
  const change = (asPrinted: string) =>
    found(
      aPlan().line('ratio', {}, undefined, {
        unit: '%',
        figures: [figure(2020, 1.092, '109.2%')],
        stated: [{ kind: 'change', value: 0.2546, from: 2015, to: 2020, asPrinted, source }],
      }),
    ).map(({ rule }) => rule);
  expect(change('25.46%')).toEqual(['points']);
  expect(change('25.46个百分点')).toEqual([]);
});
