/** What a person says in a scenario: changes over a span, actuals, distributions, stacks, and taking them back. */
import { describe, expect, it } from 'vitest';
import { isNumber, parseUnit, PLAIN } from '#quantity';
import { buildMemoryStore } from '#storage';
import { readLeverText, readSpanEntry, shownDistribution, type PlanSession } from '#session';
import { aPlan } from '#tests/builders';
import { openSession } from '#tests/sessions';

const plan = aPlan()
  .driver('growth', '10%', { unit: '%', name: { zh: '增速', en: 'Growth' } })
  .driver('share', '5%', { unit: '%', name: { zh: '占比', en: 'Share' } })
  .line('loans', { 2019: 90, 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .line('green', {}, 'loans * share')
  .build();

const FORECAST = [2021, 2022, 2023, 2024, 2025];
const valuesOf = (session: PlanSession, line: string) =>
  FORECAST.map((period) => session.value(line, period)).map((value) =>
    isNumber(value) ? Math.round(value * 1e6) / 1e6 : value,
  );

/** What Delete and the cell's menu do. */
const emptyCell = (session: PlanSession, line: string, period: number) =>
  session.enter([{ line, period, text: '' }]);

describe('a change over a span', () => {
  it('adds percentage points to a driver, on top of a lever and of a typed cell', async () => {
    const { session } = await openSession(plan);
    session.moveLever('growth', 0.05);
    session.enter([{ line: 'growth', period: 2024, text: '7%' }]);
    session.changeSpan('growth', { from: 2023, add: 0.01 });
    expect(valuesOf(session, 'growth')).toEqual([0.05, 0.05, 0.06, 0.08, 0.06]);
    // the same over the same span is replaced
    session.changeSpan('growth', { from: 2023, add: 0.02 });
    expect(valuesOf(session, 'growth')).toEqual([0.05, 0.05, 0.07, 0.09, 0.07]);
    const changes = session.overlay('growth')?.changes ?? [];
    session.removeChange(
      'growth',
      changes.findIndex((change) => 'add' in change),
    );
    expect(valuesOf(session, 'growth')).toEqual([0.05, 0.05, 0.05, 0.07, 0.05]);
  });

  it('grows a line from a year to another and then goes on as the base', async () => {
    const { session } = await openSession(plan);
    session.changeSpan('loans', { from: 2022, to: 2023, growth: 0.03 });
    // 110, × 1.03 = 113.3, × 1.03 = 116.699, × 1.1 = 128.3689, × 1.1 = 141.20579
    expect(valuesOf(session, 'loans')).toEqual([110, 113.3, 116.699, 128.3689, 141.20579]);
    expect(session.scenario.id).toBe('trial_1');
    session.undo();
    expect(session.scenarios).toHaveLength(1);
  });

  it('gives way to a later level, and a lever to nothing', async () => {
    const { session } = await openSession(plan);
    session.changeSpan('growth', { from: 2023, add: 0.02 });
    session.changeSpan('growth', { from: 2022, to: 2024, set: 0.03 });
    expect(valuesOf(session, 'growth')).toEqual([0.1, 0.03, 0.03, 0.03, 0.12]);
    session.moveLever('growth', 0.04);
    expect(valuesOf(session, 'growth')).toEqual([0.04, 0.04, 0.04, 0.04, 0.04]);
    expect(session.overlay('growth')).toEqual({ changes: [{ line: 'growth', set: 0.04 }] });
  });

  it('is read as it is typed', () => {
    const percent = parseUnit('%') ?? PLAIN;
    expect(readSpanEntry('+1%', 'add', percent)).toBe(0.01);
    expect(readSpanEntry('+1个百分点', 'add', percent)).toBe(0.01);
    expect(readSpanEntry('-0.5 pp', 'add', percent)).toBe(-0.005);
    expect(readSpanEntry('+12', 'add', PLAIN)).toBe(12);
    expect(readSpanEntry('×1.1', 'scale', percent)).toBe(1.1);
    expect(readSpanEntry('110%', 'scale', PLAIN)).toBe(1.1);
    expect(readSpanEntry('3%', 'growth', PLAIN)).toBe(0.03);
    expect(readSpanEntry('3', 'growth', PLAIN)).toMatchObject({ code: 'entry_percent_doubt' });
    expect(readSpanEntry('1', 'add', percent)).toMatchObject({ code: 'entry_percent_doubt' });
    expect(readSpanEntry('much', 'set', PLAIN)).toMatchObject({ code: 'number_expected' });
  });
});

describe('taking back', () => {
  it('gives one cell back and leaves the periods beside it', async () => {
    const { session } = await openSession(plan);
    session.changeSpan('growth', { add: 0.02 });
    session.enter([{ line: 'growth', period: 2022, text: '30%' }]);
    emptyCell(session, 'growth', 2022);
    expect(valuesOf(session, 'growth')).toEqual([0.12, 0.1, 0.12, 0.12, 0.12]);
    emptyCell(session, 'growth', 2025);
    expect(valuesOf(session, 'growth')).toEqual([0.12, 0.1, 0.12, 0.12, 0.1]);
  });

  it('of a cell does not let a change reach an actual that it did not touch', async () => {
    const { session } = await openSession(plan);
    session.enterActual('growth', 2021, 0.07);
    session.changeSpan('growth', { add: 0.02 });
    expect(valuesOf(session, 'growth')).toEqual([0.07, 0.12, 0.12, 0.12, 0.12]);
    emptyCell(session, 'growth', 2023);
    expect(valuesOf(session, 'growth')).toEqual([0.07, 0.12, 0.1, 0.12, 0.12]);
  });

  it('of a cell takes a growth, an actual and a formula of some years out of that year alone', async () => {
    const { session } = await openSession(plan);
    session.changeSpan('loans', { from: 2023, growth: 0.03 });
    emptyCell(session, 'loans', 2024);
    // 110, × 1.1 = 121, × 1.03 = 124.63, × 1.1 = 137.093, × 1.03 = 141.20579
    expect(valuesOf(session, 'loans')).toEqual([110, 121, 124.63, 137.093, 141.20579]);
    session.enterActual('loans', 2021, 120);
    emptyCell(session, 'loans', 2021);
    expect(session.value('loans', 2021)).toBeCloseTo(110, 10);
    session.changeSpan('green', { from: 2022, to: 2023, formula: 'loans * 0.1' });
    emptyCell(session, 'green', 2022);
    expect(valuesOf(session, 'green').slice(1, 3)).toEqual([6.05, 12.463]);
  });

  it('of a cell takes what is one for all years where nothing else stands in it', async () => {
    const { session } = await openSession(plan);
    session.enter([{ line: 'growth', period: 2023, text: '2% to 6%' }]);
    expect([2020, 2021].map((period) => session.isChanged('growth', period))).toEqual([false, true]);
    emptyCell(session, 'growth', 2020);
    expect(session.overlay('growth')?.distribution).toBeDefined();
    emptyCell(session, 'growth', 2025);
    expect(session.overlay('growth')).toBeNull();
    session.enter([{ line: 'green', period: 2023, text: '=loans*0.1' }]);
    session.enter([{ line: 'green', period: 2023, text: '7' }]);
    emptyCell(session, 'green', 2023);
    expect(valuesOf(session, 'green')).toEqual([11, 12.1, 13.31, 14.641, 16.1051]);
    emptyCell(session, 'green', 2023);
    expect(session.overlay('green')).toBeNull();
  });

  it('of everything leaves the scenario as it began', async () => {
    const { session } = await openSession(plan);
    session.moveLever('growth', 0.2);
    const { id } = session.scenario;
    session.enterActual('loans', 2021, 130);
    expect(session.setDistribution('share', { kind: 'uniform', low: 0, high: 0.1 })).toBeUndefined();
    expect(session.setCorrelation('share', 'growth', 0.4)).toBeUndefined();
    session.resetAll(id);
    expect(session.scenario).toEqual({ id, name: { zh: '试算 1', en: 'Trial 1' }, basedOn: 'plan' });
    expect(valuesOf(session, 'loans')).toEqual([110, 121, 133.1, 146.41, 161.051]);
    session.undo();
    expect(session.value('loans', 2021)).toBe(130);
    expect(session.scenario.correlations).toEqual([{ lines: ['share', 'growth'], rank: 0.4 }]);
  });
});

it('an actual replaces the forecast, and the projection rolls on from it', async () => {
  const { session } = await openSession(plan);
  session.enterActual('loans', 2021, 120);
  expect(valuesOf(session, 'loans')).toEqual([120, 132, 145.2, 159.72, 175.692]);
  expect(session.rule('loans', 2021)?.base.kind).toBe('actual');
  session.enterActual('loans', 2021, null);
  expect(session.overlay('loans')).toBeNull();
});

describe('a distribution', () => {
  it('is typed into any forecast cell of a driver, with what it moves together', async () => {
    const { session } = await openSession(plan);
    session.moveLever('growth', 0.05);
    const text = '2%到6% 与占比相关 0.7';
    expect(session.enter([{ line: 'growth', period: 2023, text }])).toEqual([]);
    // the level would have made it certain
    expect(session.distributionOf('growth')).toEqual({
      distribution: { kind: 'interval', low: 0.02, high: 0.06, curve: 'normal' },
      scenario: 'trial_1',
      periods: FORECAST,
      movesWith: [{ line: 'share', rank: 0.7 }],
    });
    expect(shownDistribution(session, 'growth', 'en')).toBe('2% to 6% moves with Share 0.7');
    expect(shownDistribution(session, 'growth', 'zh')).toBe('2%至6% 与占比相关 0.7');
    session.undo();
    expect(session.distributionOf('growth')).toBeUndefined();
    expect(session.scenario.correlations).toBeUndefined();
  });

  it.each(['2% to 6% moves with Share 0.7', 'normal(5%, 1%)', 'PERT(2%, 4%, 7%) each year', 'history'])(
    'is shown as it can be typed: %s',
    async (text) => {
      const { session } = await openSession(plan);
      session.enter([{ line: 'growth', period: 2021, text }]);
      expect(shownDistribution(session, 'growth', 'en')).toBe(text);
      const zh = shownDistribution(session, 'growth', 'zh') ?? '';
      const before = session.scenario;
      session.enter([{ line: 'growth', period: 2025, text: zh }]);
      expect(session.scenario).toEqual(before);
    },
  );

  it.each([
    ['loans', 2023, '2% to 6%', 'entry_distribution_line'],
    ['growth', 2020, '2% to 6%', 'entry_distribution_period'],
    ['growth', 2023, '2 to 6', 'entry_distribution_percent'],
    ['growth', 2023, '2 to 6%', 'distribution_percent'],
    ['growth', 2023, '6% to 2%', 'distribution_order'],
    ['growth', 2023, '2% to 6% moves with growth 0.5', 'entry_distribution_itself'],
    ['growth', 2023, '2% to 6% moves with loans 0.5', 'entry_distribution_partner'],
    ['growth', 2023, '2% to 6% moves with nobody 0.5', 'distribution_name'],
    ['growth', 2023, 'to be seen', 'number_expected'],
    ['growth', 2023, '3,5', 'number_grouping'],
  ])('in %s %i is refused with a reason: %s', async (line, period, text, code) => {
    const { session } = await openSession(plan);
    const refused = session.enter([{ line, period, text }]);
    expect(refused.map(({ problem }) => problem.code)).toEqual([code]);
    expect(session.canUndo).toBe(false);
  });

  it('is given way by a number: one cell is certain, a lever makes all of them so', async () => {
    const { session } = await openSession(plan);
    session.enter([{ line: 'growth', period: 2023, text: 'normal(5%, 1%)' }]);
    session.enter([{ line: 'growth', period: 2022, text: '4%' }]);
    expect(session.distributionOf('growth')?.periods).toEqual([2021, 2023, 2024, 2025]);
    session.moveLever('growth', 0.06);
    expect(session.distributionOf('growth')).toBeUndefined();
    session.undo();
    expect(session.distributionOf('growth')?.periods).toEqual([2021, 2023, 2024, 2025]);
  });

  it('of a scenario below is used, and taken back to be used again', async () => {
    const { session } = await openSession(plan);
    session.enter([{ line: 'growth', period: 2023, text: 'normal(5%, 1%)' }]);
    session.addScenario();
    session.setDistribution('growth', { kind: 'uniform', low: 0, high: 0.1 });
    expect(session.distributionOf('growth')?.scenario).toBe('trial_2');
    session.setDistribution('growth', null);
    expect(session.distributionOf('growth')?.scenario).toBe('trial_1');
    expect(session.setDistribution('loans', { kind: 'uniform', low: 0, high: 1 })?.code).toBe(
      'entry_distribution_line',
    );
    expect(session.setCorrelation('growth', 'growth', 1)?.code).toBe('entry_distribution_itself');
  });

  it('is read in a lever’s box too, where a number stays a level', async () => {
    const { session } = await openSession(plan);
    const read = (text: string) =>
      readLeverText(text, session.engine.unitOf('growth'), { min: -1, max: 1 }, session.engine.names);
    expect(read('8')).toEqual({ kind: 'level', level: 0.08, isFraction: false });
    expect(read('+3%')).toEqual({ kind: 'level', level: 0.03, isFraction: false });
    expect(read('三角(2%，4%，7%)')).toEqual({
      kind: 'distribution',
      distribution: { kind: 'triangular', low: 0.02, mode: 0.04, high: 0.07 },
      movesWith: [],
    });
    expect(read('2 to 6')).toMatchObject({ problem: { code: 'entry_distribution_percent' } });
    expect(read('high')).toMatchObject({ problem: { code: 'number_expected' } });
  });
});

describe('scenarios', () => {
  async function threeOfOnesOwn() {
    const opened = await openSession(plan);
    const { session } = opened;
    session.addScenario('plan');
    session.moveLever('growth', 0);
    session.addScenario('plan');
    session.changeSpan('growth', { add: 0.01 });
    session.addScenario('plan');
    return opened;
  }
  const ids = (session: PlanSession) => session.scenarios.map(({ id }) => id);

  it('are laid on each other, the nearest first', async () => {
    const { session } = await threeOfOnesOwn();
    expect(session.setStack(['trial_2', 'trial_1'])).toBeUndefined();
    expect(valuesOf(session, 'growth')).toEqual([0.01, 0.01, 0.01, 0.01, 0.01]);
    expect(session.conflicts).toEqual([]);
    session.setStack(['trial_1', 'trial_2']);
    expect(valuesOf(session, 'growth')).toEqual([0, 0, 0, 0, 0]);
    expect(session.conflicts).toEqual([
      {
        line: 'growth',
        from: 2021,
        to: 2025,
        winner: { scenario: 'trial_1', kind: 'value' },
        covered: [{ scenario: 'trial_2', kind: 'change' }],
      },
    ]);
    session.setStack([]);
    expect(session.scenario.stack).toBeUndefined();
    expect(valuesOf(session, 'growth')).toEqual([0.1, 0.1, 0.1, 0.1, 0.1]);
  });

  it('are laid on a shipped one by beginning one of one’s own', async () => {
    const { session } = await threeOfOnesOwn();
    session.openScenario('plan');
    session.setStack(['trial_1']);
    expect(session.scenario).toMatchObject({ id: 'trial_4', basedOn: 'plan', stack: ['trial_1'] });
    expect(session.addScenario('plan', { zh: '甲', en: 'A' }, ['trial_2', 'trial_1'])).toBeUndefined();
    expect(session.scenario).toMatchObject({ name: { en: 'A' }, stack: ['trial_2', 'trial_1'] });
    session.undo();
    expect(ids(session)).not.toContain('trial_5');
  });

  it('never build on themselves, nor on what is not there', async () => {
    const { session } = await threeOfOnesOwn();
    session.setStack(['trial_2']);
    session.openScenario('trial_2');
    const before = session.scenarios;
    expect(session.setStack(['trial_3'])?.code).toBe('plan_scenario_loop');
    expect(session.setStack(['trial_2'])?.code).toBe('plan_scenario_loop');
    expect(session.setStack(['nowhere'])?.code).toBe('plan_unknown_reference');
    expect(session.rebase('trial_2', 'trial_3')?.code).toBe('plan_scenario_loop');
    expect(session.addScenario('nowhere')?.code).toBe('plan_unknown_reference');
    expect(session.scenarios).toEqual(before);
    expect(session.rebase('trial_2', 'trial_1')).toBeUndefined();
    expect(valuesOf(session, 'growth')).toEqual([0.01, 0.01, 0.01, 0.01, 0.01]);
  });

  it('are moved, kept in their order, and a deleted one comes back to its place and into the stacks', async () => {
    const store = buildMemoryStore();
    const { session } = await openSession(plan, store);
    for (const basedOn of ['plan', 'trial_1', 'plan']) session.addScenario(basedOn);
    session.setStack(['trial_2', 'trial_1']);
    session.moveScenario('trial_3', 0);
    expect(ids(session)).toEqual(['plan', 'trial_3', 'trial_1', 'trial_2']);
    session.moveScenario('trial_1', 99);
    session.moveScenario('trial_1', 1);
    const before = session.scenarios;
    session.removeScenario('trial_1');
    expect(session.scenarios).toEqual([
      plan.scenarios[0],
      expect.objectContaining({ id: 'trial_3', stack: ['trial_2'] }),
      expect.objectContaining({ id: 'trial_2', basedOn: 'plan' }),
    ]);
    session.undo();
    expect(session.scenarios).toEqual(before);
    await session.autosave.settle();
    expect((await openSession(plan, store)).session.scenarios).toEqual(before);
  });
});
