/** A lesson keeps its place, checks itself on the model, and never touches the person's own scenarios. */
import { describe, expect, it } from 'vitest';
import { LessonRun, readGuess } from '#session';
import { anAppSession } from '#tests/app-session';
import { practise, smallLesson, smallPlan } from '#tests/lessons';
import { openSession } from '#tests/sessions';

const plan = smallPlan;

async function begin(place?: { step: string; done: string[] }) {
  const { session } = await openSession(plan);
  const kept: unknown[] = [];
  const run = new LessonRun({
    lesson: smallLesson(),
    engine: session.engine,
    place,
    practise,
    keep: (one) => kept.push(one),
  });
  return { session, run, kept };
}

describe('going through', () => {
  it('begins with the first step, and what is read is done when it is left', async () => {
    const { run, kept } = await begin();
    expect([run.index, run.isFirst, run.doneCount]).toEqual([0, true, 0]);
    run.next();
    expect([run.index, run.doneCount]).toEqual([1, 1]);
    expect(kept.at(-1)).toEqual({ step: 'guess', done: ['hello'] });
  });

  it('begins where it was left, and from the start where that step is gone', async () => {
    const left = await begin({ step: 'reach', done: ['hello', 'guess'] });
    expect([left.run.index, left.run.doneCount]).toEqual([3, 2]);
    expect((await begin({ step: 'gone', done: [] })).run.index).toBe(0);
  });

  it('tells a depth that a step lacks by the one before it', async () => {
    const { run } = await begin();
    run.depth = 'formulas';
    expect(run.text.en).toBe('drivers');
    run.next();
    expect(run.text.en).toBe('how much');
  });

  it('is over after the last step, and can be gone back into and begun anew', async () => {
    const { run } = await begin({ step: 'find', done: [] });
    run.next();
    expect(run.isOver).toBe(true);
    run.previous();
    expect([run.isOver, run.index]).toEqual([false, 4]);
    run.restart();
    expect([run.index, run.doneCount]).toEqual([0, 0]);
  });
});

describe('a guess', () => {
  it('is compared with the model after the reveal, which is not shown before', async () => {
    const { run } = await begin({ step: 'guess', done: [] });
    expect(run.practice.value('loans', 2023)).toBeCloseTo(133.1, 9);
    run.guess([172.8]);
    expect(run.record.guess?.result.answer).toBe('right');
    expect(run.practice.value('loans', 2023)).toBeCloseTo(172.8, 9);
    expect(run.hint).toBeUndefined();
  });

  it('that a known mistake leads to is told so', async () => {
    const { run } = await begin({ step: 'guess', done: [] });
    run.guess([160]);
    expect(run.record.guess?.result.points[0]?.difference).toBeCloseTo(-12.8, 9);
    expect(run.record.guess?.mistake?.en).toBe('added, not multiplied');
    expect(run.hint?.text.en).toBe('multiply');
    run.restartStep();
    expect([run.record.guess, run.practice.value('growth', 2023)]).toEqual([undefined, 0.1]);
  });

  it('is not given away by what is shown, unless something is changed first', async () => {
    const { run } = await begin({ step: 'guess', done: [] });
    expect([run.isHidden, run.isSecret('loans', 2023)]).toEqual([false, false]);
    const lesson = smallLesson();
    const [, guess] = lesson.steps;
    if (guess?.kind !== 'predict') throw new Error('no guess');
    const { reveal: _, ...plain } = guess;
    const { engine } = run;
    const still = new LessonRun({
      lesson: { ...lesson, steps: [plain] },
      engine,
      practise,
      keep: () => undefined,
    });
    const secret = [2020, 2021, 2023].map((period) => still.isSecret('loans', period));
    expect([still.isHidden, ...secret, still.isSecret('green', 2023)]).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
    still.guess([133.1]);
    expect([still.isHidden, still.isSecret('loans', 2023)]).toEqual([false, false]);
  });

  it('is typed in the unit beside its field', async () => {
    const { run, session } = await begin({ step: 'guess', done: [] });
    expect(run.asked).toMatchObject({ line: 'loans', periods: [2023] });
    expect(readGuess('8', session.engine.unitOf('growth'))).toBe(0.08);
    expect(readGuess('0.5%', session.engine.unitOf('growth'))).toBe(0.005);
    expect(readGuess('1,234.5', session.engine.unitOf('loans'))).toBe(1234.5);
  });
});

