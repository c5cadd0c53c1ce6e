/** What the sensitivity view shows is what the engine gives, against arithmetic by hand. */
import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import {
  DistanceQuestion,
  heatValue,
  InfluenceQuestion,
  sensitivityChoicesOf,
  SIDES,
  Subject,
  TableQuestionOfSubject,
  TornadoQuestion,
  type PlanSession,
} from '#session';
import { aPlan, aScenario } from '#tests/builders';
import { openSession } from '#tests/sessions';

const built = aPlan()
  .driver('growth', '10%', { unit: '%', lever: { min: 0, max: 0.2, step: 0.01 } })
  .driver('share', '25%', { unit: '%', lever: { min: 0.1, max: 0.5, step: 0.01 } })
  .driver('tilt', '0', { lever: { min: -2, max: 1, step: 0.5 } })
  .driver('rising', '5%', { unit: '%', lever: { min: 0, max: 0.1, step: 0.01 } })
  .driver('idle', '1')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .line('green', {}, 'loans * share - tilt * tilt')
  .line('sum', {}, 'rising + 1')
  .target('green', 50)
  .target('sum', 1.08)
  .build();
/** The plan lets one driver rise from year to year. */
const rising = { 2021: 0.01, 2022: 0.02, 2023: 0.03, 2024: 0.04, 2025: 0.05 };
const plan = { ...built, scenarios: built.scenarios.map((one) => ({ ...one, values: { rising } })) };

/** Keeps what is asked going as a view does, until the test ends. */
async function ask<T>(
  build: (
    session: PlanSession,
    subject: Subject,
  ) => T & { inquiry: { keepUp(): () => void }; keepUp?(): () => void },
) {
  const { session } = await openSession(plan);
  const question = build(session, new Subject(session, true));
  const stop = $effect.root(() => {
    $effect(() => question.keepUp?.() ?? question.inquiry.keepUp());
  });
  flushSync();
  return { session, question, stop };
}

describe('the tornado', () => {
  const open = () => ask((session, subject) => new TornadoQuestion(session, subject));

  it('is about the first target where nothing is selected, its widest bar first, the idle apart', async () => {
    const { question, stop } = await open();
    await vi.waitFor(() => expect(question.shown?.isOutdated).toBe(false));
    // 100 · 1.1⁵ = 161.051 with a share of 10 % to 50 %, 25 now; growth of 0 and 20 %: 100 and 248.832
    expect(question.shown?.cell).toEqual({ line: 'green', period: 2025 });
    const bars = question.shown?.bars.map(({ line, atLow, atHigh }) => [line, atLow, atHigh]);
    expect(bars?.map(([line]) => line)).toEqual(['share', 'growth', 'tilt']);
    expect(bars?.[0]?.[1]).toBeCloseTo(16.1051, 9);
    expect(bars?.[0]?.[2]).toBeCloseTo(80.5255, 9);
    expect(bars?.[1]?.[1]).toBeCloseTo(25, 9);
    expect(bars?.[1]?.[2]).toBeCloseTo(62.208, 9);
    expect(question.shown?.idle.map(({ id }) => id)).toEqual(['rising', 'idle']);
    stop();
  });

  it('tells which drivers alone decide the target, and where the figure turns round', async () => {
    const { question, stop } = await open();
    await vi.waitFor(() => expect(question.shown).toBeDefined());
    expect(
      question.shown?.bars.map(({ line, isDeciding, isMonotone }) => [line, isDeciding, isMonotone]),
    ).toEqual([
      ['share', true, true],
      ['growth', true, true],
      ['tilt', false, false],
    ]);
    stop();
  });

  it('takes a typed range, keeps it while the plan is open, and gives the lever back', async () => {
    const { session, question, stop } = await open();
    sensitivityChoicesOf(session).setRange('share', { low: 0.2, high: 0.3 });
    flushSync();
    await vi.waitFor(() => expect(question.shown?.bars.some(({ isTyped }) => isTyped)).toBe(true));
    const share = question.shown?.bars.find(({ line }) => line === 'share');
    expect(share?.atLow).toBeCloseTo(32.2102, 9);
    expect(share?.atHigh).toBeCloseTo(48.3153, 9);
    // from 32 to 48 the target of 50 is out of reach
    expect(share?.isDeciding).toBe(false);
    expect(sensitivityChoicesOf(session).ranges.get('share')).toEqual({ low: 0.2, high: 0.3 });
    sensitivityChoicesOf(session).setRange('share', undefined);
    flushSync();
    await vi.waitFor(() => expect(question.shown?.bars.every(({ from }) => from === 'lever')).toBe(true));
    stop();
  });
});

