/** What an audit says of every kind of finding and of every way to mend it, in both languages. */
import { describe, expect, it } from 'vitest';
import type { AuditRepair, Evidence, Finding, FindingRule, Interval, Step } from '#analysis';
import type { Expression } from '#formula';
import { formatNumber, parseUnit, PLAIN } from '#quantity';
import type { Stated } from '#plan';
import { auditTeller, loadWords, wordsIn, type AuditTeller } from '#words';

await Promise.all([loadWords('zh'), loadWords('en')]);

const UNITS: Readonly<Record<string, string>> = { deposits: '亿元', loans: '亿元', share: '%', firms: '家' };

function tellerIn(language: 'zh' | 'en'): AuditTeller {
  return auditTeller({
    words: wordsIn(language),
    name: (line) => line,
    unitOf: (line) => parseUnit(UNITS[line] ?? '') ?? PLAIN,
    number: (value, unit, how) => formatNumber(value, { unit, language, ...how }),
    place: (source) => ('section' in source ? source.section : `${source.table} ${source.row}`),
  });
}
const zh = tellerIn('zh');
const en = tellerIn('en');

const around = (value: number, half: number): Interval => ({ low: value - half, high: value + half });
const nothing: Expression = { kind: 'number', value: 0, text: '0' };

function figure(line: string, period: number, value: number, half: number): Evidence {
  return {
    kind: 'figure',
    line,
    period,
    value,
    asPrinted: String(value),
    interval: around(value, half),
    places: [{ table: '表1', row: line, column: String(period) }],
  };
}

function target(line: string, period: number, value: number, interval: Interval): Evidence {
  return { ...figure(line, period, value, 0), kind: 'target', interval, places: [{ section: '二、（一）' }] };
}

function stated(
  line: string,
  kind: Stated['kind'],
  value: number,
  half: number,
  from = 2015,
  to = 2020,
): Evidence {
  const source = { section: '一、（一）' };
  return {
    ...figure(line, to, value, half),
    kind: 'stated',
    from,
    stated: { kind, value, from, to, asPrinted: String(value), source },
    places: [source],
  };
}

function step(
  line: string,
  period: number,
  measure: Step['measure'],
  result: Interval,
  of: readonly Evidence[],
): Step {
  return { cell: { line, period }, measure, expression: nothing, inputs: of, result };
}

function finding(
  rule: FindingRule,
  evidence: readonly Evidence[],
  steps: readonly Step[] = [],
  more: Partial<Finding> = {},
): Finding {
  return {
    id: rule,
    rule,
    severity: 'contradiction',
    lines: [...new Set(evidence.map(({ line }) => line))],
    period: evidence[0]?.period ?? 2020,
    evidence,
    steps,
    repairs: [],
    reading: { bareFigures: 'equal', evenGrowth: false },
    ...more,
  };
}

const from = figure('deposits', 2015, 3089.7, 0.05);
const to = figure('deposits', 2020, 5956.58, 0.005);
// (5956.58 ÷ 3089.7)^(1/5) − 1 = 14.029 %
const grown = step('deposits', 2020, 'growth', { low: 0.140288, high: 0.140296 }, [from, to]);
const growth = finding('growth', [stated('deposits', 'growth', 0.2115, 0.00005), from, to], [grown]);

