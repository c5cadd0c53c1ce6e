/** What a person is told, and what goes with what, where a plan of their own is edited; and how own plans come and go. */
import { describe, expect, it } from 'vitest';
import { buildMemoryStore, type PlanStore } from '#storage';
import { lineForm, targetForm, versionsOf, type FieldFault, type PlanSession } from '#session';
import { anAppSession } from '#tests/app-session';
import { aPlan } from '#tests/builders';
import { loadPlan } from '#tests/plans';
import { openOwnSession } from '#tests/sessions';

const both = (text: string) => ({ zh: text, en: text });
const WORDS = { language: 'en', figureNote: both('entered') } as const;

async function aSession(): Promise<PlanSession> {
  const store = buildMemoryStore();
  const plan = aPlan()
    .driver('growth', '10%', { unit: '%' })
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元' })
    .line('double', {}, 'loans * 2', { unit: '亿元' })
    .target('double', 300)
    .build();
  await store.keepPlan({ ...plan, id: 'own-a' }, [], 0);
  return (await openOwnSession('own-a', store)).session;
}

function formOf(session: PlanSession, id: string) {
  const line = session.line(id);
  if (!line) throw new Error(id);
  return lineForm(line, session.plan, 'en');
}

const codes = (edited: { ok: boolean; faults?: readonly FieldFault[] }) =>
  (edited.faults ?? []).map(({ field, problem }) => `${field}: ${problem.code}`);

describe('a name that is typed', () => {
  const hidden = { zh: '甲\u202e\u200b乙', en: 'A\nB\u{e0041}' };
  const clean = { zh: '甲乙', en: 'A B' };

  it('of a line, a section, a target, the plan or a version loses what cannot be seen', async () => {
    const session = await aSession();
    session.model.saveLine('double', { ...formOf(session, 'double'), name: hidden }, WORDS);
    expect(session.line('double')?.name).toEqual(clean);
    session.model.duplicateLine('double', hidden);
    expect(session.plan.lines.filter(({ name }) => name.zh === clean.zh)).toHaveLength(2);
    session.model.saveSection(undefined, hidden);
    expect(session.plan.sections.at(-1)?.name).toEqual(clean);
    const form = targetForm(session.plan.targets[0], session.plan);
    session.model.saveTarget(0, { ...form, asPrinted: '300\u202e亿', place: '第\u200b一节' });
    expect(session.plan.targets[0]).toMatchObject({ asPrinted: '300亿', source: { section: '第一节' } });
    session.model.saveHead({ title: hidden, place: hidden, first: '2018', base: '2020', last: '2025' });
    expect([session.plan.title, session.plan.place]).toEqual([clean, clean]);
    const versions = versionsOf(session);
    await versions.keep('甲\u202e');
    expect(versions.all).toMatchObject([{ name: '甲' }]);
  });
});

describe('a form of a line', () => {
  it('shows percent as percent and takes it back unchanged', async () => {
    const session = await aSession();
    const form = formOf(session, 'growth');
    expect(form).toMatchObject({ min: '-100', max: '100', step: '1' });
    session.model.saveLine('growth', { ...form, max: '30', formula: '=20%' }, WORDS);
    expect(session.line('growth')?.lever).toEqual({ min: -1, max: 0.3, step: 0.01 });
    // 100 × 1.2⁵ = 248.832, and twice that
    expect(session.value('double', 2025)).toBeCloseTo(497.664, 9);
  });

  it('names every fault with its field and changes nothing', async () => {
    const session = await aSession();
    const form = {
      ...formOf(session, 'growth'),
      name: both(' '),
      unit: '个个',
      decimals: '1.5',
      min: '9',
      max: '2',
    };
    const before = session.plan;
    const edited = session.model.saveLine('growth', { ...form, formula: '=loans +' }, WORDS);
    expect(codes(edited)).toEqual([
      'name: model_name_missing',
      'unit: plan_unknown_unit',
      'decimals: model_decimals',
      expect.stringMatching(/^formula: formula_/),
      'lever: model_lever_order',
    ]);
    expect(session.plan).toBe(before);
    expect(session.canUndo).toBe(false);
  });

  it('keeps a figure that was not touched with where it is printed', async () => {
    const store = buildMemoryStore();
    await store.keepPlan({ ...loadPlan('lishui-2021-2025'), id: 'own-b' }, [], 0);
    const { session } = await openOwnSession('own-b', store);
    const line = session.plan.lines.find(
      ({ figures = [] }) => figures[0]?.origin === 'printed' && figures.length > 1,
    );
    if (!line?.figures) throw new Error('no printed figures');
    const [first, second] = line.figures;
    const form = formOf(session, line.id);
    const figures = { ...form.figures, [String(second?.period)]: '77' };
    expect(session.model.saveLine(line.id, { ...form, figures }, WORDS).ok).toBe(true);
    const after = session.line(line.id)?.figures ?? [];
    expect(after.find(({ period }) => period === first?.period)).toBe(first);
    expect(after.find(({ period }) => period === second?.period)).toMatchObject({
      origin: 'assumed',
      note: both('entered'),
    });
  });
});