describe('influence', () => {
  it('gives steps and elasticities of the subject and of every target', async () => {
    const { question, stop } = await ask((session, subject) => new InfluenceQuestion(session, subject));
    await vi.waitFor(() => expect(question.shown).toBeDefined());
    // green by growth: 5 · 100 · 1.1⁴ · 0.25 a unit, a hundredth of it a step; by share 161.051
    expect(question.shown?.rows.map(({ line }) => line)).toEqual(['growth', 'share']);
    expect(question.shown?.rows[0]?.perStep).toBeCloseTo(1.830125, 9);
    expect(question.shown?.rows[1]?.perStep).toBeCloseTo(1.61051, 9);
    await vi.waitFor(() => expect(question.matrix).toBeDefined());
    const { matrix } = question;
    expect(matrix?.drivers.map(({ id }) => id)).toEqual(['growth', 'share', 'tilt', 'rising', 'idle']);
    expect(matrix?.rows.map(({ target }) => target.line)).toEqual(['green', 'sum']);
    expect(matrix?.rows[0]?.elasticities[0]).toBeCloseTo(0.5 / 1.1, 12);
    expect(matrix?.rows[0]?.elasticities[1]).toBeCloseTo(1, 12);
    // 5 % of 1.05
    expect(matrix?.rows[1]?.elasticities[3]).toBeCloseTo(0.05 / 1.05, 12);
    stop();
  });
});

describe('distance', () => {
  it('ranks the ways to the target and goes one of them as one edit', async () => {
    const { session, question, stop } = await ask((one, subject) => new DistanceQuestion(one, subject));
    await vi.waitFor(() => expect(question.shown).toBeDefined(), { timeout: 30_000 });
    const found = question.shown?.rows.filter(({ answer }) => answer.kind === 'found') ?? [];
    // share: 50 / 161.051 = 31.05 %, 6.05 of 40 points; growth: 2^(1/5) − 1 = 14.87 %, 4.87 of 20
    expect(found.map(({ line }) => line)).toEqual(['share', 'growth']);
    expect(found[0]?.share).toBeCloseTo((50 / 161.051 - 0.25) / 0.4, 6);
    expect(found[1]?.steps).toBeCloseTo((2 ** 0.2 - 1.1) / 0.01, 5);
    const way = found[1];
    if (!way) throw new Error('no way by growth');
    question.apply(way);
    expect(session.value('green', 2025)).toBeCloseTo(50, 7);
    session.undo();
    expect(session.value('green', 2025)).toBeCloseTo(40.26275, 9);
    expect(session.canUndo).toBe(false);
    stop();
  });

  it('moves every year of a driver that differs from year to year by the same', async () => {
    const { session, question, stop } = await ask((one, subject) => {
      one.select('sum', 2025);
      return new DistanceQuestion(one, subject);
    });
    await vi.waitFor(() => expect(question.shown?.target.line).toBe('sum'));
    const [way] = question.shown?.rows ?? [];
    if (!way) throw new Error('no way');
    expect([way.line, way.isSteady]).toEqual(['rising', false]);
    question.apply(way);
    expect(session.value('rising', 2025)).toBeCloseTo(0.08, 9);
    expect(session.value('rising', 2021)).toBeCloseTo(0.04, 9);
    session.undo();
    expect(session.value('rising', 2021)).toBe(0.01);
    expect(session.canUndo).toBe(false);
    stop();
  });
});

