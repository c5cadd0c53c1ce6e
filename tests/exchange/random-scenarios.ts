/** Random scenarios that say everything a scenario can say, several building on each other, for plans of `random-plans.ts`. */
import * as fc from 'fast-check';
import type { Distribution, Plan, Scenario } from '#plan';
import { asName, spanOf, TakenNames } from '#plan';
import { withoutHidden } from '#quantity';
import { plans } from '../engine/random-plans.ts';

const line = fc.nat(6).map((index) => `line_${index}`);
const period = fc.integer({ min: 2018, max: 2025 });

/** Numbers that printing and reading could spoil. */
const amount = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 0.1 + 0.2, 1e21, 1e-7, -5e-324, Number.MAX_VALUE, 123456789012345680),
  fc.integer(),
);

/** Printable characters of many writings, quotes and backslashes among them. */
const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map(withoutHidden)
  .filter((text) => text !== '');
const localized = fc.record({ zh: words, en: words });
const named = words.map((text) => asName(text)).filter((text) => text !== '');
const localizedName = fc.record({ zh: named, en: named });

const span = fc.oneof(
  fc.constant({}),
  period.map((from) => ({ from })),
  period.map((to) => ({ to })),
  fc.tuple(period, period).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
);

const effect = fc.oneof(
  amount.map((set) => ({ set })),
  amount.map((add) => ({ add })),
  amount.map((scale) => ({ scale })),
  amount.map((growth) => ({ growth })),
  fc
    .constantFrom('line_0[t-1] * 1.05', '=SUM(line_1[2019:t])', '8%', 'IF(line_2 > 3, line_3[2020], 0)')
    .map((formula) => ({ formula })),
);

const change = fc.tuple(line, span, effect).map(([of, at, what]) => ({ line: of, ...at, ...what }));

const byLineAndPeriod = fc.dictionary(
  line,
  fc.dictionary(period.map(String), amount, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  { maxKeys: 4, noNullPrototype: true },
);

const distribution = fc.constantFrom<Distribution>(
  { kind: 'normal', mean: 0.05, sd: 0.01 },
  { kind: 'interval', low: 0.02, high: 0.06, curve: 'lognormal', course: 'walk' },
  { kind: 'triangular', low: -1, mode: 0, high: 0.3 },
  {
    kind: 'discrete',
    outcomes: [
      { value: 1, probability: 0.25 },
      { value: 2, probability: 0.75 },
    ],
  },
  { kind: 'history' },
);

const correlation = fc
  .tuple(line, line, fc.double({ min: -1, max: 1, noNaN: true }))
  .map(([a, b, rank]) => ({ lines: [a, b] as [string, string], rank }));

/** What one scenario says, without an id and bases. */
const content = fc.record(
  {
    name: localizedName,
    note: localized,
    values: byLineAndPeriod,
    changes: fc.array(change, { maxLength: 8 }),
    actuals: byLineAndPeriod,
    distributions: fc.dictionary(line, distribution, { maxKeys: 3, noNullPrototype: true }),
    correlations: fc.uniqueArray(correlation, {
      maxLength: 3,
      selector: ({ lines }) => [...lines].sort().join(),
    }),
  },
  { requiredKeys: ['name'], noNullPrototype: true },
);

/** A scenario on the plan itself. */
export const scenarios: fc.Arbitrary<Scenario> = content.map((one) => ({
  id: 'trial',
  basedOn: 'plan',
  ...one,
}));

/** A plan with one to four scenarios; each may build on those before it, by base or by stack. */
export const plansWithScenarios: fc.Arbitrary<{ plan: Plan; all: readonly Scenario[]; chosen: string }> = fc
  .tuple(
    plans,
    fc.array(fc.tuple(content, fc.nat(9), fc.array(fc.nat(9), { maxLength: 2 })), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([plan, contents]) => {
    const own = contents.reduce<Scenario[]>((before, [one, base, stacked]) => {
      const ids = ['plan', ...before.map(({ id }) => id)];
      const at = (index: number) => ids[index % ids.length] ?? 'plan';
      const stack = [...new Set(stacked.map(at))];
      const scenario = {
        id: `trial_${before.length + 1}`,
        basedOn: at(base),
        ...(stack.length > 0 && { stack }),
      };
      const names = new TakenNames([...plan.scenarios, ...before].map(({ name }) => name));
      return [...before, { ...scenario, ...one, name: names.free(one.name) }];
    }, []);
    return { plan, all: [...plan.scenarios, ...own], chosen: own.at(-1)?.id ?? 'plan' };
  });

/**
 * What a scenario says, cell by cell and without any order that has no meaning: of the changes of a line, those that cover a
 * period, in the order in which they are applied there.
 */
export function sayings(scenario: Scenario, plan: Plan): unknown {
  const { id, name, note, basedOn, stack, values, changes, actuals, distributions, correlations } = scenario;
  const cells = (byLine: Scenario['values']) =>
    Object.entries(byLine ?? {})
      .flatMap(([of, byPeriod]) => Object.entries(byPeriod).map(([at, value]) => [of, at, value] as const))
      .sort(([a, p], [b, q]) => (`${a} ${p}` < `${b} ${q}` ? -1 : 1));
  const covering = plan.lines.map(({ id: of }) =>
    Array.from({ length: plan.periods.last - plan.periods.first + 1 }, (_, index) =>
      (changes ?? []).filter((one) => {
        const { from, to } = spanOf(plan.periods, one);
        const at = plan.periods.first + index;
        return one.line === of && from <= at && at <= to;
      }),
    ),
  );
  return {
    ...{ id, name, note, basedOn, stack: stack ?? [] },
    ...{ values: cells(values), actuals: cells(actuals), covering },
    changes: (changes ?? []).length,
    distributions: distributions ?? {},
    correlations: (correlations ?? [])
      .map(({ lines, rank }) => `${[...lines].sort().join()} ${Object.is(rank, -0) ? '-0' : rank}`)
      .sort(),
  };
}
