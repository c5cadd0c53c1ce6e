/**
 * A second plan with ten errors that can be planted one by one: a county that is not there, four years of history instead of
 * five, amounts in 万元 beside others in 亿元, names of both languages. Without an error its figures agree to the printed digit,
 * and in places only because digits were rounded.
 *
 * Worked out by hand:
 * - logistics 84.6 → 131.2 is ×1.55083: 11.594 % a year over four years, 9.172 % over five;
 * - exports 5200 → 9100 is ×1.75: 15.016 % a year, and 75 % ÷ 4 = 18.75 % as a plain mean;
 * - hospital beds 3120 → 3980 are 6.275 % a year, doctors 1460 → 2255 are 11.480 %;
 * - patents 410 → 1230 are three times as many, so two times more;
 * - jobs 3.1 + 14.6 + 21.4 = 39.1, printed 39.2: each digit may hide 0.05, so the sum may be 39.25;
 * - population is not printed: 16 500 000 万元 ÷ 132 000 元 = 125.0 万人, and premiums 42.5 亿元 ÷ 3400 元 = 125.0 万人;
 *   42.5 亿元 ÷ 3040 元 would be 139.8 万人;
 * - kindergartens 148 + 5 × 10 = 198, and 5 × 12 would make 208;
 * - farmland 5.47 万亩 in the table is 54 730 亩 in the text, rounded; 57 430 亩 is not;
 * - of the goods tested 0.82 % fail today: a limit of 0.60 % asks for something, one of 1.20 % allows more than there is;
 * - output of 24 000 000 万元 at 160 000 元 a head or more is for 150 万人 at most: 145 万人 or more can be, 155 cannot;
 * - high technology 231.0 亿元 of 16 500 000 万元 is 14.0 %.
 */
import type { Figure, Line, Plan, Stated, Target } from '#plan';
import { aPlan } from '../../helpers/builders.ts';

/** What each planted error is called. */
export const COUNTY_ERRORS = [
  'fiveForFour',
  'plainMean',
  'rowsExchanged',
  'timesMore',
  'partsAndWhole',
  'impliedPopulation',
  'yearlyIncrease',
  'otherUnitInText',
  'limitAboveToday',
  'tooManyPeople',
] as const;

/** One of them. */
export type CountyError = (typeof COUNTY_ERRORS)[number];

