import { describe, expect, test } from 'vitest';
import { replay } from '#storage';
import { applyPlanPatches, type ItemPatch, type Plan } from '#plan';
import { aPlan } from '#tests/builders';
import { aScenario } from '../storage/samples.ts';
import { codeOf, KINDS } from './stores.ts';

const plan: Plan = { ...aPlan().line('gdp', { 2020: 100 }).build(), id: 'own-1' };
const cover = { id: 'own-1', title: plan.title, place: plan.place, periods: plan.periods };
const renamed = { zh: '另一规划', en: 'Another plan' };
const line = plan.lines[0];
if (!line) throw new Error('the plan has a line');
const edit: ItemPatch = {
  kind: 'plan-item',
  list: 'lines',
  at: 0,
  before: line,
  after: { ...line, name: renamed },
};

describe.each(KINDS)('own plans in %s', (_, openTabs) => {
  test('a plan that was kept is listed and read in another tab, with the scenarios that came with it', async () => {
    const tab = openTabs();
    await (await tab()).keepPlan(plan, [aScenario('trial', 7)], 5);
    const store = await tab();
    expect(await store.listPlans()).toEqual([cover]);
    expect(await store.readPlan('own-1')).toEqual(plan);
    expect(await store.list()).toEqual([{ plan: 'own-1', revision: 0, openedAt: 5 }]);
    const work = await store.open('own-1', 6);
    expect(replay(work, [], plan)).toMatchObject({ scenarios: [aScenario('trial', 7)], plan });
  });

  test('there is nothing under an id that nobody gave', async () => {
    const store = await openTabs()();
    expect(await store.listPlans()).toEqual([]);
    expect(await store.readPlan('own-1')).toBeUndefined();
  });

  test('an id that is taken is refused, and the plan under it stays', async () => {
    const store = await openTabs()();
    await store.keepPlan(plan, [], 1);
    expect(await codeOf(store.keepPlan({ ...plan, title: renamed }, [], 2))).toBe('stale_revision');
    expect(await store.readPlan('own-1')).toEqual(plan);
  });

  test('edits of the plan are kept in its journal and in its snapshot', async () => {
    const tab = openTabs();
    const store = await tab();
    await store.keepPlan(plan, [], 1);
    await store.open('own-1', 1);
    await store.append('own-1', 0, [{ kind: 'edit', patches: [edit], at: 2 }]);
    const edited = applyPlanPatches(plan, [edit]);
    expect(edited.lines[0]?.name).toEqual(renamed);
    expect(replay(await (await tab()).open('own-1', 3), [], plan).plan).toEqual(edited);
    await store.snapshot('own-1', { revision: 1, ...replay(await store.open('own-1', 4), [], plan) });
    await store.append('own-1', 1, [{ kind: 'undo', at: 5 }]);
    const work = await (await tab()).open('own-1', 6);
    expect(work.snapshot?.plan).toEqual(edited);
    expect(replay(work, [], plan).plan).toEqual(plan);
  });

  test('a cover is replaced, and says when the plan was deleted', async () => {
    const store = await openTabs()();
    await store.keepPlan(plan, [], 1);
    await store.keepCover({ ...cover, title: renamed, deletedAt: 9 });
    expect(await store.listPlans()).toEqual([{ ...cover, title: renamed, deletedAt: 9 }]);
    await store.keepCover(cover);
    expect(await store.listPlans()).toEqual([cover]);
  });

  test('remove takes the plan and the work on it, and no other plan', async () => {
    const store = await openTabs()();
    await store.keepPlan(plan, [aScenario()], 1);
    await store.keepPlan({ ...plan, id: 'own-2' }, [], 1);
    await store.remove('own-1');
    expect((await store.listPlans()).map(({ id }) => id)).toEqual(['own-2']);
    expect(await store.readPlan('own-1')).toBeUndefined();
    expect(await store.open('own-1', 2)).toMatchObject({ snapshot: undefined, revision: 0 });
  });

  test.each<[string, unknown, unknown]>([
    ['that is no plan', { ...plan, periods: undefined }, []],
    ['that is a proxy', { ...plan, lines: new Proxy([...plan.lines], {}) }, []],
    ['with a scenario that is none', plan, [{ id: 'Trial' }]],
  ])('a plan %s is refused', async (_name, bad, scenarios) => {
    const store = await openTabs()();
    expect(await codeOf(store.keepPlan(bad as Plan, scenarios as never, 1))).toBe('failed');
    expect(await store.listPlans()).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['of a list that plans do not have', { ...edit, list: 'rows' }],
    ['at no place', { ...edit, at: -1 }],
    ['that holds what is no line', { ...edit, after: { ...line, kind: 'lever' } }],
    ['with more than it should', { ...edit, by: 'me' }],
    ['of a head that is none', { kind: 'plan-head', before: { title: plan.title }, after: cover }],
  ])('a patch %s is refused', async (_name, patch) => {
    const store = await openTabs()();
    await store.keepPlan(plan, [], 1);
    const entry = { kind: 'edit', patches: [patch], at: 1 };
    expect(await codeOf(store.append('own-1', 0, [entry as never]))).toBe('failed');
  });
});
