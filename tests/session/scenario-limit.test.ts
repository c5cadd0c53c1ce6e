/** As many scenarios as a file of the plan may hold, and not one more, whichever gesture would begin it. */
import { expect, it } from 'vitest';
import { MAX_SCENARIOS, type Scenario } from '#plan';
import { aPlan, aScenario } from '#tests/builders';
import { openSession } from '#tests/sessions';
import { beginAll } from '../../src/session/begun-scenarios.ts';

const plan = aPlan().line('gdp', { 2020: 100 }).driver('growth', '5%').build();

/** Makes the gesture for so many scenarios. */
function begun(count: number, mark: string) {
  const all = Array.from({ length: count }, (_, index): Scenario =>
    aScenario({ id: `${mark}${index}`, name: { zh: `${mark}${index}`, en: `${mark}${index}` } }),
  );
  const steps = beginAll(all);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** A session with room for so many more. */
async function withRoomFor(room: number) {
  const { session } = await openSession(plan);
  expect(session.begin(begun(MAX_SCENARIOS - session.scenarios.length - room, 'first'))).toBeUndefined();
  expect(session.scenarios).toHaveLength(MAX_SCENARIOS - room);
  return session;
}

const full = (count: number) => ({
  code: 'plan_scenarios_full',
  args: { limit: MAX_SCENARIOS, count },
});

it('takes scenarios from elsewhere up to the limit; one above and ten times as many are refused whole', async () => {
  const session = await withRoomFor(2);
  const before = session.scenarios;
  for (const count of [3, 10 * MAX_SCENARIOS]) {
    expect(session.begin(begun(count, 'more'))).toMatchObject(full(MAX_SCENARIOS - 2 + count));
    expect(session.adopt(begun(count, 'more').patches)).toMatchObject(full(MAX_SCENARIOS - 2 + count));
    expect(session.scenarios).toEqual(before);
  }
  expect(session.begin(begun(2, 'more'))).toBeUndefined();
  expect(session.scenarios).toHaveLength(MAX_SCENARIOS);
});

it('begins and copies none above the limit, and begins them again when one has gone', async () => {
  const session = await withRoomFor(0);
  const own = session.scenarios.at(-1)?.id ?? '';
  const shipped = session.scenarios[0]?.id ?? '';
  for (const gesture of [
    () => session.addScenario(),
    () => session.duplicateScenario(own),
    () => session.duplicateScenario(shipped),
  ]) {
    const former = session.refusal;
    expect(gesture()).toMatchObject(full(MAX_SCENARIOS + 1));
    // another object each time, so that it is said each time
    expect(session.refusal).not.toBe(former);
    expect(session.scenarios).toHaveLength(MAX_SCENARIOS);
  }
  session.removeScenario(own);
  expect(session.addScenario()).toBeUndefined();
  expect(session.scenarios).toHaveLength(MAX_SCENARIOS);
});

it('leaves the open scenario of the plan as it is, where an edit would begin one, and edits those that are there', async () => {
  const session = await withRoomFor(0);
  session.openScenario(session.scenarios[0]?.id ?? '');
  const before = session.value('growth', 2025);
  session.moveLever('growth', 0.1, true);
  session.moveLever('growth', 0.1);
  expect(session.refusal).toMatchObject(full(MAX_SCENARIOS + 1));
  expect(session.value('growth', 2025)).toBe(before);
  expect(session.scenarios).toHaveLength(MAX_SCENARIOS);
  session.openScenario(session.scenarios.at(-1)?.id ?? '');
  session.moveLever('growth', 0.1);
  expect(session.value('growth', 2025)).toBe(0.1);
});
