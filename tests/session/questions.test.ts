/** Questions: the default driver, an answer that the edit fulfils, comparison and bridge, and no answer from older inputs. */
import { describe, expect, it } from 'vitest';
import { Questions } from '#session';
import { aPlan, aScenario } from '../helpers/builders.ts';
import { loadPlan } from '../helpers/plans.ts';
import { openSession } from '../helpers/sessions.ts';

async function questions() {
  const plan = aPlan()
    .driver('growth', '10%', { unit: '%' })
    .driver('share', '50%', { unit: '%' })
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元' })
    .line('green', {}, 'loans * share', { unit: '亿元' })
    .target('loans', 150)
    .build();
  const { session } = await openSession({
    ...plan,
    scenarios: [
      ...plan.scenarios,
      aScenario({
        id: 'low',
        basedOn: plan.scenarios[0]?.id ?? 'plan',
        changes: [{ line: 'growth', set: 0.05 }],
      }),
    ],
  });
  session.select('loans', 2025);
  return { session, asked: new Questions(session) };
}

describe('how far a driver must move', () => {
  it('takes the most influential driver and the target’s value, and its edit reaches it', async () => {
    const { session, asked } = await questions();
    expect(asked.driver?.id).toBe('growth');
    expect(asked.wanted).toBe(150);
    const { answer } = asked;
    if (answer?.kind !== 'found') return expect.unreachable(answer?.kind);
    expect(answer.level).toBeCloseTo(1.5 ** (1 / 5) - 1, 9);
    asked.apply(answer.level);
    expect(session.value('loans', 2025)).toBeCloseTo(150, 6);
    session.undo();
    expect(session.value('loans', 2025)).toBeCloseTo(161.051, 6);
    expect(session.canUndo).toBe(false);
  });

  it('reaches what it says where the levels of the years differ', async () => {
    const { session, asked } = await questions();
    session.enter([{ line: 'growth', period: 2022, text: '20%' }]);
    expect(asked.isDriverVarying).toBe(true);
    const { answer } = asked;
    if (answer?.kind !== 'found') return expect.unreachable(answer?.kind);
    asked.apply(answer.level);
    expect(session.value('loans', 2025)).toBeCloseTo(150, 6);
  });

  it('reads what is wanted in the unit beside it, and begins afresh in another cell', async () => {
    const { session, asked } = await questions();
    asked.setWanted('155');
    expect(asked.wanted).toBe(155);
    asked.setWanted('much');
    expect(asked.wanted).toMatchObject({ code: 'number_expected' });
    expect(asked.answer).toBeUndefined();
    session.select('green', 2025);
    expect(asked.wantedText).toBeUndefined();
    expect(asked.wanted).toBeUndefined();
    expect(asked.drivers.map(({ line }) => line.id)).toEqual(['growth', 'share']);
    session.select('loans', 2025);
    asked.setWanted(undefined);
    asked.chooseDriver('share');
    expect(asked.answer?.kind).toBe('independent');
  });

  it('asks about what becomes of a line when its history is selected', async () => {
    const { session, asked } = await questions();
    session.select('loans', 2020);
    expect(asked.cell).toEqual({ line: 'loans', period: 2025 });
  });
});

describe('another scenario', () => {
  it('is the first that is not open, compared by assumptions and targets', async () => {
    const { session, asked } = await questions();
    expect(asked.other?.id).toBe('low');
    session.openScenario('low');
    expect(asked.other?.id).toBe(session.plan.scenarios[0]?.id);
    const { changes, targets } = asked.comparison ?? expect.unreachable();
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      line: { id: 'growth' },
      from: 2021,
      to: 2025,
      before: { base: 'formula', last: 0.1 },
      after: { base: 'override', last: 0.05 },
    });
    expect(targets[0]?.difference).toBeCloseTo(100 * (1.05 ** 5 - 1.1 ** 5), 6);
  });

  it('is bridged: the shares of the assumptions sum to the difference', async () => {
    const { session } = await openSession(loadPlan('lishui-2021-2025'));
    const asked = new Questions(session);
    const target = session.plan.targets[0] ?? expect.unreachable();
    session.select(target.line, target.period);
    asked.chooseOther('stress');
    const found = asked.bridge;
    if (found?.kind !== 'bridge') return expect.unreachable(found?.kind);
    const sum = found.items.reduce((total, item) => total + item.contribution, 0);
    expect(sum).toBeCloseTo(found.difference, 6);
    expect(found.rule.method).toBe('exact');
  });
});

it('gives no answer that belongs to older inputs: none while a lever moves, a new one when it rests', async () => {
  const { session, asked } = await questions();
  session.openScenario('low');
  expect(asked.answer).toMatchObject({ present: 0.05 });
  session.moveLever('growth', 0.08, true);
  expect(asked.isWaiting).toBe(true);
  expect([asked.answer, asked.comparison, asked.bridge]).toEqual([undefined, undefined, undefined]);
  session.moveLever('growth', 0.08);
  expect(asked.answer).toMatchObject({ present: 0.08 });
  expect(asked.comparison?.changes[0]?.after.last).toBe(0.08);
});
