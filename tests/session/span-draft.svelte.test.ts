/** A change written by hand: what is seen before it is made is what it makes, and wrong input is answered. */
import { expect, it } from 'vitest';
import { SpanDraft, listStatements, takeBack, type DraftKind } from '#session';
import { aPlan, aScenario } from '#tests/builders';
import { openSession } from '#tests/sessions';

const plan = aPlan()
  .driver('rate', '5%', { unit: '%' })
  .line('gdp', { 2020: 100 }, 'gdp[t-1] * (1 + rate)', { unit: '亿元' })
  .build();

async function someSession() {
  const { session } = await openSession({
    ...plan,
    scenarios: [
      ...plan.scenarios,
      aScenario({ id: 'low', changes: [{ line: 'rate', set: 0.02 }] }),
      aScenario({ id: 'high', changes: [{ line: 'rate', from: 2023, set: 0.08 }] }),
    ],
  });
  const draft = (kind: DraftKind, line = 'gdp', from = 2023, to = from) =>
    new SpanDraft(session, { line, from, to }, kind);
  const after = (one: SpanDraft) => one.points.map((point) => point.after as number);
  const close = (numbers: readonly number[]) => numbers.map((one) => expect.closeTo(one, 9) as number);
  return { session, draft, after, close };
}

it('grows over a span and goes on as the base does; what is seen before is what comes of it', async () => {
  const { session, draft, after, close } = await someSession();
  const change = draft('growth', 'gdp', 2023, 2024);
  change.text = '3%';
  // by hand: 5 % to 2022, 3 % in 2023 and 2024, 5 % again in 2025
  const course = [100, 105, 110.25, 113.5575, 116.964225, 122.81243625];
  expect(after(change)).toEqual(close(course));
  expect(session.canUndo).toBe(false);
  expect(change.apply()).toBe(true);
  expect(session.series('gdp').slice(2)).toEqual(close(course));
  session.undo();
  expect([session.value('gdp', 2025), session.scenario.id]).toEqual([
    expect.closeTo(100 * 1.05 ** 5, 9),
    'plan',
  ]);
});

it('goes on to the end where a growth begins at one cell, and takes a whole selection as its span', async () => {
  const { draft } = await someSession();
  expect(draft('growth').bounds).toEqual({ from: 2023, to: 2025 });
  expect(draft('set', 'gdp', 2022, 2024).bounds).toEqual({ from: 2022, to: 2024 });
  const change = draft('set');
  expect(change.bounds).toEqual({ from: 2023, to: 2023 });
  change.choose('formula');
  expect(change.bounds).toEqual({ from: 2021, to: 2025 });
});

it('adds percentage points to a percent, multiplies, and replaces the formula', async () => {
  const { session, draft, after } = await someSession();
  const more = draft('add', 'rate', 2021, 2025);
  more.text = '1%';
  expect(after(more).at(-1)).toBeCloseTo(0.06, 12);
  const double = draft('scale');
  double.text = '×2';
  double.span = 'one';
  // the years behind go on from what was doubled
  expect(after(double)[5]).toBeCloseTo(2 * 100 * 1.05 ** 5, 9);
  const other = draft('formula');
  other.text = '=100 + rate * 100';
  expect(after(other)[5]).toBeCloseTo(105, 9);
  other.apply();
  expect(session.value('gdp', 2025)).toBeCloseTo(105, 9);
});

it('puts another formula into some years only, in the place of levels there; the years beside it stay', async () => {
  const { session, draft, after, close } = await someSession();
  const level = draft('set', 'rate', 2021, 2025);
  level.text = '2%';
  level.apply();
  const other = draft('formula', 'rate', 2022, 2023);
  other.text = '=10%';
  // 2 % · 10 % · 10 % · 2 % · 2 % after a base without a rate
  expect(after(other).slice(1)).toEqual(close([0.02, 0.1, 0.1, 0.02, 0.02]));
  other.apply();
  // 100 · 1.02 · 1.1 · 1.1 · 1.02 · 1.02
  expect(session.value('gdp', 2025)).toBeCloseTo(128.406168, 6);
  session.undo();
  expect(session.value('gdp', 2025)).toBeCloseTo(100 * 1.02 ** 5, 9);
});

it('lets the projection roll on from an actual, and a value over it is a conflict that names both', async () => {
  const { session, draft } = await someSession();
  const actual = draft('actual', 'gdp', 2021);
  actual.text = '110';
  actual.apply();
  expect(session.rule('gdp', 2021)?.base).toMatchObject({ kind: 'actual', value: 110 });
  expect(session.value('gdp', 2022)).toBeCloseTo(110 * 1.05, 9);
  expect(session.conflicts).toEqual([]);
  const value = draft('set', 'gdp', 2021);
  value.text = '120';
  value.apply();
  expect(session.value('gdp', 2022)).toBeCloseTo(120 * 1.05, 9);
  expect(session.conflicts).toMatchObject([
    { line: 'gdp', from: 2021, to: 2021, winner: { kind: 'value' }, covered: [{ kind: 'actual' }] },
  ]);
});

it('refuses what it cannot read, what may be meant in two ways, and years the wrong way round', async () => {
  const { session, draft } = await someSession();
  const change = draft('growth');
  change.text = 'much';
  expect([change.problem?.code, change.isComplete, change.apply()]).toEqual([
    'number_expected',
    false,
    false,
  ]);
  change.text = '3';
  expect(change.problem?.code).toBe('entry_percent_doubt');
  change.text = '3%';
  change.to = 2022;
  expect(change.problem).toMatchObject({ code: 'draft_span_turned', args: { from: '2023', to: '2022' } });
  expect(change.points.every(({ before, after }) => before === after)).toBe(true);
  expect(session.canUndo).toBe(false);
});

it('lists what a scenario says and inherits, and takes each statement back by itself', async () => {
  const { session, draft } = await someSession();
  session.addScenario('plan');
  session.setStack(['high', 'low']);
  const change = draft('add', 'rate', 2022);
  change.text = '1%';
  change.apply();
  session.enterActual('gdp', 2021, 104);
  session.enter([2023, 2024].map((period) => ({ line: 'gdp', period, text: '130' })));
  const said = () =>
    listStatements(session).map(
      ({ line, scenario, from, to, says }) => `${scenario} ${line} ${from}-${to} ${says.kind}`,
    );
  expect(said()).toEqual([
    'trial_1 rate 2022-2022 add',
    'trial_1 gdp 2023-2024 set',
    'trial_1 gdp 2021-2021 actual',
    'high rate 2023-2025 set',
    'low rate 2021-2025 set',
  ]);
  expect(session.conflicts).toMatchObject([
    { line: 'rate', from: 2023, to: 2025, winner: { scenario: 'high' }, covered: [{ scenario: 'low' }] },
  ]);
  for (const gone of ['set', 'actual', 'add']) {
    const statement = listStatements(session).find(
      (one) => one.scenario === 'trial_1' && one.says.kind === gone,
    );
    if (!statement) return expect.unreachable(gone);
    takeBack(session, statement);
  }
  expect(said()).toHaveLength(2);
  session.undo();
  expect(said()[0]).toBe('trial_1 rate 2022-2022 add');
});
