/** The compiled lines are held to the reference evaluator: the same values, to the bit, after any edits. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildEngine, layerOf } from '#engine';
import { aScenario } from '#tests/builders';
import { amount, moves, plans } from './random-plans.ts';

it('compiled lines give the bits of the reference evaluator, after any edits', () => {
  fc.assert(
    fc.property(
      plans,
      fc.array(fc.tuple(moves, fc.array(amount, { minLength: 3, maxLength: 3 })), {
        minLength: 1,
        maxLength: 4,
      }),
      (plan, edits) => {
        const engine = buildEngine(plan);
        const reference = engine.calculate(aScenario());
        const compiled = engine.calculate(aScenario());
        compiled.runWith(engine.compileLinesNow());
        for (const [moved, numbers] of edits) {
          const scenario = {
            ...aScenario(),
            changes: layerOf(moved, numbers.slice(0, moved.length)).changes ?? [],
          };
          const expected = engine.revise(reference, scenario);
          expect(engine.revise(compiled, scenario)).toEqual(expected);
          for (const { id } of plan.lines) expect(compiled.series(id)).toEqual(reference.series(id));
        }
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 300) },
  );
});