describe('a table', () => {
  const open = (size: number) =>
    ask((session, subject) => {
      const choices = sensitivityChoicesOf(session);
      choices.table = { ...choices.table, size };
      return new TableQuestionOfSubject(session, subject);
    });

  it('of the two strongest drivers is the figure at each of their levels, its sides told apart', async () => {
    const { question, stop } = await open(11);
    await vi.waitFor(() => expect(question.shown?.heat).toBeDefined());
    const heat = question.shown?.heat;
    if (!heat) throw new Error('no map');
    expect([heat.across.line, heat.up.line]).toEqual(['growth', 'share']);
    heat.up.levels.forEach((share, row) =>
      heat.across.levels.forEach((growth, column) => {
        const value = 100 * (1 + growth) ** 5 * share;
        expect(heatValue(heat, row, column)).toBeCloseTo(value, 9);
        // printed as 50: what rounds to 50 meets it
        const side = heat.sides[row * 11 + column];
        expect(side).toBe(value >= 49.5 ? SIDES.met : SIDES.missed);
      }),
    );
    expect(heat.contour.length).toBeGreaterThan(5);
    for (const [share, growth] of heat.contour) expect(100 * (1 + growth) ** 5 * share).toBeCloseTo(49.5, 0);
    expect(heat.present.across).toBeCloseTo(0.1, 12);
    stop();
  });

  it('moves both drivers to a place of it as one edit', async () => {
    const { session, question, stop } = await open(11);
    await vi.waitFor(() => expect(question.shown?.heat).toBeDefined());
    question.moveTo(0.2, 0.3);
    expect(session.value('green', 2025)).toBeCloseTo(100 * 1.2 ** 5 * 0.3, 9);
    session.undo();
    expect(session.value('green', 2025)).toBeCloseTo(40.26275, 9);
    expect(session.canUndo).toBe(false);
    stop();
  });

  it('follows a lever that moves, and does not move drivers from what is of before', async () => {
    const { session, question, stop } = await open(11);
    await vi.waitFor(() => expect(question.shown?.heat).toBeDefined());
    session.moveLever('tilt', 1, true);
    expect(question.shown?.isOutdated).toBe(true);
    question.moveTo(0.2, 0.3);
    expect(session.isMovingLever).toBe(true);
    flushSync();
    await vi.waitFor(() => expect(question.shown?.isOutdated).toBe(false));
    const heat = question.shown?.heat;
    // the lever has not come to rest: growth and share at their lowest, less the square of the tilt
    expect(heat && heatValue(heat, 0, 0)).toBeCloseTo(100 * 0.1 - 1, 9);
    stop();
  });

  it('of one driver shows the figure over the periods, or other figures beside it', async () => {
    const { session, question, stop } = await open(11);
    const choices = sensitivityChoicesOf(session);
    choices.table = { ...choices.table, isTwoWay: false, shows: 'periods' };
    flushSync();
    await vi.waitFor(() => expect(question.shown?.curves?.curves.length).toBe(5));
    const curves = question.shown?.curves;
    expect(curves?.across.line).toBe('growth');
    expect(curves?.curves.map(({ cell }) => cell.period)).toEqual([2021, 2022, 2023, 2024, 2025]);
    expect(curves?.curves[1]?.values.at(-1)).toBeCloseTo(100 * 1.2 ** 2 * 0.25, 9);
    choices.table = { ...choices.table, shows: 'figures' };
    question.toggleFigure({ line: 'sum', period: 2025 });
    flushSync();
    await vi.waitFor(() =>
      expect(question.shown?.curves?.curves.map(({ line }) => line.id)).toEqual(['green', 'sum']),
    );
    stop();
  });

  it('never has the same driver along both sides', async () => {
    const { question, stop } = await open(11);
    question.chooseAcross('share');
    expect([question.across?.driver.id, question.up?.driver.id]).toEqual(['share', 'growth']);
    question.chooseUp('share');
    expect([question.across?.driver.id, question.up?.driver.id]).toEqual(['growth', 'share']);
    stop();
  });

  it('says why there is none where a driver has no level', async () => {
    const { session } = await openSession({
      ...plan,
      scenarios: [
        ...plan.scenarios,
        aScenario({ id: 'broken', changes: [{ line: 'growth', formula: '1 / 0' }] }),
      ],
    });
    session.openScenario('broken');
    const question = new TableQuestionOfSubject(session, new Subject(session, true));
    question.chooseAcross('growth');
    const stop = $effect.root(() => {
      $effect(() => question.inquiry.keepUp());
    });
    flushSync();
    await vi.waitFor(() => expect(question.shown?.fault).toMatchObject({ code: '#DIV/0!', line: 'growth' }));
    stop();
  });
});
