/** What a person does to an open plan, and what is kept of it. */
import { describe, expect, it, vi } from 'vitest';
import { isNumber } from '#quantity';
import { buildMemoryStore } from '#storage';
import { aPlan } from '#tests/builders';
import { openSession, storeWith } from '#tests/sessions';

const plan = aPlan()
  .driver('growth', '10%', { unit: '%' })
  .line('loans', { 2019: 90, 2020: 100 }, 'loans[t-1] * (1 + growth)', {
    name: { zh: '贷款余额', en: 'Loans' },
  })
  .line('green', {}, 'loans * 6%')
  .target('loans', 150)
  .build();

const round = (value: unknown) =>
  isNumber(value as never) ? Math.round((value as number) * 1e6) / 1e6 : value;

describe('an edit', () => {
  it('of a scenario that the plan ships begins one of the person’s own, in one gesture', async () => {
    const { session } = await openSession(plan);
    expect(session.enter([{ line: 'growth', period: 2023, text: '5%' }])).toEqual([]);
    expect(session.scenario).toMatchObject({
      id: 'trial_1',
      basedOn: 'plan',
      name: { zh: '试算 1', en: 'Trial 1' },
    });
    expect(session.plan.scenarios).toHaveLength(1);
    session.undo();
    expect(session.scenario.id).toBe('plan');
    expect(session.scenarios).toHaveLength(1);
    session.redo();
    expect(session.scenario.id).toBe('trial_1');
    expect(round(session.value('loans', 2023))).toBe(127.05);
  });

  it('of a number overrides one cell, and nothing gives it back', async () => {
    const { session } = await openSession(plan);
    session.enter([{ line: 'loans', period: 2022, text: '1,300' }]);
    expect(session.series('loans').slice(1).map(round)).toEqual([90, 100, 110, 1300, 1430, 1573, 1730.3]);
    expect(session.isChanged('loans', 2022)).toBe(true);
    expect(session.isChanged('loans', 2023)).toBe(false);
    session.enter([{ line: 'loans', period: 2022, text: '' }]);
    expect(round(session.value('loans', 2025))).toBe(161.051);
    expect(session.overlay('loans')).toBeNull();
  });

  it('of a formula takes names in either language and keeps ids', async () => {
    const { session } = await openSession(plan);
    session.enter([{ line: 'loans', period: 2021, text: '=贷款余额[t-1] + 7' }]);
    expect(session.overlay('loans')).toEqual({ changes: [{ line: 'loans', formula: '=loans[t-1] + 7' }] });
    expect(session.value('loans', 2025)).toBe(135);
    session.enterFormula('loans', '');
    expect(round(session.value('loans', 2025))).toBe(161.051);
  });

  it('of an A1 address keeps the name of the cell that is meant', async () => {
    const { session } = await openSession(plan);
    // rows as in the plan, column A is 2018
    const sheet = {
      cellAt: (column: number, row: number) => ({
        line: ['growth', 'loans', 'green'][row - 1] ?? '',
        period: 2017 + column,
      }),
    };
    session.enter([{ line: 'green', period: 2021, text: '=C2*$A$1' }], sheet);
    expect(session.overlay('green')?.changes).toEqual([
      { line: 'green', formula: '=loans[t-1] * growth[2018]' },
    ]);
  });

  it('that is refused changes nothing, not even the cells beside it', async () => {
    const { session } = await openSession(plan);
    const refused = session.enter([
      { line: 'loans', period: 2021, text: '120' },
      { line: 'loans', period: 2022, text: 'much' },
      { line: 'green', period: 2022, text: '=loans +' },
      { line: 'growth', period: 2022, text: '8' },
    ]);
    expect(refused.map((cell) => [cell.text, cell.problem.code])).toEqual([
      ['much', 'number_expected'],
      ['=loans +', 'formula_syntax'],
      ['8', 'entry_percent_doubt'],
    ]);
    expect(session.scenario.id).toBe('plan');
    expect(session.canUndo).toBe(false);
  });
});

it('undoing shows the scenario in which it happens', async () => {
  const { session } = await openSession(plan);
  session.moveLever('growth', 0.2);
  session.moveLever('growth', 0.3);
  session.openScenario('plan');
  session.undo();
  expect(session.scenario.id).toBe('trial_1');
  expect(round(session.value('loans', 2021))).toBe(120);
});

