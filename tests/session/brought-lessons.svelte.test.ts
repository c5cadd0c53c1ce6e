/** Lessons that a person brings or writes: how they come in, stay, go along with their plan and are taken away. */
import { describe, expect, it, vi } from 'vitest';
import { buildMemoryStore, type LessonDraft, type PlanStore } from '#storage';
import type { Lesson } from '#plan';
import { writeLessonFile } from '#exchange';
import { Arrival, bundleFileOf, lessonAuthorOf, linkOf, outgoingLessons, type AppSession } from '#session';
import { anAppSession } from '#tests/app-session';
import { smallLesson, smallPlan } from '#tests/lessons';
import { loadLesson, loadPlan } from '#tests/plans';
import { openOwnSession, storeWith } from '#tests/sessions';
import { readBrought } from '../../src/app/open-lesson.ts';

const LISHUI = 'lishui-2021-2025';
const plan = loadPlan(LISHUI);
const { $schema: _, ...shipped } = loadLesson(`${LISHUI}.ceiling`, plan);
const mine: Lesson = { ...shipped, id: 'mine', title: { zh: '我的课', en: 'My lesson' } };

async function openApp(store: PlanStore = buildMemoryStore()) {
  const kept = await store.readLessons();
  const app = anAppSession([LISHUI], {
    store,
    brought: readBrought(kept),
    drafts: kept.filter(({ isDraft }) => isDraft),
    lessons: [{ ...shipped, steps: shipped.steps.length }],
    readLesson: () => Promise.resolve(shipped),
  });
  await app.open(LISHUI);
  if (app.screen.kind !== 'plan') throw new Error('the plan was not opened');
  return { app, store, session: app.screen.session };
}

async function arrive(app: AppSession, content: Uint8Array<ArrayBuffer> | string) {
  const arrival = new Arrival(app, typeof content === 'string' ? content : new File([content], 'a.json'));
  await arrival.read();
  return arrival;
}

const idsOf = (app: AppSession) => app.lessons.of(LISHUI).map(({ id }) => id);

describe('a lesson’s file', () => {
  it('is looked at first, and is on the shelf when it is taken, also after the page was closed', async () => {
    const { app, store } = await openApp();
    const arrival = await arrive(app, writeLessonFile(mine));
    expect(arrival.stage).toMatchObject({
      kind: 'lesson',
      arrived: { standing: 'new', lesson: { id: 'mine' } },
      plan: plan.title,
    });
    expect(idsOf(app)).toEqual(['ceiling']);
    arrival.takeLesson();
    expect(idsOf(app)).toEqual(['ceiling', 'mine']);
    const later = await openApp(store);
    expect(idsOf(later.app)).toEqual(['ceiling', 'mine']);
    expect(later.app.lessons.broughtTo(LISHUI)).toEqual([mine]);
  });

  it('is told from the one of its id that is here', async () => {
    const { app } = await openApp();
    const standing = async (lesson: Lesson) => {
      const { stage } = await arrive(app, writeLessonFile(lesson));
      return stage.kind === 'lesson' ? stage.arrived.standing : stage.kind;
    };
    expect(await standing(shipped)).toBe('present');
    expect(await standing({ ...shipped, minutes: 99 })).toBe('other');
    app.lessons.bring({ ...shipped, minutes: 99 });
    expect(await standing({ ...shipped, minutes: 99 })).toBe('present');
    expect(await standing(shipped)).toBe('other');
  });

  it('is refused without its plan, or where it does not fit it', async () => {
    const { app } = await openApp();
    const codes = async (lesson: Lesson) => {
      const { stage } = await arrive(app, writeLessonFile(lesson));
      return stage.kind === 'refused' ? stage.problems.map(({ code }) => code) : stage.kind;
    };
    expect(await codes({ ...mine, plan: 'elsewhere' })).toEqual(['lesson_plan_absent']);
    expect(await codes({ ...mine, scenario: 'nobody' })).toEqual(['plan_unknown_reference']);
    expect(idsOf(app)).toEqual(['ceiling']);
  });
});

