/** Random plans, moves and scenarios for properties: loops, lags, leads, fixed periods, ranges, branches and functions all occur. */
import * as fc from 'fast-check';
import type { Move } from '#engine';
import type { Change, Plan, Scenario } from '#plan';
import { aPlan } from '#tests/builders';

const LINES = 7;
const id = (index: number) => `line_${index}`;

/** The last ones reach far, or out of the periods; a fixed period that lies outside is refused. */
const PLACES = ['', '', '[t-1]', '[t-1]', '[t-1]', '[t-2]', '[t+1]', '[base]', '[2022]', '[first]', '[last]'];
const FAR_PLACES = ['[t-5]', '[t-7]', '[t+4]', '[t-40]', '[t+40]', '[2031]'];

const reference = fc
  .tuple(
    fc.nat(LINES - 1),
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...PLACES) },
      { weight: 1, arbitrary: fc.constantFrom(...FAR_PLACES) },
    ),
  )
  .map(([line, at]) => id(line) + at);

/** Periods from one to another: with one end that moves, with two, with none; some hold nothing. */
const RANGES = [
  '2020:t',
  '2020:t-1',
  't:last',
  't-2:t',
  't-3:t-1',
  't-1:t+1',
  't-6:t-5',
  'first:base',
  't-1:2022',
];

const formula = fc.letrec<{ expression: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    fc.integer({ min: -5, max: 9 }).map(String),
    fc.constantFrom('0.5', '2.15', '8%', 't - 2020', '1E200'),
    { weight: 3, arbitrary: reference },
    fc
      .tuple(
        fc.constantFrom('SUM', 'AVERAGE', 'MIN', 'MAX', 'MEDIAN', 'COUNT', 'PRODUCT', 'STDEV', 'AND', 'OR'),
        fc.nat(LINES - 1),
        fc.constantFrom(...RANGES),
      )
      .map(([name, line, range]) => `${name}(${id(line)}[${range}])`),
    fc
      .tuple(fc.constantFrom('SUM', 'MAX', 'NPV'), reference, fc.nat(LINES - 1), fc.constantFrom(...RANGES))
      .map(([name, x, line, range]) => `${name}(${x}, ${id(line)}[${range}])`),
    reference.map((cell) => `ISBLANK(${cell})`),
    fc
      .tuple(fc.nat(LINES - 1), reference)
      .map(([line, x]) => `TREND(${id(line)}[2019:2021], {1, 2, 3}, ${x})`),
  ),
  expression: fc.oneof(
    { weight: 4, arbitrary: tie('leaf') },
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('+', '-', '*', '/', '^', '>', '>=', '<', '<=', '==', '!=', 'and', 'or'),
        tie('expression'),
      )
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([test, then, otherwise]) => `IF(${test}, ${then}, ${otherwise})`),
    fc.tuple(tie('expression'), tie('leaf')).map(([attempt, instead]) => `IFERROR(${attempt}, ${instead})`),
    fc
      .tuple(tie('expression'), tie('leaf'), tie('leaf'))
      .map(([index, one, other]) => `CHOOSE(${index}, ${one}, ${other})`),
    fc
      .tuple(
        fc.constantFrom(
          'ABS',
          'INT',
          'SQRT',
          'EXP',
          'LN',
          'LOG10',
          'LOG',
          'TRUNC',
          'SIGN',
          '-',
          'not ',
          'ISBLANK',
          'NOT',
        ),
        tie('expression'),
      )
      .map(([name, of]) => `${name}(${of})`),
    fc
      .tuple(
        fc.constantFrom('ROUND', 'ROUND', 'ROUNDUP', 'ROUNDDOWN', 'TRUNC'),
        tie('expression'),
        fc.integer({ min: -2, max: 3 }),
      )
      .map(([name, of, digits]) => `${name}(${of}, ${digits})`),
    fc.tuple(tie('expression'), tie('leaf')).map(([of, by]) => `MOD(${of}, ${by})`),
    fc
      .tuple(fc.constantFrom('0.5', '2', '10', '0', '1'), tie('expression'))
      .map(([base, of]) => `LOG(${of}, ${base})`),
    fc
      .tuple(fc.constantFrom('STEP', 'RAMP'), tie('expression'), fc.integer({ min: -2, max: 6 }))
      .map(([name, of, start]) => `${name}(${of}, 2018 + ${start})`),
    fc
      .tuple(fc.constantFrom('RAMP', 'PULSE'), tie('expression'), tie('leaf'), tie('leaf'))
      .map(([name, of, start, end]) =>
        name === 'RAMP'
          ? `RAMP(${of}, 2018 + ${start}, 2018 + ${end})`
          : `PULSE(${of}, 2018 + ${start}, ${end})`,
      ),
    fc
      .tuple(tie('expression'), tie('leaf'), tie('leaf'))
      .map(([one, two, three]) => `MEDIAN(${one}, ${two}, ${three}, 2)`),
    fc.tuple(tie('expression'), tie('leaf')).map(([of, by]) => `MIN(${of}, ${by}, 3)`),
    fc.tuple(tie('expression'), tie('leaf')).map(([of, y]) => `INTERPOLATE(${of}, {0, 1, 3}, {2, 5, ${y}})`),
    fc
      .tuple(fc.constantFrom('RRI', 'CAGR', 'FV', 'PV', 'PMT', 'NPER'), tie('leaf'), tie('leaf'), tie('leaf'))
      .map(([name, one, two, three]) => `${name}(${one}, ${two}, ${three})`),
    fc
      .tuple(fc.constantFrom('FV', 'PV', 'PMT'), tie('leaf'), tie('leaf'), tie('leaf'), fc.nat(1))
      .map(([name, rate, money, sum, type]) => `${name}(${rate} / 10, 3, ${money}, ${sum}, ${type})`),
  ),
})).expression;

