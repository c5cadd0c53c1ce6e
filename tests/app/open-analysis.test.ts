// @vitest-environment node
/** Analyses by their names, where there are no workers. */
import { expect, it } from 'vitest';
import { aPlan, aScenario } from '#tests/builders';
import { openAnalysis } from '../../src/app/open-analysis.ts';

const plan = aPlan()
  .driver('growth', '10%')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .build();
const asked = {
  scenario: aScenario(),
  scenarios: plan.scenarios,
  moves: [{ line: 'growth', effect: 'set' as const }],
  outputs: [{ line: 'loans', period: 2022 }],
};

it('calculates samples', async () => {
  const runner = openAnalysis();
  const samples = [Float64Array.of(0, 0.5)];
  const ended = await runner.run({ kind: 'batch', document: plan, input: { ...asked, samples }, seed: 1 });
  expect(ended).toMatchObject({
    kind: 'done',
    output: { count: 2, columns: [{ values: Float64Array.of(100, 225) }] },
  });
});

it('calculates slopes', async () => {
  const runner = openAnalysis();
  // 100 · 2 · 1.5
  const ended = await runner.run({
    kind: 'slopes',
    document: plan,
    input: { ...asked, numbers: [0.5] },
    seed: 1,
  });
  expect(ended).toMatchObject({ kind: 'done', output: { values: [225], slopes: [[300]] } });
});