describe('the shelf', () => {
  it('takes a brought lesson away and brings it back; a shipped one comes out from under it', async () => {
    const { app, store } = await openApp();
    app.lessons.bring({ ...shipped, minutes: 99 });
    expect(app.lessons.of(LISHUI)).toMatchObject([{ id: 'ceiling', minutes: 99 }]);
    const removed = app.lessons.remove('ceiling');
    expect(app.lessons.of(LISHUI)).toMatchObject([{ id: 'ceiling', minutes: shipped.minutes }]);
    expect(await store.readLessons()).toEqual([]);
    if (removed) app.lessons.bring(removed);
    expect(app.lessons.of(LISHUI)).toMatchObject([{ id: 'ceiling', minutes: 99 }]);
    expect(await store.readLessons()).toHaveLength(1);
    expect(app.lessons.remove('nobody')).toBeUndefined();
  });

  it('gives another id to one whose id a lesson of another plan has', async () => {
    const { app } = await openApp();
    app.lessons.bring(mine);
    const other = app.lessons.bring({ ...mine, plan: 'elsewhere' });
    expect(other).toMatchObject({ id: 'mine-2' });
    expect(app.lessons.broughtTo(LISHUI)).toEqual([mine]);
    expect(app.lessons.cover('mine-2')?.plan).toBe('elsewhere');
  });

  it('takes no more than a bundle can carry, and says so; one of its id still gives way', async () => {
    const { app, session } = await openApp();
    for (let number = 1; number <= 100; number += 1) app.lessons.bring({ ...mine, id: `mine-${number}` });
    expect(app.lessons.bring(mine)).toMatchObject({ code: 'lesson_too_many', args: { limit: 100 } });
    expect(app.lessons.bring({ ...mine, id: 'mine-7', minutes: 9 })).toMatchObject({ minutes: 9 });
    expect(app.lessons.bring({ ...mine, plan: 'elsewhere' })).toMatchObject({ plan: 'elsewhere' });
    const all = app.lessons.broughtTo(LISHUI);
    expect(all).toHaveLength(100);
    const bundle = bundleFileOf(session, all);
    const { app: other } = await openApp();
    const arrival = await arrive(other, bundle);
    expect(arrival.stage).toMatchObject({ kind: 'scenarios', problems: [] });
    for (let number = 1; number <= 60; number += 1) other.lessons.bring({ ...mine, id: `theirs-${number}` });
    expect(await arrival.add()).toMatchObject({ lessons: 40, problem: { code: 'lesson_too_many' } });
    expect(outgoingLessons(session, [...all, mine])).toEqual({ lessons: all, misfits: [], surplus: [mine] });
    const single = await arrive(other, writeLessonFile(mine));
    expect(single.takeLesson()).toMatchObject({ code: 'lesson_too_many' });
  });

  it('goes along with a plan that is copied', async () => {
    const { app, store } = await openApp();
    app.lessons.bring(mine);
    await app.makeOwn(LISHUI, ({ title }) => title).catch(() => undefined);
    expect(app.lessons.broughtTo('own-1')).toEqual([{ ...mine, id: 'mine-2', plan: 'own-1' }]);
    expect(app.lessons.broughtTo(LISHUI)).toEqual([mine]);
    expect(readBrought(await store.readLessons())).toHaveLength(2);
  });

  it('goes along in a link where there is room, and the link says where it did not', async () => {
    const { session } = await openApp();
    const address = 'https://example.test/';
    expect(linkOf(session, address)).toMatchObject({ ok: true, hasAllLessons: true });
    // the link of a shipped plan holds a scenario alone
    expect(linkOf(session, address, [mine])).toMatchObject({ ok: true, hasAllLessons: false });
    const store = buildMemoryStore();
    await store.keepPlan({ ...smallPlan, id: 'own-1' }, [], 1);
    const own = (await openOwnSession('own-1', store)).session;
    const small: Lesson = { ...smallLesson(), plan: 'own-1' };
    const whole = linkOf(own, address, [small]);
    expect(whole).toMatchObject({ ok: true, hasAllLessons: true });
    const { app } = await openApp();
    const { stage } = await arrive(app, whole.ok ? whole.link : '');
    expect(stage).toMatchObject({ kind: 'plan', value: { lessons: [{ id: 'small' }] } });
    const text = Array.from({ length: 2600 }, (_, index) => (index * 7919).toString(36)).join(' ');
    const story = { ...small, summary: { zh: text, en: text } };
    expect(linkOf(own, address, [story])).toMatchObject({ ok: true, hasAllLessons: false });
  });

  it('lets an author go through a lesson that is kept nowhere', async () => {
    const { app, store, session } = await openApp();
    app.lessons.rehearse(mine, session);
    expect(app.lessons.runOn(session)?.lesson.id).toBe('mine');
    app.lessons.runOn(session)?.next();
    app.lessons.leave();
    expect([idsOf(app), await store.readLessons(), app.lessons.placeOf('mine')]).toEqual([
      ['ceiling'],
      [],
      undefined,
    ]);
    expect(lessonAuthorOf(session, app.lessons.drafts).lesson).toBeUndefined();
  });
});