describe('a lever', () => {
  it('moves values while it is dragged and is one gesture when it is let go', async () => {
    const { session, store } = await openSession(plan);
    session.moveLever('growth', 0.2, true);
    session.moveLever('growth', 0.3, true);
    expect(round(session.value('loans', 2021))).toBe(130);
    expect(session.canUndo).toBe(false);
    session.moveLever('growth', 0.05);
    expect(round(session.value('loans', 2021))).toBe(105);
    await session.autosave.settle();
    expect((await store.open('test', 0)).entries).toHaveLength(1);
    session.undo();
    expect(round(session.value('loans', 2021))).toBe(110);
    expect(session.scenario.id).toBe('plan');
  });

  it('gives way to its inherited level when it is reset', async () => {
    const { session } = await openSession(plan);
    session.moveLever('growth', 0.05);
    session.enter([{ line: 'growth', period: 2024, text: '50%' }]);
    session.resetLine('growth');
    expect(session.overlay('growth')).toBeNull();
    expect(round(session.value('loans', 2025))).toBe(161.051);
  });

  it('moves the targets with it', async () => {
    const { session, time } = await openSession(plan);
    expect(session.targets.map((target) => target.status)).toEqual(['met']);
    session.moveLever('growth', 0.08);
    expect(session.targets.map((target) => target.status)).toEqual(['missed']);
    session.moveLever('growth', 0.085);
    expect(session.targets.map((target) => target.status)).toEqual(['met']);
    // 1.075^5 = 143.6: a step of one point would break it
    time.run();
    expect(session.targets.map((target) => target.status)).toEqual(['atRisk']);
    expect(time.waiting()).toBe(0);
  });

  it('is not looked for in a plan that was left', async () => {
    const { session, time } = await openSession(plan);
    expect(time.waiting()).toBeGreaterThan(0);
    session.leave();
    expect(time.waiting()).toBe(0);
  });
});

describe('risk in a large plan', () => {
  const PATIENCE = { timeout: 20_000 };

  /** More drivers times cells than are tried on the page's thread. */
  function largePlan() {
    const built = aPlan().driver('growth', '10%').line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)');
    for (let other = 0; other < 200; other += 1)
      built.driver(`driver${other}`, '10%').line(`result${other}`, {}, `driver${other} + 1`);
    return built.target('loans', 150).build();
  }

  it('is asked off the page when the hand has rested', async () => {
    const { session, time } = await openSession(largePlan());
    session.moveLever('growth', 0.085);
    const statuses = () => session.targets.map(({ status }) => status);
    time.run();
    expect(statuses()).toEqual(['met']);
    // 1.075^5 = 143.6: a step of one point would break it
    await vi.waitUntil(() => statuses()[0] === 'atRisk', PATIENCE);
    expect(session.targets[0]?.mostInfluential).toBe('growth');
  });

  it('is of no account when the plan went on meanwhile', async () => {
    const { session, time } = await openSession(largePlan());
    session.moveLever('growth', 0.085);
    time.run();
    session.moveLever('growth', 0.2);
    time.run();
    await vi.waitUntil(() => session.targets[0]?.mostInfluential === 'growth', PATIENCE);
    expect(session.targets.map(({ status }) => status)).toEqual(['met']);
  });
});

describe('scenarios', () => {
  it('of one’s own can be named, built upon and deleted, and come back', async () => {
    const { session } = await openSession(plan);
    session.moveLever('growth', 0.2);
    session.renameScenario('trial_1', { zh: '高增长', en: 'High' });
    session.addScenario('trial_1');
    expect(session.scenario).toMatchObject({ id: 'trial_2', basedOn: 'trial_1' });
    expect(round(session.value('loans', 2021))).toBe(120);
    session.removeScenario('trial_1');
    expect(session.scenarios.map((scenario) => scenario.id)).toEqual(['plan', 'trial_2']);
    expect(session.scenario.basedOn).toBe('plan');
    expect(round(session.value('loans', 2021))).toBe(110);
    session.undo();
    expect(round(session.value('loans', 2021))).toBe(120);
    expect(session.scenarios.find((one) => one.id === 'trial_1')?.name.en).toBe('High');
  });

  it('never share a name, however they come by it, and undo gives the old one back', async () => {
    const { session } = await openSession(plan);
    const names = () => session.scenarios.map(({ name }) => name.en);
    session.addScenario('plan', { zh: '高增长', en: 'High' });
    session.addScenario('plan', { zh: '高增长', en: 'High' });
    session.duplicateScenario('trial_1', { zh: '高增长', en: 'ＨＩＧＨ' });
    expect(names()).toEqual(['plan', 'High', 'High (2)', 'ＨＩＧＨ (3)']);
    session.renameScenario('trial_3', { zh: '规划', en: 'plan' });
    expect(names().at(-1)).toBe('plan (2)');
    session.undo();
    expect(names().at(-1)).toBe('ＨＩＧＨ (3)');
    // its own name is no other's
    session.renameScenario('trial_2', { zh: '高增长（2）', en: 'high (2)' });
    expect(names()[2]).toBe('high (2)');
    expect(session.freeScenarioName('trial_2', { zh: '低', en: 'HIGH' }).en).toBe('HIGH (2)');
    const arrived = { id: 'other', basedOn: 'plan', name: { zh: '高增长', en: 'High' } };
    session.adopt([{ kind: 'scenario', before: null, after: arrived }], 'other');
    // (2) and (3) are taken as a reader reads them
    expect(names().at(-1)).toBe('High (4)');
    // a number that a person gave is not given again
    session.renameScenario('other', { zh: '试算 4', en: 'Trial 4' });
    session.addScenario('plan');
    expect(new Set(names()).size).toBe(6);
  });

  it('are named without what cannot be seen', async () => {
    const { session } = await openSession(plan);
    session.addScenario('plan', { zh: '甲\u202e', en: 'A\u200b' });
    expect(session.scenario.name).toEqual({ zh: '甲', en: 'A' });
    session.renameScenario('trial_1', { zh: '乙\n丙', en: 'B\u0007' });
    expect(session.scenario.name).toEqual({ zh: '乙 丙', en: 'B' });
    session.duplicateScenario('trial_1', { zh: '\u2066丁', en: 'D' });
    expect(session.scenario.name).toEqual({ zh: '丁', en: 'D' });
  });

  it('that the plan ships cannot be renamed or deleted', async () => {
    const { session } = await openSession(plan);
    session.removeScenario('plan');
    session.renameScenario('plan', { zh: 'x', en: 'x' });
    expect(session.scenarios.map((scenario) => scenario.name.en)).toEqual(['plan']);
  });
});

