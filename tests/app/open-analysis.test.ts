// @vitest-environment node
/** Analyses by their names, where there are no workers. */
import { expect, it } from 'vitest';
import { aPlan, aScenario } from '#tests/builders';
import { openAnalysis } from '../../src/app/open-analysis.ts';

const plan = aPlan()
  .driver('growth', '10%')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .build();
const asked = { scenario: aScenario(), scenarios: plan.scenarios };
const cells = [{ line: 'loans', period: 2022 }];

it('calculates a table', async () => {
  const runner = openAnalysis();
  const rows = { lever: { line: 'growth' }, levels: [0, 0.5] };
  const ended = await runner.run({
    kind: 'table',
    document: plan,
    input: { ...asked, rows, cells },
    seed: 1,
  });
  // 100 · 1² and 100 · 1.5²
  expect(ended).toMatchObject({
    kind: 'done',
    output: { ok: true, sheets: [{ values: Float64Array.of(100, 225) }] },
  });
});

it('calculates slopes', async () => {
  const runner = openAnalysis();
  const ended = await runner.run({
    kind: 'sensitivity',
    document: plan,
    input: { ...asked, cells },
    seed: 1,
  });
  // d/dg of 100 · (1 + g)² at 10 %: 200 · 1.1
  const slope = ended.kind === 'done' ? ended.output.cells[0]?.drivers[0]?.slope : undefined;
  expect(slope).toBeCloseTo(220, 9);
});
