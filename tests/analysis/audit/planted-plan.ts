/**
 * A plan of a city that is not there, whose figures agree with each other to the printed digit, and ten errors that can be
 * planted in it one by one.
 *
 * The figures: value added 50 → 80.53 is 10 % a year over five years (50 × 1.1⁵ = 80.5255); loans 1000 → 1762.34 is 12 % (1000 × 1.12⁵ =
 * 1762.34); deposits 1500 → 2100 is 7 % (1500 × 1.07⁵ = 2103.8, printed 2103.83). GDP is not printed: 80.53 ÷ 8.053 % = 1000 and
 * premiums 40 ÷ 4 % = 1000.
 */
import type { Figure, Line, Plan, Stated, Target } from '#plan';
import { aPlan } from '../../helpers/builders.ts';

const inTable = (row: string, column: string) => ({ table: 'history', row, column });

/** A printed figure of the history table, with what the text prints of it. */
function printed(
  row: string,
  period: number,
  value: number,
  asPrinted: string,
  inText?: [number, string],
): Figure {
  return {
    period,
    value,
    origin: 'printed',
    asPrinted,
    source: inTable(row, String(period)),
    ...(inText && { also: [{ value: inText[0], asPrinted: inText[1], source: { section: '1' } }] }),
  };
}

function stated(
  row: string,
  kind: Stated['kind'],
  value: number,
  asPrinted: string,
  from = 2015,
  to = 2020,
): Stated {
  return { kind, value, from, to, asPrinted, source: inTable(row, kind) };
}

/** What each planted error is called. */
export const PLANTED = [
  'fourYears',
  'swapped',
  'simpleMean',
  'doubling',
  'share',
  'impliedGdp',
  'increment',
  'textAgainstTable',
  'partAboveWhole',
  'targetsApart',
] as const;

/** One of them. */
export type Planted = (typeof PLANTED)[number];

/** Builds the plan with some of the errors in it; none is none. */
export function aPlanWith(errors: readonly Planted[]): Plan {
  const has = (error: Planted) => errors.includes(error);
  const amount = (more: Partial<Line>): Partial<Line> => ({ unit: '亿元', ...more });
  const goal = (asPrinted: string, more: Partial<Target> = {}): Partial<Target> => ({
    asPrinted,
    source: inTable('goals', asPrinted),
    ...more,
  });
  const plan = aPlan()
    .periods(2015, 2020, 2025)
    .line('gdp', {}, undefined, amount({}))
    .line(
      'fin_va',
      {},
      'gdp * fin_share',
      amount({
        figures: [printed('fin_va', 2015, 50, '50.00'), printed('fin_va', 2020, 80.53, '80.53')],
        // 1.6106^(1/4) − 1 = 12.65 % is what four years would give
        stated: [
          stated('fin_va', 'growth', has('fourYears') ? 0.1265 : 0.1, has('fourYears') ? '12.65%' : '10.0%'),
        ],
      }),
    )
    .line('fin_share', {}, undefined, {
      unit: '%',
      figures: [printed('fin_share', 2020, 0.08053, '8.053')],
    })
    .line(
      'premiums',
      {},
      'gdp * depth',
      amount({
        figures: [printed('premiums', 2020, 40, '40.00')],
      }),
    )
    .line('depth', {}, undefined, {
      unit: '%',
      // 40 ÷ 4.4 % is a GDP of 909, where value added and its share give 1000
      figures: [
        printed('depth', 2020, has('impliedGdp') ? 0.044 : 0.04, has('impliedGdp') ? '4.40' : '4.00'),
      ],
    })
    .line(
      'deposits',
      {},
      undefined,
      amount({
        figures: [printed('deposits', 2015, 1500, '1500.00'), printed('deposits', 2020, 2103.83, '2103.83')],
        stated: [
          stated('deposits', 'growth', has('swapped') ? 0.12 : 0.07, has('swapped') ? '12.00%' : '7.00%'),
        ],
      }),
    )
    .line(
      'loans',
      {},
      undefined,
      amount({
        figures: [
          printed('loans', 2015, 1000, '1000.00'),
          printed(
            'loans',
            2020,
            1762.34,
            '1762.34',
            has('textAgainstTable') ? [1726.34, '1726.34亿元'] : [1762.3, '1762.3亿元'],
          ),
        ],
        stated: [
          stated('loans', 'growth', has('swapped') ? 0.07 : 0.12, has('swapped') ? '7.00%' : '12.00%'),
        ],
      }),
    )
    .line('loan_deposit_ratio', {}, 'loans / deposits', {
      unit: '%',
      // 1762.34 ÷ 2103.83 = 83.77 %
      figures: [
        printed('loan_deposit_ratio', 2020, has('share') ? 0.8577 : 0.8377, has('share') ? '85.77' : '83.77'),
      ],
    })
    .line(
      'green_loans',
      {},
      'loans * green_share',
      amount({
        figures: [printed('green_loans', 2015, 100, '100.0'), printed('green_loans', 2020, 140, '140.0')],
        // 100 → 140: 40 % in all, 8.0 % a year divided by five, 6.96 % compounded
        stated: [
          stated(
            'green_loans',
            'growth',
            has('simpleMean') ? 0.08 : 0.07,
            has('simpleMean') ? '8.0%' : '7.0%',
          ),
        ],
      }),
    )
    .line('green_share', {}, undefined, { unit: '%' })
    .line('listed', {}, undefined, {
      unit: '家',
      figures: [printed('listed', 2020, 10, '10')],
      // 10 → 26 is 2.6 times
      stated: [stated('listed', 'multiple', 2, '翻一番', 2020, 2025)],
    })
    .line(
      'direct',
      {},
      undefined,
      amount({
        figures: [printed('direct', 2020, 90, '90')],
        stated: [
          stated(
            'direct',
            'change',
            has('increment') ? 101 : 110,
            has('increment') ? '101' : '110',
            2020,
            2025,
          ),
        ],
      }),
    )
    .line('farm_loans', {}, undefined, amount({ figures: [printed('farm_loans', 2020, 300, '300.0')] }))
    .line(
      'farmer_loans',
      {},
      undefined,
      amount({
        figures: [
          printed(
            '其中：farmer_loans',
            2020,
            has('partAboveWhole') ? 320 : 220,
            has('partAboveWhole') ? '320.0' : '220.0',
          ),
        ],
      }),
    )
    .target('listed', has('doubling') ? 26 : 20, goal(has('doubling') ? '26' : '20'))
    .target('direct', 200, goal('200'))
    .target('loans', 3000, goal('3000'))
    .target('green_loans', 300, goal('300'))
    // 300 of 3000 is a tenth
    .target(
      'green_share',
      has('targetsApart') ? 0.2 : 0.1,
      goal(has('targetsApart') ? '不低于20' : '不低于10', { comparator: '>=' }),
    )
    .build();
  return {
    ...plan,
    tables: [
      {
        id: 'history',
        name: { zh: '表1', en: 'Table 1' },
        title: { zh: '历史', en: 'History' },
        columns: ['2015', '2020'],
        rows: plan.lines.map(({ id }) => ({
          label: id === 'farmer_loans' ? '其中：farmer_loans' : id,
          line: id,
        })),
      },
    ],
  };
}