describe('what is kept', () => {
  it('is everything: scenario, selection, folded sections and what can be undone', async () => {
    const store = buildMemoryStore();
    const first = await openSession(plan, store);
    first.session.moveLever('growth', 0.2);
    first.session.enter([{ line: 'loans', period: 2023, text: '500' }]);
    first.session.undo();
    first.session.select('green', 2024);
    first.session.fold('all', true);
    await first.session.autosave.settle();
    const { session } = await openSession(plan, store);
    expect(session.scenario.id).toBe('trial_1');
    expect(session.selection).toEqual({ line: 'green', period: 2024 });
    expect([...session.foldedSections]).toEqual(['all']);
    expect(round(session.value('loans', 2021))).toBe(120);
    session.redo();
    expect(session.value('loans', 2023)).toBe(500);
    session.undo();
    session.undo();
    expect(session.scenario.id).toBe('plan');
    expect(session.canUndo).toBe(false);
  });

  it('is said to be saved only when the newest gesture is', async () => {
    const real = buildMemoryStore();
    const gates: (() => void)[] = [];
    const calls: number[] = [];
    const store = storeWith(real, {
      async append(id, revision, entries) {
        calls.push(entries.length);
        await new Promise<void>((resolve) => gates.push(resolve));
        return real.append(id, revision, entries);
      },
    });
    const { session } = await openSession(plan, store);
    expect(session.autosave.state).toBe('saved');
    session.moveLever('growth', 0.2);
    expect(session.autosave.state).toBe('saving');
    session.moveLever('growth', 0.21);
    session.moveLever('growth', 0.22);
    const settled = session.autosave.settle();
    // one transaction in flight; the next carries both gestures since
    expect(calls).toEqual([1]);
    gates.shift()?.();
    await expect.poll(() => calls).toEqual([1, 2]);
    expect(session.autosave.state).toBe('saving');
    gates.shift()?.();
    await settled;
    expect(session.autosave.state).toBe('saved');
    expect(session.autosave.isUnsaved).toBe(false);
  });

  it('is not lost when storing fails, and is written when it works again', async () => {
    const real = buildMemoryStore();
    let isFull = true;
    const store = storeWith(real, {
      append: (id, revision, entries) =>
        isFull
          ? Promise.reject(Object.assign(new Error('quota'), { name: 'StorageProblem', code: 'quota' }))
          : real.append(id, revision, entries),
    });
    const { session } = await openSession(plan, store);
    session.moveLever('growth', 0.2);
    await session.autosave.settle();
    expect([session.autosave.state, session.autosave.problem, session.autosave.isUnsaved]).toEqual([
      'failed',
      'quota',
      true,
    ]);
    expect(round(session.value('loans', 2021))).toBe(120);
    isFull = false;
    session.moveLever('growth', 0.25);
    await session.autosave.settle();
    expect([session.autosave.state, session.autosave.problem]).toEqual(['saved', undefined]);
    expect((await real.open('test', 0)).entries).toHaveLength(2);
  });

  it('begins to be written at once when the page is hidden, behind what is in flight', async () => {
    const real = buildMemoryStore();
    const calls: [number, number][] = [];
    const store = storeWith(real, {
      append(id, revision, entries) {
        calls.push([revision, entries.length]);
        return real.append(id, revision, entries);
      },
    });
    const { session } = await openSession(plan, store);
    session.moveLever('growth', 0.2);
    session.moveLever('growth', 0.21);
    session.autosave.flush();
    expect(calls).toEqual([
      [0, 1],
      [1, 1],
    ]);
    await expect.poll(() => session.autosave.state).toBe('saved');
    expect((await real.open('test', 0)).entries).toHaveLength(2);
  });
});