/** Builds the county's plan with some of the errors in it. */
export function aCountyWith(errors: readonly CountyError[]): Plan {
  /** What is printed where the error is planted, and what else. */
  const pick = <T>(error: CountyError, wrong: T, right: T): T => (errors.includes(error) ? wrong : right);
  const rows: { label: string; line: string }[] = [];
  const builder = aPlan().periods(2017, 2021, 2026);

  const cell = (row: string, column: string) => ({ table: 'county', row, column });
  const figure = (
    row: string,
    period: number,
    value: number,
    asPrinted: string,
    also?: Figure['also'],
  ): Figure => ({
    period,
    value,
    origin: 'printed',
    asPrinted,
    source: cell(row, `${period}年`),
    ...(also && { also }),
  });
  const claim = (
    row: string,
    kind: Stated['kind'],
    value: number,
    asPrinted: string,
    from = 2017,
    to = 2021,
  ): Stated => ({ kind, value, from, to, asPrinted, source: cell(row, '说明') });
  const add = (id: string, name: string, en: string, unit: string, more: Partial<Line> = {}) => {
    rows.push({ label: name, line: id });
    builder.line(id, {}, more.formula, { unit, name: { zh: name, en }, ...more });
  };
  const goal = (line: string, value: number, asPrinted: string, more: Partial<Target> = {}) => {
    const name = rows.find((row) => row.line === line)?.label ?? line;
    builder.target(line, value, { asPrinted, source: cell(name, '2026年'), ...more });
  };

  add('population', '常住人口', 'Population', '万人');
  add('output', '地区生产总值', 'GDP', '万元', {
    figures: [figure('地区生产总值', 2021, 16_500_000, '16500000')],
  });
  add('per_head', '人均地区生产总值', 'GDP a head', '元/人', {
    formula: 'output / population',
    figures: [figure('人均地区生产总值', 2021, 132_000, '132000')],
  });
  add('premiums', '保费收入', 'Premiums', '亿元', {
    formula: 'population * density',
    figures: [figure('保费收入', 2021, 42.5, '42.5')],
  });
  const [density, densityPrinted] = pick('impliedPopulation', [3040, '3040'], [3400, '3400']);
  add('density', '保险密度', 'Premiums a head', '元/人', {
    figures: [figure('保险密度', 2021, density, densityPrinted)],
  });
  add('high_tech', '高新技术产业增加值', 'High technology', '亿元', {
    figures: [figure('高新技术产业增加值', 2021, 231, '231.0')],
  });
  add('high_tech_share', '高新技术产业占比', 'Share of high technology', '%', {
    formula: 'high_tech / output',
    figures: [figure('高新技术产业占比', 2021, 0.14, '14.0')],
  });
  add('logistics', '物流业收入', 'Logistics', '亿元', {
    figures: [figure('物流业收入', 2017, 84.6, '84.6'), figure('物流业收入', 2021, 131.2, '131.2')],
    stated: [
      pick(
        'fiveForFour',
        claim('物流业收入', 'growth', 0.092, '9.2%'),
        claim('物流业收入', 'growth', 0.116, '11.6%'),
      ),
    ],
  });
  add('exports', '出口额', 'Exports', '万美元', {
    figures: [figure('出口额', 2017, 5200, '5200'), figure('出口额', 2021, 9100, '9100')],
    stated: [
      pick(
        'plainMean',
        claim('出口额', 'growth', 0.1875, '18.75%'),
        claim('出口额', 'growth', 0.1502, '15.02%'),
      ),
    ],
  });
  const [ofBeds, ofDoctors] = pick(
    'rowsExchanged',
    [
      [0.1148, '11.48%'],
      [0.0628, '6.28%'],
    ] as const,
    [
      [0.0628, '6.28%'],
      [0.1148, '11.48%'],
    ] as const,
  );
  add('beds', '医院床位', 'Hospital beds', '个', {
    figures: [figure('医院床位', 2017, 3120, '3120'), figure('医院床位', 2021, 3980, '3980')],
    stated: [claim('医院床位', 'growth', ofBeds[0], ofBeds[1])],
  });
  add('doctors', '执业医师', 'Doctors', '人', {
    figures: [figure('执业医师', 2017, 1460, '1460'), figure('执业医师', 2021, 2255, '2255')],
    stated: [claim('执业医师', 'growth', ofDoctors[0], ofDoctors[1])],
  });
  add('patents', '有效发明专利', 'Patents', '件', {
    figures: [figure('有效发明专利', 2017, 410, '410'), figure('有效发明专利', 2021, 1230, '1230')],
    stated: [
      pick(
        'timesMore',
        claim('有效发明专利', 'multiple', 4, '增长3倍'),
        claim('有效发明专利', 'multiple', 3, '增长2倍'),
      ),
    ],
  });
  add('farm_jobs', '第一产业就业', 'Jobs on farms', '万人', {
    figures: [figure('第一产业就业', 2021, 3.1, '3.1')],
  });
  add('industry_jobs', '第二产业就业', 'Jobs in industry', '万人', {
    figures: [figure('第二产业就业', 2021, 14.6, '14.6')],
  });
  add('service_jobs', '第三产业就业', 'Jobs in services', '万人', {
    figures: [figure('第三产业就业', 2021, 21.4, '21.4')],
  });
  const [jobs, jobsPrinted] = pick('partsAndWhole', [40.2, '40.2'], [39.2, '39.2']);
  add('jobs', '就业人员', 'Jobs', '万人', {
    formula: 'farm_jobs + industry_jobs + service_jobs',
    figures: [figure('就业人员', 2021, jobs, jobsPrinted)],
  });
  add('kindergartens', '幼儿园', 'Kindergartens', '所', {
    figures: [figure('幼儿园', 2021, 148, '148')],
    stated: [
      pick(
        'yearlyIncrease',
        claim('幼儿园', 'annualChange', 12, '年均新增12所', 2021, 2026),
        claim('幼儿园', 'annualChange', 10, '年均新增10所', 2021, 2026),
      ),
    ],
  });
  const [area, areaPrinted] = pick('otherUnitInText', [5.743, '57430亩'], [5.473, '54730亩']);
  add('farmland', '高标准农田', 'Farmland', '万亩', {
    figures: [
      figure('高标准农田', 2021, 5.47, '5.47', [
        { value: area, asPrinted: areaPrinted, source: { section: '第一章' } },
      ]),
    ],
  });
  add('failing', '产品抽检不合格率', 'Goods that fail their test', '%', {
    figures: [figure('产品抽检不合格率', 2021, 0.0082, '0.82')],
  });

  goal('kindergartens', 198, '198');
  goal('output', 24_000_000, '24000000');
  goal('per_head', 160_000, '160000以上', { comparator: '>=' });
  const [people, peoplePrinted] = pick('tooManyPeople', [155, '155以上'], [145, '145以上']);
  goal('population', people, peoplePrinted, { comparator: '>=' });
  const [limit, limitPrinted] = pick('limitAboveToday', [0.012, '1.20'], [0.006, '0.60']);
  goal('failing', limit, limitPrinted, { direction: 'atMost' });

  return {
    ...builder.build(),
    tables: [
      {
        id: 'county',
        name: { zh: '专栏2', en: 'Box 2' },
        title: { zh: '主要指标', en: 'Main indicators' },
        columns: ['2017年', '2021年', '2026年', '说明'],
        rows,
      },
    ],
  };
}