describe('what is being written', () => {
  const authorOf = ({ app, session }: Awaited<ReturnType<typeof openApp>>) =>
    lessonAuthorOf(session, app.lessons.drafts);

  /** Closes the page and opens it anew. */
  const reopen = ({ app, store }: Awaited<ReturnType<typeof openApp>>) => {
    app.lessons.drafts.flush();
    return openApp(store);
  };

  it('is there again after the page was closed, about its own plan, and is no lesson', async () => {
    const first = await openApp();
    const author = authorOf(first);
    expect([author.isRestored, author.isBlank]).toEqual([false, true]);
    author.editHead({ title: { zh: '写了一半', en: '' } });
    author.add(0);
    author.edit(1, { kind: 'task', levers: 'deposits_loans_growth 0 0.3', afresh: true });
    const later = await reopen(first);
    const again = authorOf(later);
    expect([again.isRestored, again.head, again.steps]).toEqual([true, author.head, author.steps]);
    expect([idsOf(later.app), later.app.lessons.drafts.of('elsewhere')]).toEqual([['ceiling'], undefined]);
  });

  it('is let go when it is begun anew, and comes back when that is undone', async () => {
    const first = await openApp();
    const author = authorOf(first);
    author.editHead({ id: 'half' });
    const before = author.clear();
    expect(author.isBlank).toBe(true);
    expect(authorOf(await reopen(first)).isRestored).toBe(false);
    author.write(before);
    expect(authorOf(await reopen(first)).head.id).toBe('half');
  });

  it('is written to its last letter, however fast it was typed, and when the page is closed meanwhile', async () => {
    const real = buildMemoryStore();
    const kept: unknown[] = [];
    let release: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    const store = storeWith(real, {
      keepLessonDraft: async (_plan, draft) => {
        kept.push(draft?.head['id']);
        await slow;
      },
    });
    const author = authorOf(await openApp(store));
    for (const id of ['a', 'ab', 'abc']) author.editHead({ id });
    expect(kept).toEqual(['a']);
    release();
    await vi.waitFor(() => expect(kept).toEqual(['a', 'abc']));
    const { app, session } = await openApp(store);
    const other = lessonAuthorOf(session, app.lessons.drafts);
    kept.length = 0;
    other.editHead({ id: 'x' });
    other.editHead({ id: 'xy' });
    app.lessons.drafts.flush();
    expect(kept).toEqual(['x', 'xy']);
  });

  it('opens with the fields that are understood, where another version kept it', async () => {
    const store = buildMemoryStore();
    const step = { id: 'one', kind: 'task', title: { zh: '题' }, levers: true, mood: 'calm' };
    await store.keepLessonDraft(LISHUI, {
      head: { id: 'half', minutes: false },
      steps: [step, { id: 'one' }, { id: 'two', kind: 'dance' }],
    } as unknown as LessonDraft);
    const author = authorOf(await openApp(store));
    expect(author.head).toMatchObject({ id: 'half', minutes: '10', title: { zh: '', en: '' } });
    expect(author.steps).toHaveLength(1);
    expect(author.steps[0]).toMatchObject({ kind: 'task', title: { zh: '题', en: '' }, levers: '' });
    expect(author.steps[0]).not.toHaveProperty('mood');
  });
});

describe('a bundle', () => {
  it('carries the lessons of its plan to who has the plan already; they are taken or left', async () => {
    const from = await openApp();
    from.app.lessons.bring(mine);
    from.app.lessons.bring({ ...mine, id: 'other', plan: 'elsewhere' });
    from.session.moveLever('deposits_loans_growth', 0.08);
    const bundle = bundleFileOf(from.session, from.app.lessons.broughtTo(LISHUI));

    const { app } = await openApp();
    const left = await arrive(app, bundle);
    if (left.stage.kind !== 'scenarios') throw new Error(left.stage.kind);
    expect(left.stage.lessons).toEqual([{ lesson: mine, standing: 'new' }]);
    left.takesLessons = false;
    expect(await left.add()).toMatchObject({ added: 1, lessons: 0 });
    expect(idsOf(app)).toEqual(['ceiling']);

    const taken = await arrive(app, bundle);
    expect(await taken.add()).toMatchObject({ added: 0, lessons: 1 });
    expect(idsOf(app)).toEqual(['ceiling', 'mine']);
    const again = await arrive(app, bundle);
    expect(again.stage).toMatchObject({ lessons: [{ standing: 'present' }] });
    expect(await again.add()).toMatchObject({ added: 0, lessons: 0 });
  });

  it('brings them to a plan of one’s own under the id that it gets here', async () => {
    const { session } = await openApp();
    const bundle = bundleFileOf(session, [mine]);
    const text = new TextDecoder().decode(bundle).replaceAll(`"${LISHUI}"`, '"elsewhere"');
    const store = buildMemoryStore();
    // an own plan that is here already has the id
    await store.keepPlan({ ...plan, id: 'elsewhere', version: '9.0.0' }, [], 1);
    const app = anAppSession([], {
      store,
      covers: await store.listPlans(),
      openPlan: async (id) => (await openOwnSession(id, store)).session,
      readWork: () =>
        Promise.resolve({ plan: { ...plan, id: 'elsewhere', version: '9.0.0' }, scenarios: [] }),
    });
    const arrival = await arrive(app, text);
    expect(arrival.stage).toMatchObject({ kind: 'plan', value: { lessons: [{ id: 'mine' }] } });
    const taken = await arrival.addPlan();
    expect([taken?.session.plan.id, taken?.lessons]).toEqual(['own-1', 1]);
    expect(app.lessons.broughtTo('own-1')).toEqual([{ ...mine, plan: 'own-1' }]);
  });

  it('leaves out what does not fit the plan as it is now', async () => {
    const { session } = await openApp();
    const misfit = { ...mine, scenario: 'nobody' };
    expect(outgoingLessons(session, [mine, misfit])).toEqual({
      lessons: [mine],
      misfits: [misfit],
      surplus: [],
    });
  });
});