describe('a task', () => {
  it('is checked with every edit, and stays done', async () => {
    const { run } = await begin({ step: 'reach', done: [] });
    expect(run.check?.answer).toBe('no');
    run.practice.moveLever('share', 0.69, true);
    expect(run.check?.answer).toBe('yes');
    run.noteCheck();
    expect(run.record.isDone).toBe(false);
    run.practice.moveLever('share', 0.69);
    run.noteCheck();
    expect(run.record.isDone).toBe(true);
    run.practice.undo();
    expect([run.check?.answer, run.record.isDone]).toEqual(['no', true]);
  });

  it('is not done by a lever that was to stay', async () => {
    const { run } = await begin({ step: 'reach', done: [] });
    run.practice.moveLever('growth', 0.3);
    expect(run.check?.parts.map(({ answer }) => answer)).toEqual(['yes', 'no']);
    expect(run.check?.answer).toBe('no');
  });

  it('keeps a lever within its limits, and the others where they are', async () => {
    const { run } = await begin({ step: 'reach', done: [] });
    run.practice.moveLever('share', 0.95);
    expect(run.practice.value('share', 2023)).toBe(0.7);
    expect(run.practice.heldBack).toEqual({ line: 'share', side: 'high', bound: 0.7 });
    run.practice.moveLever('loans', 1);
    expect(run.practice.overlay('loans')).toBeNull();
    expect(run.practice.levers.map(({ line, max }) => [line.id, max])[0]).toEqual(['share', 0.7]);
  });

  it('helps by what is wrong, and says more when it is asked again', async () => {
    const { run } = await begin({ step: 'reach', done: [] });
    expect(run.hint).toBeUndefined();
    run.help();
    expect(run.hint?.text.en).toBe('too low');
    run.practice.moveLever('share', 0.515);
    expect(run.hint?.text.en).toBe('more');
    run.help();
    expect(run.hint?.text.en).toBe('even more');
  });

  it('leaves the scenarios of the plan and the person alone', async () => {
    const { run, session } = await begin({ step: 'reach', done: [] });
    const before = JSON.stringify(session.scenarios);
    run.practice.moveLever('share', 0.69);
    expect(JSON.stringify(session.scenarios)).toBe(before);
    expect(session.value('green', 2023)).toBeCloseTo(66.55, 9);
  });

  it('stands as it was left when the learner comes back to it', async () => {
    const { run } = await begin({ step: 'reach', done: [] });
    run.practice.moveLever('share', 0.6);
    run.previous();
    run.next();
    expect(run.practice.value('share', 2023)).toBe(0.6);
  });
});

describe('a search for faults', () => {
  it('tells the wrong year from the wrong line, and ends with the last fault', async () => {
    const { run } = await begin({ step: 'find', done: [] });
    expect(run.practice.value('loans', 2022)).toBe(5);
    run.point('green', 2022);
    expect(run.record.pointed?.hit).toBe('nothing');
    run.point('loans', 2021);
    expect([run.record.pointed?.hit, run.record.isDone]).toEqual(['line', false]);
    run.point('loans', 2022);
    expect([run.record.found, run.record.isDone]).toEqual([[0], true]);
  });
});

describe('the shelf', () => {
  const parts = {
    lessons: [{ ...smallLesson(), steps: 5 }],
    readLesson: () => Promise.resolve(smallLesson()),
  };

  it('opens a lesson on its plan, keeps its place, and takes it up again', async () => {
    const app = anAppSession([], parts);
    const { session } = await openSession(plan);
    await app.lessons.begin('small', session);
    app.lessons.runOn(session)?.next();
    app.lessons.leave();
    expect(app.lessons.runOn(session)).toBeUndefined();
    expect(app.lessons.placeOf('small')).toEqual({ step: 'guess', done: ['hello'] });
    await app.lessons.begin('small', session);
    expect(app.lessons.runOn(session)?.index).toBe(1);
  });

  it('says when a lesson cannot be loaded, or does not fit the plan', async () => {
    const app = anAppSession([]);
    const { session } = await openSession(plan);
    await app.lessons.begin('missing', session);
    expect([app.lessons.failed, app.lessons.problems]).toEqual(['missing', []]);
    const { session: other } = await openSession({ ...plan, id: 'other' });
    app.lessons.bring(smallLesson());
    await app.lessons.begin('small', other);
    expect(app.lessons.problems.map(({ code }) => code)).toEqual(['lesson_other_plan']);
  });
});