describe('findings', () => {
  it('growth, with the levels and the years that it was reckoned from', () => {
    expect(zh.sentence(growth)).toBe('印出年均增长 21.15%；由 3,089.7 到 5,956.58 亿元，5 年为 14.03%。');
    expect(en.sentence(growth)).toBe(
      'Printed growth 21.15% a year; 3,089.7 to 5,956.58 ×100m yuan over 5 years is 14.03%.',
    );
  });

  it('two rows of one finding, each by its name', () => {
    const [a, b] = [figure('loans', 2015, 2535, 0.5), figure('loans', 2020, 5940.01, 0.005)];
    const both = finding(
      'growth',
      [...growth.evidence, stated('loans', 'growth', 0.1379, 0.00005), a, b],
      [grown, step('loans', 2020, 'growth', { low: 0.185618, high: 0.185712 }, [a, b])],
    );
    expect(zh.title(both)).toBe('deposits · loans');
    expect(zh.sentence(both)).toContain(
      'loans：印出年均增长 13.79%；由 2,535 到 5,940.01 亿元，5 年为 18.56% 至 18.57%。',
    );
  });

  it('change in the unit of the row, and of a percent in points', () => {
    const change = finding(
      'change',
      [stated('deposits', 'change', 2900, 0.5), from, to],
      [step('deposits', 2020, 'level', { low: 2866.825, high: 2866.935 }, [from, to])],
    );
    expect(zh.sentence(change)).toBe(
      '印出变化 2,900 亿元；由 3,089.7 到 5,956.58 亿元为 2,866.83 至 2,866.94 亿元。',
    );
    const [low, high] = [figure('share', 2015, 0.5, 0.0005), figure('share', 2020, 0.55, 0.0005)];
    const points = finding(
      'change',
      [stated('share', 'annualChange', 0.02, 0.0005), low, high],
      [step('share', 2020, 'level', { low: 0.0098, high: 0.0102 }, [low, high])],
    );
    expect(zh.sentence(points)).toBe(
      '印出年均变化 2 个百分点；由 50% 到 55%，5 年平均为 0.98 至 1.02 个百分点。',
    );
    expect(en.sentence(points)).toContain('over 5 years is between 0.98 and 1.02 pp.');
  });

  it('multiple and mean', () => {
    const multiple = finding(
      'multiple',
      [stated('firms', 'multiple', 2, 0), figure('firms', 2015, 10, 0), figure('firms', 2020, 26, 0)],
      [
        step('firms', 2020, 'multiple', around(2.6, 0), [
          figure('firms', 2015, 10, 0),
          figure('firms', 2020, 26, 0),
        ]),
      ],
    );
    expect(zh.sentence(multiple)).toBe('印出为起点的 2 倍；由 10 到 26 家为 2.6 倍。');
    expect(en.sentence(multiple)).toBe('Printed 2 times the start; 10 to 26 is 2.6 times.');
    const mean = finding(
      'mean',
      [stated('loans', 'mean', 320, 0.5), figure('loans', 2015, 100, 0.5), figure('loans', 2020, 200, 0.5)],
      [
        step('loans', 2020, 'level', around(150, 0.5), [
          figure('loans', 2015, 100, 0.5),
          figure('loans', 2020, 200, 0.5),
        ]),
      ],
    );
    expect(zh.sentence(mean)).toBe('印出平均 320 亿元；2015—2020 各年平均为 149.5 至 150.5 亿元。');
  });

  it('printings, of a figure and of a statement', () => {
    const two = finding('printings', [figure('firms', 2020, 420, 0), figure('firms', 2020, 421, 0)]);
    expect(zh.sentence(two)).toBe('2020 年的同一个数印作 420 家，又印作 421 家。');
    expect(en.sentence(two)).toBe('The number of 2020 is printed as 420 and as 421.');
    const said = finding('printings', [
      stated('loans', 'growth', 0.1, 0.0005),
      stated('loans', 'growth', 0.12, 0.0005),
    ]);
    expect(zh.sentence(said)).toBe('截至 2020 年的同一变动印作 10%，又印作 12%。');
  });

  it('a relation, told from what is printed however near', () => {
    const [loans, deposits] = [
      figure('loans', 2020, 19651.44, 0.005),
      figure('deposits', 2020, 17738.03, 0.005),
    ];
    const ratio = finding(
      'relation',
      [figure('share', 2020, 1.1078, 0.00005), loans, deposits],
      [step('share', 2020, 'level', { low: 1.10787, high: 1.107872 }, [loans, deposits])],
    );
    expect(zh.sentence(ratio)).toBe('2020 年印作 110.78%；由其他印出的数得 110.79%。');
    expect(en.sentence(ratio)).toBe('2020 is printed as 110.78%; the other printed numbers give 110.79%.');
    expect(zh.evidence(loans)).toEqual({ value: '19,651.44 亿元', openness: '19,651.435—19,651.445 亿元' });
  });

  it('two ways to one row', () => {
    const [a, b] = [figure('loans', 2015, 100, 0.5), figure('deposits', 2015, 200, 0.5)];
    const two = finding(
      'implied',
      [a, b],
      [
        step('firms', 2015, 'level', { low: 5772.5, high: 5778.4 }, [a]),
        step('firms', 2015, 'level', { low: 5616, high: Infinity }, [b]),
      ],
      { lines: ['firms', 'loans', 'deposits'] },
    );
    expect(zh.sentence(two)).toBe(
      '2015 年的“firms”有两种得法，不能同时成立：由“loans”得 5,773 至 5,778 家；由“deposits”得不低于 5,616 家。',
    );
    expect(zh.title(two)).toBe('firms');
    expect(en.sentence(two)).toContain('“deposits” give at least 5,616');
  });

  it('a part above its whole', () => {
    const part = finding('part', [figure('loans', 2020, 320, 0.05), figure('deposits', 2020, 300, 0.05)]);
    expect(zh.sentence(part)).toBe('2020 年这一部分为 320 亿元，大于其整体“deposits”的 300 亿元。');
    expect(en.sentence(part)).toContain('is larger than its whole “deposits”, 300 ×100m yuan.');
  });

  it('a target that turns back, and one that asks for nothing', () => {
    const goal = target('share', 2025, 0.1, { low: 0.1, high: 0.11 });
    const turned = finding('reversal', [
      goal,
      figure('share', 2020, 0.1149, 0),
      figure('share', 2015, 0.0998, 0),
    ]);
    expect(zh.sentence(turned)).toBe(
      '2025 年目标为 10%—11%，与此前走向相反：2015 年 9.98%，2020 年 11.49%。',
    );
    const limit = target('share', 2025, 0.01, { low: -Infinity, high: 0.01 });
    const kept = finding('slack', [limit, figure('share', 2020, 0.0051, 0)]);
    expect(zh.sentence(kept)).toBe(
      '2025 年目标为不高于 1%，2020 年的 0.51% 已经达到，目标没有提出更高要求。',
    );
    expect(en.sentence(kept)).toBe(
      'The target of 2025, at most 1%, was already met in 2020 with 0.51%; it asks for nothing more.',
    );
  });

  it('a limit that other numbers outdo', () => {
    const goal = target('share', 2025, 0.07, { low: 0.07, high: Infinity });
    const way = step('share', 2025, 'level', { low: 0.0708, high: 0.0724 }, []);
    const outdone = finding('outdone', [goal, figure('loans', 2020, 92, 0.005)], [way]);
    expect(zh.sentence(outdone)).toBe('2025 年目标为不低于 7%，低于其他印出的数已经要求的：7.08% 至 7.24%。');
    expect(en.sentence(outdone)).toBe(
      'The target of 2025, at least 7%, asks for less than other printed numbers already take: between 7.08% and 7.24%.',
    );
  });

  it('a word of keeping what is not there', () => {
    const goal = target('share', 2025, 0.01, around(0.01, 0.005));
    const kept = finding('kept', [goal, figure('share', 2020, 0.0026, 0.00005)]);
    expect(zh.sentence(kept)).toBe('2025 年目标说要保持 1%，而 2020 年为 0.26%。');
    expect(en.sentence(kept)).toBe('The target of 2025 says to keep 1%, but 2020 stands at 0.26%.');
  });

  it('a sum that is less a year than the base, and a mean that is', () => {
    const goal = target('loans', 2025, 12000, { low: 12000, high: Infinity });
    const now = figure('deposits', 2020, 2940.45, 0.005);
    const yearly = step('deposits', 2025, 'level', { low: 2400, high: Infinity }, [goal]);
    expect(zh.sentence(finding('pace', [goal, now], [yearly]))).toBe(
      '2025 年目标为不低于 12,000 亿元，合每年不低于 2,400 亿元；2020 年一年已有 2,940.45 亿元。',
    );
    expect(en.sentence(finding('pace', [goal, now]))).toContain('2020 alone had 2,940.45 ×100m yuan.');
  });

  it('points that are printed as a percent', () => {
    const rise = { ...stated('share', 'change', 0.2546, 0.00005), asPrinted: '25.46%' };
    const points = finding('points', [rise]);
    expect(zh.sentence(points)).toBe('到 2020 年的变化印有百分号（25.46%），读作百分点：25.46 个百分点。');
    expect(en.sentence(points)).toContain(
      'printed with a percent sign, 25.46%, and is read as percentage points: 25.46 pp',
    );
  });

  it('a window, with ends that are none said as at most and at least', () => {
    const goal = target('deposits', 2025, 332, around(332, 0.5));
    const window = (level: Interval, growthOf: Interval, severity: Finding['severity']) =>
      finding('window', [goal], [], {
        lines: ['loans', 'deposits'],
        period: 2025,
        severity,
        window: { level, growth: growthOf, expected: 4435.2586 },
      });
    const below = window({ low: 0, high: 3325 }, { low: -1, high: 0.03746 }, 'doubt');
    expect(zh.sentence(below)).toBe(
      '按印出的目标，2025 年的范围为不高于 3,325 亿元。折合自基期起年均增长不高于 3.75%。规划自身的情景为 4,435 亿元，在此范围之外。',
    );
    expect(en.sentence(below)).toContain('leave for 2025: at most 3,325 ×100m yuan.');
    const above = window({ low: 3325, high: Infinity }, { low: 0.03746, high: Infinity }, 'remark');
    expect(en.sentence(above)).toContain('As growth a year since the base: at least 3.75%.');
    expect(en.sentence(above)).toContain('which is inside.');
    const between = window({ low: 1809.09, high: 2233.33 }, { low: 0.0328, high: 0.0773 }, 'remark');
    expect(zh.sentence(between)).toContain(
      '2025 年的范围为 1,809 至 2,233 亿元。折合自基期起年均增长 3.28% 至 7.73%。',
    );
  });
});

