/** The compiled lines are held to the reference evaluator: the same values, to the bit, after any edits. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildEngine, isRefusal, layerOf, type Calculation, type Revision } from '#engine';
import type { Plan } from '#plan';
import { aScenario } from '#tests/builders';
import { amount, moves, plans, stacks } from './random-plans.ts';

/** How many plans are tried; `RUNS=100000` for a long run. */
const numRuns = Number(process.env['RUNS'] ?? 300);

/** A calculation by the reference evaluator and one by compiled lines, and how both go through an edit alike. */
function pairOf(plan: Plan) {
  const engine = buildEngine(plan);
  const reference = engine.calculate(aScenario());
  const compiled = engine.calculate(aScenario());
  compiled.runWith(engine.compileLinesNow());
  const edit = (revise: (calculation: Calculation) => Revision) => {
    const expected = revise(reference);
    expect(revise(compiled)).toEqual(expected);
    for (const { id } of plan.lines) expect(compiled.series(id)).toEqual(reference.series(id));
  };
  return { engine, edit };
}

it('compiled lines give the bits of the reference evaluator, after any moves', () => {
  fc.assert(
    fc.property(
      plans,
      fc.array(fc.tuple(moves, fc.array(amount, { minLength: 3, maxLength: 3 })), {
        minLength: 1,
        maxLength: 4,
      }),
      (plan, edits) => {
        const { engine, edit } = pairOf(plan);
        for (const [moved, numbers] of edits) {
          const changes = layerOf(moved, numbers.slice(0, moved.length)).changes ?? [];
          edit((calculation) => engine.revise(calculation, { ...aScenario(), changes }));
        }
      },
    ),
    { numRuns },
  );
});

it('and after any scenarios with formulas, values and actuals of their own, stacked on others', () => {
  fc.assert(
    fc.property(plans, fc.array(stacks, { minLength: 1, maxLength: 4 }), (plan, edits) => {
      const { engine, edit } = pairOf(plan);
      for (const { scenario, others } of edits)
        edit((calculation) => engine.revise(calculation, scenario, [...plan.scenarios, ...others]));
    }),
    { numRuns },
  );
});

it('only what the browser refuses is passed over, not a mistake', async () => {
  const refused = await WebAssembly.compile(new Uint8Array(8)).catch((thrown: unknown) => thrown);
  expect(isRefusal(refused)).toBe(true);
  expect(isRefusal(new TypeError('a mistake'))).toBe(false);
});