describe('deleting', () => {
  it('is refused while formulas read the line, which are named', async () => {
    const session = await aSession();
    expect(session.model.usersOf('loans')).toEqual([{ line: 'double' }]);
    expect(codes(session.model.removeLine('loans'))).toEqual(['whole: model_line_used']);
    expect(session.line('loans')).toBeDefined();
  });

  it('takes targets and what scenarios say along, and brings all back as one gesture', async () => {
    const session = await aSession();
    session.enter([{ line: 'double', period: 2025, text: '1000' }]);
    expect(session.targets[0]?.status).toBe('met');
    session.model.removeLine('double');
    expect(session.plan.targets).toEqual([]);
    expect(session.scenario.values).toBeUndefined();
    session.undo();
    expect(session.scenario.values).toEqual({ double: { '2025': 1000 } });
    expect(session.targets[0]?.projected).toBe(1000);
  });

  it('refuses a base year before which figures would stand after it', async () => {
    const session = await aSession();
    const head = { title: both('t'), place: both('p'), first: '2018', base: '2019', last: '2025' };
    expect(codes(session.model.saveHead(head))).toEqual(['whole: plan_figure_after_base']);
    expect(session.plan.periods.base).toBe(2020);
  });
});

it('judges a target by its form at once', async () => {
  const session = await aSession();
  const form = { ...targetForm(undefined, session.plan, 'loans'), value: '160', period: '2025' };
  // 100 × 1.1⁵ = 161.051
  expect(session.model.saveTarget(undefined, form)).toEqual({ ok: true, id: '1' });
  expect(session.targets[1]).toMatchObject({ status: expect.stringMatching(/met|atRisk/) as string });
  expect(session.targets[1]?.projected).toBeCloseTo(161.051, 9);
});

describe('own plans', () => {
  const anApp = (store: PlanStore = buildMemoryStore()) => {
    let given = 0;
    return anAppSession(['lishui-2021-2025'], {
      store,
      freeId: () => `own-${(given += 1)}`,
      now: () => 1000,
      readWork: () =>
        Promise.resolve({
          plan: loadPlan('lishui-2021-2025'),
          scenarios: [{ id: 'mine', name: both('mine') }],
        }),
    });
  };

  it('are copies with the person’s scenarios', async () => {
    const store = buildMemoryStore();
    const app = anApp(store);
    const id = await app.own.duplicate('lishui-2021-2025', () => both('copy'));
    expect(app.own.all).toMatchObject([{ id, title: both('copy') }]);
    const { session } = await openOwnSession(id, store);
    expect(session.plan.lines).toEqual(loadPlan('lishui-2021-2025').lines);
    expect(session.isOwn('mine')).toBe(true);
    expect(session.isOwnPlan).toBe(true);
  });

  it('come from elsewhere under their own id, and under another where that is taken', async () => {
    const app = anApp();
    const plan = { ...loadPlan('lishui-2021-2025'), id: 'from-afar' };
    expect(await app.addOwnPlan(plan)).toBe('from-afar');
    expect(await app.addOwnPlan(plan)).toBe('own-1');
    expect(await app.addOwnPlan(loadPlan('lishui-2021-2025'))).toBe('own-2');
  });

  it('are deleted, and brought back with their work', async () => {
    const store = buildMemoryStore();
    const app = anApp(store);
    const id = await app.own.begin(
      {
        title: both('new'),
        place: both('new'),
        periods: { unit: 'year', first: 2021, base: 2025, last: 2030 },
      },
      { section: both('all'), scenario: both('plan') },
    );
    const { session } = await openOwnSession(id, store);
    session.model.saveSection(undefined, both('more'));
    await session.autosave.settle();
    await app.own.delete(id);
    expect(app.own.all).toEqual([]);
    await app.own.restore(id);
    expect(app.own.all).toHaveLength(1);
    expect((await openOwnSession(id, store)).session.plan.sections.map(({ name }) => name.en)).toEqual([
      'all',
      'more',
    ]);
  });
});