describe('repairs', () => {
  const [said] = growth.evidence as [Evidence];
  const way = (repair: AuditRepair, of: Finding = growth) => {
    const mended = { ...of, repairs: [repair] };
    return [...zh.repairs(mended), ...en.repairs(mended)];
  };

  it.each([
    [
      { kind: 'years', years: 4, of: 5 },
      '按 4 年而不是 5 年计算，即得印出的数。',
      'Over 4 years instead of 5,',
    ],
    [
      { kind: 'simpleMean', years: 5 },
      '把总增幅除以 5 年，不按复利，即得印出的数。',
      'divided by 5 years, not compounded',
    ],
    [{ kind: 'total' }, '印出的数是整个时期的增幅，不是一年的增幅。', 'the growth of the whole span'],
    [
      { kind: 'increase' },
      '印出的数是增量为起点的倍数，不是期末为起点的倍数。',
      'the increase as a multiple of the start',
    ],
    [{ kind: 'level' }, '印出的数比期末为起点的倍数多 1。', 'one more than the end as a multiple'],
    [{ kind: 'meanOfYears' }, '取各年增速的算术平均，即得印出的数。', 'The mean of the single years’ growth'],
    [
      { kind: 'swapped', line: 'loans', exact: true },
      '把“deposits”与“loans”印出的数互换，两行都相符。',
      'exchanged, both agree.',
    ],
    [
      { kind: 'swapped', line: 'loans', exact: false },
      '把“deposits”与“loans”印出的数互换，两者明显更近，但仍不完全相符。',
      'both are much nearer, though not exact',
    ],
    [
      { kind: 'prices', rise: { low: 0.0091, high: 0.0101 } },
      '按可比价计算，印出的增速可以成立：价格每年上涨 0.91% 至 1.01%。',
      'prices would have risen by between 0.91% and 1.01% a year.',
    ],
    [
      { kind: 'printing', evidence: figure('deposits', 2015, 3090, 0.5) },
      '若采用另一处印出的 3,090 亿元，即相符：表1 deposits。',
      'With another printing of the figure, 3,090 ×100m yuan, it agrees: 表1 deposits.',
    ],
    [
      { kind: 'value', evidence: said, interval: grown.result },
      '若印作 14.03%，即相符。',
      'It would agree if 14.03% were printed.',
    ],
    [
      { kind: 'value', evidence: said, interval: { low: -Infinity, high: 0.1 } },
      '若印作不高于 10%，即相符。',
      'It would agree if at most 10% were printed.',
    ],
  ] satisfies [AuditRepair, string, string][])('%o', (repair, inChinese, inEnglish) => {
    const [first, second] = way(repair);
    expect(first).toBe(inChinese);
    expect(second).toContain(inEnglish);
  });

  it('of a number that is printed twice: the place and the first number', () => {
    const [first, second] = [figure('firms', 2020, 420, 0), figure('firms', 2020, 421, 0)];
    const two = finding('printings', [first, second]);
    expect(way({ kind: 'value', evidence: second, interval: first.interval }, two)[0]).toBe(
      '若此处也印作 420 家，即相符：表1 firms。',
    );
  });

  it('of one of several rows: by its name', () => {
    const part = finding('part', [figure('loans', 2020, 320, 0.05), figure('deposits', 2020, 300, 0.05)]);
    const [loans] = part.evidence as [Evidence];
    expect(way({ kind: 'value', evidence: loans, interval: { low: -Infinity, high: 300.05 } }, part)[0]).toBe(
      '“loans”若印作不高于 300.05 亿元，即相符。',
    );
  });
});

