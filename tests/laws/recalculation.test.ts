/** Whatever plan and whatever edits: a revised calculation equals one made from nothing, and the order of edits is nothing to it. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildEngine } from '#engine';
import type { Scenario } from '#plan';
import { aScenario } from '#tests/builders';
import { overlays, plans, stacks } from '../engine/random-plans.ts';

/** How many plans are tried; `RUNS=100000` for a long run. */
const numRuns = Number(process.env['RUNS'] ?? 300);

it('a revised calculation equals a new one, after any edits', () => {
  fc.assert(
    fc.property(plans, fc.array(stacks, { minLength: 1, maxLength: 5 }), (plan, edits) => {
      const engine = buildEngine(plan);
      const calculation = engine.calculate(aScenario());
      for (const { scenario, others } of edits) {
        const all = [...plan.scenarios, ...others];
        engine.revise(calculation, scenario, all);
        const fresh = engine.calculate(scenario, all);
        for (const { id } of plan.lines) expect(calculation.series(id)).toEqual(fresh.series(id));
      }
    }),
    { numRuns },
  );
});

/** The parts of an overlay, each an edit of its own: of several for one cell or one line the last counts in any order. */
function editsOf({ changes = [], values = {}, actuals = {} }: Partial<Scenario>): Partial<Scenario>[] {
  const byLine = new Map<string, Partial<Scenario>>();
  for (const change of changes) byLine.set(change.line, { changes: [change] });
  return [
    ...byLine.values(),
    ...Object.entries(values).map(([line, cells]) => ({ values: { [line]: cells } })),
    ...Object.entries(actuals).map(([line, cells]) => ({ actuals: { [line]: cells } })),
  ];
}

const joined = (edits: readonly Partial<Scenario>[]): Partial<Scenario> => ({
  changes: edits.flatMap(({ changes = [] }) => changes),
  values: Object.assign({}, ...edits.map(({ values }) => values)) as NonNullable<Scenario['values']>,
  actuals: Object.assign({}, ...edits.map(({ actuals }) => actuals)) as NonNullable<Scenario['actuals']>,
});

it('edits give the same values in whatever order they are made, and leave nothing behind when they are taken back', () => {
  const edits = overlays
    .map(editsOf)
    .chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length }),
        fc.shuffledSubarray(list, { minLength: list.length }),
      ),
    );
  fc.assert(
    fc.property(plans, edits, (plan, [list, order, way]) => {
      const engine = buildEngine(plan);
      const calculation = engine.calculate(aScenario());
      order.forEach((_, made) => {
        engine.revise(calculation, aScenario(joined(order.slice(0, made + 1))));
      });
      const all = engine.calculate(aScenario(joined(list)));
      for (const { id } of plan.lines) expect(calculation.series(id)).toEqual(all.series(id));
      way.forEach((_, undone) => {
        engine.revise(calculation, aScenario(joined(way.slice(undone + 1))));
      });
      const none = engine.calculate(aScenario());
      for (const { id } of plan.lines) expect(calculation.series(id)).toEqual(none.series(id));
    }),
    { numRuns },
  );
});
