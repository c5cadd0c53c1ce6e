/**
 * The five plans, audited by hand from their printed text alone and without the program: what was found, row by row, with the
 * arithmetic. A printed number stands for all that rounds to it; counted things are exact; bare targets are read as exactly that.
 */
import type { FindingRule } from '#analysis';

/** One thing that was found by hand. */
export interface HandFinding {
  /** What was compared, in the words of the audit's rules. */
  readonly rule: FindingRule;
  /** The row that it is about. */
  readonly line: string;
  /** The arithmetic, as on paper. */
  readonly because: string;
  /** What the arithmetic gives, between these ends: of a window its level, else of the last step. Percent as fraction. */
  readonly between?: readonly [low: number, high: number];
}

/** What was found by hand in one plan. */
export interface HandAudit {
  readonly plan: string;
  /** Found before the program had been run on the plan. */
  readonly found: readonly HandFinding[];
  /** Found by hand before the program had been run, and not told by any rule of the audit; `because` says why. */
  readonly notTold: readonly Omit<HandFinding, 'rule'>[];
  /** Said by the program only, and checked by hand afterwards: true. */
  readonly trueToo: readonly HandFinding[];
}

export const HAND_AUDITS: readonly HandAudit[] = [
  {
    plan: 'lishui-2021-2025',
    found: [
      {
        rule: 'growth',
        line: 'deposits_loans',
        because: '(10000 ± 0.5) ÷ (6237.9 ± 0.05), fifth root: 9.90 %; printed 10.0 %, which takes 10046',
        between: [0.09897, 0.099],
      },
      {
        rule: 'growth',
        line: 'mfg_term_loans',
        because: '(193.5…194.5) ÷ (74.25…74.35), fifth root: 21.08…21.24 %; printed 21.6 %',
        between: [0.21082, 0.2124],
      },
      {
        rule: 'multiple',
        line: 'tech_loans',
        because: '(149.5…150.5) ÷ (72.5…73.5) = 2.034…2.076; printed 翻一番, which is 146',
        between: [2.034, 2.0759],
      },
      { rule: 'printings', line: 'npl_ratio', because: '0.62 in text and annex, 0.67 in the box' },
      { rule: 'printings', line: 'mfg_loans', because: '297.94 in the annex, 297.79 in the text' },
      { rule: 'printings', line: 'exchange_companies', because: '420 in the box, 421 in the text' },
      { rule: 'reversal', line: 'npl_ratio', because: '2.46 → 0.62, and then about 1.5 %' },
      {
        rule: 'window',
        line: 'loans',
        because: 'green loans of at most 332.5 are not below 10 %: loans of at most 3325',
        between: [0, 3325],
      },
      {
        rule: 'window',
        line: 'loan_share',
        because:
          'deposits of at least 10000 − 3325 = 6675, so loans are at most 3325 ÷ 9999.5 = 33.25 % of both',
        between: [0, 0.332517],
      },
      {
        rule: 'window',
        line: 'enterprise_loans',
        because: '317.5 ÷ 20.5 % = 1548.8 to 318.5 ÷ 19.5 % = 1633.3',
        between: [1548.78, 1633.34],
      },
      {
        rule: 'window',
        line: 'gdp',
        because:
          '99.5 ÷ 5.5 % = 1809.1 to 100.5 ÷ 4.5 % = 2233.3; not slower than GDP: at most 2258.5, which does not bind',
        between: [1809.09, 2233.34],
      },
    ],
    notTold: [
      {
        line: 'agri_loans',
        because:
          '2100 of loans of at most 3325: that farm loans are part of all loans stands in no formula and no 其中',
      },
      {
        line: 'small_loans',
        because:
          '1890 are more than enterprise loans of at most 1633: the same, and small business may hold self-employed',
      },
    ],
    trueToo: [
      {
        rule: 'window',
        line: 'cover_per_premium',
        because: '9.5 trillion ÷ 100.5 = 945 to 10.5 ÷ 99.5 = 1055',
        between: [945.27, 1055.28],
      },
      {
        rule: 'window',
        line: 'financing_per_listed',
        because: '199.5 ÷ 16 to 200.5 ÷ 16',
        between: [12.46875, 12.53125],
      },
      {
        rule: 'window',
        line: 'guarantee_ratio',
        because: '21.5 ÷ 1890.5 to 22.5 ÷ 1889.5',
        between: [0.011372, 0.011909],
      },
    ],
  },
  {
    plan: 'fuzhou-2021-2025',
    found: [
      {
        rule: 'implied',
        line: 'gdp',
        because: '2015: 576.39 ÷ 9.98 % = 5772.5…5778.4, and 206.94 ÷ 3.68 % = 5615.6…5631.2',
      },
      {
        rule: 'relation',
        line: 'loan_deposit_ratio',
        because: '19651.44 ÷ 17738.03 = 110.787 %; printed 110.78 %',
        between: [1.107869, 1.107872],
      },
      { rule: 'reversal', line: 'fin_share', because: '9.98 → 11.49, and then 10…11 %' },
      {
        rule: 'outdone',
        line: 'avg_new_listed',
        because: 'above 120 takes (120 − 91) ÷ 5 = 5.8 a year; the table asks for 5, which gives 116',
        between: [5.8, Infinity],
      },
      {
        rule: 'pace',
        line: 'direct_financing_total',
        because: '12000 ÷ 5 = 2400 a year; 2940.45 in 2020, five times that is 14702',
        between: [2400, Infinity],
      },
      { rule: 'kept', line: 'guarantee_fee', because: 'to be kept at about 1 %; 0.26 % in 2020' },
      { rule: 'slack', line: 'insurance_depth', because: '3.69 lies in 3.1…3.8' },
      {
        rule: 'window',
        line: 'gdp',
        because: '1600 ÷ 11 % = 14545 to 1700 ÷ 10 % = 17000; from premiums 13158…19355, which does not bind',
        between: [14545.4, 17000.1],
      },
      {
        rule: 'window',
        line: 'population',
        because:
          '500 ÷ 6000 = 833.3 to 600 ÷ 5000 = 1200; 828.9 in 2020, so premiums of 500 take more people',
        between: [833.33, 1200.01],
      },
      {
        rule: 'window',
        line: 'loan_deposit_ratio',
        because: '29000 ÷ 26000 = 111.5 % to 30000 ÷ 25000 = 120 %',
        between: [1.115384, 1.200001],
      },
    ],
    notTold: [
      {
        line: 'premiums',
        because:
          'three rows at once: a GDP of 17000 takes 527 for a depth of 3.1 %; windows are told one row at a time',
      },
    ],
    trueToo: [
      {
        rule: 'window',
        line: 'guarantee_income_rate',
        because: '0.5 % × 3.5 = 1.75 % to 1.5 % × 4.5 = 6.75 %',
        between: [0.0175, 0.0675],
      },
      {
        rule: 'window',
        line: 'soe_listing_share',
        because: '3 of more than 120 − 91 = 29 listings',
        between: [0, 3 / 29 + 1e-9],
      },
    ],
  },
  {
    plan: 'zhoushan-2021-2025',
    found: [
      {
        rule: 'multiple',
        line: 'direct_financing',
        because: '479.44 ÷ 140.29 = 3.4175; printed 2.417, which is the increase',
        between: [3.4173, 3.4177],
      },
      {
        rule: 'implied',
        line: 'direct_share',
        because: '479.44 ÷ 3253.2 = 14.74 % is to rise; 600 ÷ 4900 = 12.24 %',
      },
      { rule: 'points', line: 'loan_deposit_ratio', because: '83.75 → 109.20 are 25.45 points, and 30.4 %' },
      {
        rule: 'outdone',
        line: 'fin_va_avg_growth',
        because: '130 ÷ 92, fifth root: 7.16 %; 7 % gives 129.03',
        between: [0.07075, 0.07244],
      },
      {
        rule: 'window',
        line: 'green_loans',
        because: '5.5 % × 4299.5 = 236.5 to 6.5 % × 4300.5 = 279.5',
        between: [236.47, 279.54],
      },
    ],
    notTold: [],
    trueToo: [
      { rule: 'kept', line: 'npl_ratio', because: 'to be kept at about 1.5 %; 2.57 % in 2020' },
      {
        rule: 'window',
        line: 'gdp',
        because: '4900 ÷ 3253.2 is 8.54 % a year, one point either way, from 1506.2…1512.5: 2166…2385',
        between: [2165.6, 2385.5],
      },
      {
        rule: 'window',
        line: 'micro_loans',
        because: 'read as a share of all loans: 14.5 % × 4299.5 to 15.5 % × 4300.5',
        between: [623.42, 666.58],
      },
    ],
  },
  {
    plan: 'huzhou-2021-2025',
    found: [
      {
        rule: 'growth',
        line: 'fin_va',
        because:
          '254.7 ÷ 141.7, fifth root: 12.43…12.46 %; printed 13.63 % (text 13.6 %), and no other number of years gives it',
        between: [0.1243, 0.12456],
      },
      {
        rule: 'growth',
        line: 'deposits',
        because:
          'deposits 14.03 % (printed 21.15), loans 18.57 % (printed 13.79): nearer exchanged, and still not right',
      },
      {
        rule: 'growth',
        line: 'mfg_loans',
        because: '878.04 ÷ 648.11: 6.26 %, over four years 7.886 %; printed 7.89 %',
        between: [0.0626, 0.06262],
      },
      {
        rule: 'growth',
        line: 'small_loans',
        because: '1511.58 ÷ 818.95: 13.04 %, over four years 16.558 %; printed 16.56 %',
        between: [0.1304, 0.13042],
      },
      {
        rule: 'growth',
        line: 'mlt_loans',
        because: '3304.27 ÷ 1030.17: 26.25 %, over four years 33.826 %; printed 33.83 %',
        between: [0.2625, 0.26252],
      },
      {
        rule: 'growth',
        line: 'unsecured_loans',
        because: '338.18 ÷ 82.09: 32.73 %, over four years 42.467 %; printed 42.47 %',
        between: [0.32728, 0.32734],
      },
      {
        rule: 'growth',
        line: 'premiums',
        because: '127.7 ÷ 65.82, fifth root: 14.16…14.19 %; printed 12.5 %',
        between: [0.14162, 0.14186],
      },
      {
        rule: 'multiple',
        line: 'unsecured_loans',
        because: '338.18 ÷ 82.09 = 4.12, or 310.7 ÷ 82.09 = 3.78; printed 翻了一番',
        between: [4.1193, 4.12],
      },
      { rule: 'printings', line: 'unsecured_loans', because: '338.18 in the table, 310.7 in the text' },
      {
        rule: 'relation',
        line: 'green_share',
        because: '1080.55 ÷ 5940.01 = 18.191 %; printed 18.1 %',
        between: [0.18189, 0.18192],
      },
      { rule: 'slack', line: 'npl_ratio', because: '0.51 % in 2020, at most 1 % in 2025' },
    ],
    notTold: [
      {
        line: 'green_loans',
        because:
          '18.19 → 23 % takes growth 4.8 % above that of all loans, whatever that is: no row is bounded by it alone',
      },
    ],
    trueToo: [
      {
        rule: 'window',
        line: 'avg_market_cap',
        because: '4750 ÷ 70 to 5250 ÷ 70',
        between: [67.857, 75.001],
      },
      { rule: 'slack', line: 'asset_quality_rank', because: 'second in 2020, among the first three in 2025' },
    ],
  },
  {
    plan: 'jian-2021-2025',
    found: [
      {
        rule: 'growth',
        line: 'gdp',
        because:
          '2168.83 ÷ 1420.32, fifth root: 8.8348 %; printed 7.8 %, right at constant prices if these rose 0.96 % a year',
        between: [0.08834, 0.08836],
      },
      {
        rule: 'growth',
        line: 'finance_va',
        because:
          '140.09 ÷ 48.82, fifth root: 23.47 %; printed 10.24 %; prices would have to rise 12 % a year',
        between: [0.23466, 0.23475],
      },
      {
        rule: 'growth',
        line: 'loans',
        because: '2657.69 ÷ 1055.4, fifth root: 20.285…20.288 %; printed 20.28 %',
        between: [0.20285, 0.20288],
      },
      {
        rule: 'relation',
        line: 'shangrao_va_share',
        because: '138.48 ÷ 2624.3 = 5.277 %; printed 6.6 %',
        between: [0.05276, 0.05278],
      },
      {
        rule: 'window',
        line: 'gdp',
        because: '219.5 ÷ 7.5 % = 2926.7 to 220.5 ÷ 6.5 % = 3392.3',
        between: [2926.66, 3392.31],
      },
    ],
    notTold: [],
    trueToo: [
      {
        rule: 'window',
        line: 'insurance_depth',
        because: '119.5 ÷ 3392.3 to 120.5 ÷ 2926.7',
        between: [0.035226, 0.041174],
      },
      {
        rule: 'window',
        line: 'tech_loans',
        because: '0.5 × 9.5 to 1.5 × 10.5',
        between: [4.75, 15.75],
      },
    ],
  },
];