it('says on which reading it rests where targets take part, and where growth was taken to be even', () => {
  expect(zh.readings(growth)).toEqual([]);
  const goal = target('deposits', 2025, 332, around(332, 0.5));
  const read = { bareFigures: 'atLeast', evenGrowth: true } as const;
  expect(zh.readings(finding('window', [goal], [], { reading: read }))).toEqual([
    '只印数字的目标按“至少达到”理解（上限类按“至多”）。',
    '假定基期与目标之间各年增速相同。',
  ]);
});

it('counts findings by severity, and says calmly that there is none', () => {
  const audit = {
    compared: { printed: 66, statements: 19, relations: 59, targets: 9 },
    findings: [],
    bareFigures: 'equal',
  } as const;
  expect(zh.compared(audit)).toBe('共比较 66 个印出的数、19 处印出的增速与倍数、59 个行间关系、9 个目标。');
  expect(zh.counts([])).toBe('没有发现不相符之处。');
  expect(en.counts([growth, { ...growth, severity: 'slip' }])).toBe('Found: 1 contradiction, 1 slip.');
});

it('writes numbers into arithmetic with their units, in brackets where the unit begins like arithmetic', () => {
  expect(zh.inFormula('loans', around(19651.44, 0))).toBe('19651.44 亿元');
  expect(en.inFormula('loans', around(19651.44, 0))).toBe('(19651.44 ×100m yuan)');
  expect(zh.inFormula('share', around(0.1, 0))).toBe('10%');
  expect(zh.inFormula('loans', { low: 2546, high: 3027 })).toBe('[2546—3027] 亿元');
  expect(zh.reckoned(growth, grown)).toBe('deposits，截至 2020 年的年均增速');
});