/** A formula over lines of these plans. */
export const aFormula: fc.Arbitrary<string> = formula;

/** Plans of a few lines, with units between which there are factors; some settle cycles by iteration. */
export const plans: fc.Arbitrary<Plan> = fc
  .tuple(
    fc.array(fc.tuple(formula, fc.boolean(), fc.constantFrom('', '', '亿元', '万元', '元', '%', '万人')), {
      minLength: LINES,
      maxLength: LINES,
    }),
    fc.boolean(),
  )
  .map(([lines, hasIteration]) => {
    const start = hasIteration ? aPlan().iteration(12, 1e-3) : aPlan();
    return lines
      .reduce(
        (plan, [text, isObserved, unit], index) =>
          plan.line(id(index), isObserved ? { 2019: index, 2020: index + 1 } : {}, text, { unit }),
        start,
      )
      .build();
  });

/** Moves of any effect over any span, also several on one line. */
export const moves: fc.Arbitrary<Move[]> = fc.array(
  fc
    .tuple(
      fc.nat(LINES - 1),
      fc.constantFrom<Move['effect']>('set', 'set', 'add', 'scale', 'growth'),
      fc.option(fc.tuple(fc.integer({ min: 2018, max: 2023 }), fc.integer({ min: 0, max: 3 })), {
        nil: undefined,
      }),
    )
    .map(([line, effect, span]) => ({
      line: id(line),
      effect,
      ...(span && { from: span[0], to: Math.min(2025, span[0] + span[1]) }),
    })),
  { minLength: 1, maxLength: 3 },
);

/** Numbers for a sample; whole ones are frequent, so that ties and zeros occur. */
export const amount: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.constantFrom(1e300, -1e-300, 0.5),
);

const PERIOD = fc.integer({ min: 2018, max: 2025 });

/** A change of any kind, over a span of its own or as a scenario has it; a formula may make a cycle, or break one. */
const change: fc.Arbitrary<Change> = fc
  .tuple(
    fc.nat(LINES - 1),
    fc.option(fc.tuple(PERIOD, fc.nat(4)), { nil: undefined }),
    amount,
    formula,
    fc.nat(5),
  )
  .map(([line, span, number, text, kind]) => {
    const at = {
      line: id(line),
      ...(span && { from: span[0], to: Math.min(2025, span[0] + span[1]) }),
    };
    const changes: readonly Change[] = [
      { ...at, set: number },
      { ...at, add: number },
      { ...at, scale: number },
      { ...at, growth: number / 10 },
      { ...at, formula: text },
    ];
    // formulas come twice
    return changes[Math.min(kind, changes.length - 1)] as Change;
  });

const cells = fc
  .array(fc.tuple(fc.nat(LINES - 1), PERIOD, amount), { maxLength: 3 })
  .map((list): Record<string, Record<string, number>> => {
    const byLine: Record<string, Record<string, number>> = {};
    for (const [line, period, value] of list) (byLine[id(line)] ??= {})[period] = value;
    return byLine;
  });

/** What a scenario says: changes, values of its own, and what was observed. */
export const overlays: fc.Arbitrary<Pick<Scenario, 'changes' | 'values' | 'actuals'>> = fc.record({
  changes: fc.array(change, { maxLength: 3 }),
  values: cells,
  actuals: cells,
});

/** A scenario made of others, and these: stacked in some order, on a base, or on nothing. */
export const stacks: fc.Arbitrary<{ readonly scenario: Scenario; readonly others: readonly Scenario[] }> = fc
  .tuple(
    overlays,
    fc.array(overlays, { maxLength: 3 }),
    fc.shuffledSubarray(['part_0', 'part_1', 'part_2']),
    fc.constantFrom('plan', 'part_0', 'part_1'),
  )
  .map(([own, parts, stack, basedOn]) => {
    const named = (name: string, said: typeof own, more: Partial<Scenario>): Scenario => ({
      id: name,
      name: { zh: name, en: name },
      ...said,
      ...more,
    });
    return {
      scenario: named('trial', own, { stack, basedOn }),
      others: parts.map((part, order) =>
        named(`part_${order}`, part, { basedOn: order === 0 ? 'plan' : 'part_0' }),
      ),
    };
  });
