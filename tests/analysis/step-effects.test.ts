/** What one lever step does to a cell, against arithmetic by hand: jumps count, and what cannot move the cell is left out. */
import { expect, it } from 'vitest';
import { analysisJobs, tryLeverSteps, type StepEffects } from '#analysis';
import { buildEngine, finish } from '#engine';
import { aPlan } from '#tests/builders';

const plan = aPlan()
  .driver('growth', '10%', { lever: { min: 0, max: 1, step: 0.01 } })
  .driver('heads', '14', { lever: { min: 0, max: 100, step: 1 } })
  .driver('few', '14', { lever: { min: 0, max: 100, step: 0.1 } })
  .driver('idle', '1')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth) + INT(heads / 5) + INT(few / 5)')
  .line('none', {}, '1 / (growth - growth)')
  .build();
const [scenario] = plan.scenarios as [(typeof plan.scenarios)[number]];
const question = { scenario, scenarios: plan.scenarios, cell: { line: 'loans', period: 2021 } };

async function inParts(asked: typeof question): Promise<StepEffects> {
  const work = analysisJobs.leverSteps(buildEngine(plan), asked);
  for (;;) {
    const step = await work.next();
    if (step.done === true) return step.value;
  }
}

it('tries the step itself: what moves in jumps counts where a step goes across one', () => {
  const effects = finish(tryLeverSteps(buildEngine(plan), question));
  // 100 · 0.01; 14 → 15 is one group of five more; 14.1 and 13.9 are in the same as 14
  expect(effects.get('growth')).toBeCloseTo(1, 9);
  expect(effects.get('heads')).toBe(1);
  expect([effects.get('few'), effects.get('idle')]).toEqual([0, 0]);
});

it('finds the same of the part of a plan that the cell can depend on', async () => {
  const whole = finish(tryLeverSteps(buildEngine(plan), question));
  const effects = await inParts(question);
  expect(effects.has('idle')).toBe(false);
  for (const [line, effect] of effects) expect(effect).toBe(whole.get(line));
  expect([...effects.keys()]).toEqual(['growth', 'heads', 'few']);
});

it('moves nothing of a cell without a number', async () => {
  const effects = await inParts({ ...question, cell: { line: 'none', period: 2021 } });
  expect([...effects]).toEqual([['growth', 0]]);
});
