/** The briefing: counts, changes and courses by hand arithmetic; nothing of older inputs, and what is chosen stays. */
import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Briefing, BRIEFING_PARTS, type PlanSession } from '#session';
import { aPlan, aScenario } from '#tests/builders';
import { openSession } from '#tests/sessions';

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** 100 grows at 10 % a year to 161.051 in 2025; in `slow` at 4 % to 121.66529. */
const model = aPlan()
  .driver('growth', '10%', { unit: '%', lever: { min: 0, max: 0.2, step: 0.01 } })
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元' })
  .line('green', {}, 'loans / 2', { unit: '亿元' })
  .line('jobs', {}, '30')
  .target('loans', 150)
  .target('green', 75)
  .target('jobs', 30)
  .build();
const plan = {
  ...model,
  scenarios: [
    ...model.scenarios,
    aScenario({ id: 'slow', changes: [{ line: 'growth', add: -0.06 }] }),
    aScenario({ id: 'slower', changes: [{ line: 'growth', add: -0.08 }] }),
    aScenario({
      id: 'winding',
      changes: [0.09, 0.08, 0.07, 0.12, 0.1].map((set, at) => ({
        line: 'growth',
        from: 2021 + at,
        to: 2021 + at,
        set,
      })),
    }),
  ],
};

async function opened(scenario = 'slow') {
  const { session } = await openSession(plan);
  session.openScenario(scenario);
  session.select('loans', 2025);
  return { session, briefing: briefingOf(session) };
}

function briefingOf(session: PlanSession): Briefing {
  const briefing = new Briefing(session);
  ends.push($effect.root(() => briefing.follow()));
  flushSync();
  return briefing;
}

describe('what it says', () => {
  it('counts the targets, and names the one farthest from the plan first', async () => {
    const { briefing } = await opened();
    expect(briefing.counts).toEqual({ met: 1, atRisk: 0, missed: 2, unknown: 0 });
    // both are 1.04⁵ / 1.5 of what is planned: they stay in the order of the plan
    expect(briefing.missed.map(({ target }) => target.line)).toEqual(['loans', 'green']);
    expect(briefing.missed[0]?.gap).toBeCloseTo(100 * 1.04 ** 5 - 150, 9);
    expect(briefing.sections.map(({ targets }) => targets.length)).toEqual([3]);
  });

  it('compares with the plan’s own scenario until another is chosen, and with none while that is open', async () => {
    const { session, briefing } = await opened();
    expect(briefing.reference?.id).toBe('plan');
    expect(briefing.changes).toMatchObject([
      { line: { id: 'growth' }, from: 2021, to: 2025, before: { first: 0.1 } },
    ]);
    expect(briefing.changes?.[0]?.after.last).toBeCloseTo(0.04, 12);
    briefing.chooseReference('slower');
    expect(briefing.reference?.id).toBe('slower');
    expect(briefing.changes?.[0]?.before.first).toBeCloseTo(0.02, 12);
    session.openScenario('plan');
    expect(briefing.reference?.id).toBe('slower');
    expect(briefingOf((await openSession(plan)).session).changes).toBeUndefined();
  });

  it('says a course that is given year by year as long as it goes one way', async () => {
    const { session, briefing } = await opened('winding');
    expect(briefing.changes?.map(({ from, to, after }) => [from, to, after.first, after.last])).toEqual([
      [2021, 2023, 0.09, 0.07],
      [2024, 2025, 0.12, 0.1],
    ]);
    // a stretch stays what it is: its years were given together
    session.openScenario('slow');
    briefing.chooseReference('winding');
    expect(briefing.changes?.map(({ from, to }) => [from, to])).toEqual([
      [2021, 2023],
      [2024, 2025],
    ]);
  });

  it('draws the lines of the missed targets, each with its own course', async () => {
    const { session, briefing } = await opened();
    expect(briefing.lines.map(({ id }) => id)).toEqual(['loans', 'green', 'jobs']);
    briefing.chooseLine('jobs', false);
    briefing.chooseLine('loans', false);
    expect(briefing.lines.map(({ id }) => id)).toEqual(['green']);
    expect(briefing.courses[0]?.points.at(-1)?.value).toBeCloseTo(50 * 1.04 ** 5, 9);
    expect(briefing.courses[0]?.planPoints.at(-1)?.value).toBeCloseTo(50 * 1.1 ** 5, 9);
    session.moveLever('growth', 0.1);
    expect(briefing.courses[0]?.points.at(-1)?.value).toBeCloseTo(50 * 1.1 ** 5, 9);
    expect(briefing.counts.missed).toBe(0);
  });

  it('lists what was observed', async () => {
    const { session, briefing } = await opened();
    expect(briefing.hasContent('actuals')).toBe(false);
    session.enterActual('loans', 2021, 107);
    expect(briefing.actuals).toMatchObject([
      { line: 'loans', from: 2021, to: 2021, says: { kind: 'actual', number: 107 } },
    ]);
    expect(briefing.isShown('actuals')).toBe(true);
  });
});

describe('what is awaited', () => {
  it('is named by its part until it is there, and again when the inputs have changed', async () => {
    const { session, briefing } = await opened();
    expect(briefing.awaited).toEqual(['tornado']);
    await vi.waitFor(() => expect(briefing.awaited).toEqual([]));
    const [bar] = briefing.tornado.shown?.bars ?? [];
    // the driver alone, at both ends of its range
    expect(bar?.driver.id).toBe('growth');
    expect(bar?.atHigh).toBeCloseTo(100 * (1 + (bar?.high ?? 0)) ** 5, 9);
    session.setDistribution('growth', { kind: 'normal', mean: 0.04, sd: 0.02 });
    flushSync();
    expect(briefing.awaited).toEqual(['summary', 'targets', 'chance', 'tornado']);
    expect(briefing.tornado.shown?.isOutdated).toBe(true);
    expect(session.uncertainty.spreads.answer).toBeUndefined();
    await vi.waitFor(() => expect(briefing.awaited).toEqual([]), { timeout: 20_000 });
    expect(session.uncertainty.spreads.answer?.cells.at(-1)).toMatchObject({ line: 'loans', period: 2025 });
  });

  it('is nothing for a part that is not on the page', async () => {
    const { briefing } = await opened();
    briefing.choosePart('tornado', false);
    flushSync();
    expect(briefing.awaited).toEqual([]);
    expect(briefing.isShown('tornado')).toBe(false);
  });

  it('is an asking that can be taken up again where it was stopped', async () => {
    const { briefing } = await opened();
    briefing.tornado.inquiry.cancel();
    flushSync();
    expect(briefing.awaited).toEqual([]);
    expect(briefing.askings).toEqual([briefing.tornado.inquiry]);
    briefing.tornado.inquiry.askAgain();
    flushSync();
    expect(briefing.awaited).toEqual(['tornado']);
    await vi.waitFor(() => expect(briefing.askings).toEqual([]));
  });
});

it('keeps what was chosen while the plan is open', async () => {
  const { session, briefing } = await opened();
  briefing.choosePart('places', false);
  briefing.chooseGrey(true);
  briefing.chooseLanguage('en');
  briefing.chooseReference('slower');
  const again = briefingOf(session);
  expect(BRIEFING_PARTS.filter((part) => !again.isChosen(part))).toEqual(['places']);
  expect([again.isGrey, again.language, again.reference?.id]).toEqual([true, 'en', 'slower']);
});
