/** Formulas of one shape are one function, and a function may be given more lines and numbers than a processor has at hand. */
import { expect, it } from 'vitest';
import { buildEngine } from '#engine';
import type { Plan } from '#plan';
import { aPlan, aScenario } from '#tests/builders';

function compiledOf(plan: Plan): number {
  return buildEngine(plan).compileLinesNow().compiled;
}

/** Both evaluators, first of the plan and then after a driver moved. */
function expectSameValues(plan: Plan): void {
  const engine = buildEngine(plan);
  const reference = engine.calculate(aScenario(), []);
  const compiled = engine.calculate(aScenario(), [], engine.compileLinesNow());
  for (const set of [undefined, 0.25, 0.5]) {
    const scenario =
      set === undefined ? aScenario() : aScenario({ changes: [{ line: 'rate', set, from: 2022 }] });
    for (const one of [reference, compiled]) engine.revise(one, scenario, []);
    for (const { id } of plan.lines) expect(compiled.series(id)).toEqual(reference.series(id));
  }
}

it('what differs in lines and numbers alone is compiled once', () => {
  const plan = aPlan()
    .driver('rate', '10%')
    .line('a', {}, 'rate * 2 + 1')
    .line('b', {}, 'a * 7 + 3')
    .line('c', {}, 'b * 0.5 + 100')
    .build();
  // the driver's, and that of the others
  expect(compiledOf(plan)).toBe(2);
  expectSameValues(plan);
});

it('what means something else is not: another period, another exponent, the own line', () => {
  const plan = aPlan()
    .line('x', { 2020: 2 }, 'x[t-1] + 1')
    .line('y', { 2020: 2 }, 'x[t-1] + 1')
    .line('z', { 2020: 2 }, 'x + 1')
    .line('square', {}, 'x ^ 2')
    .line('cube', {}, 'x ^ 3')
    .build();
  expect(compiledOf(plan)).toBe(5);
});

it('takes many lines and many numbers', () => {
  const many = Array.from({ length: 30 }, (_, number) => `part_${number}`);
  const drivers = many.reduce(
    (plan, id, number) => plan.line(id, { 2020: number }, `${id}[t-1] * 1.5 + rate`),
    aPlan().driver('rate', '10%'),
  );
  const plan = drivers
    .line('sum', {}, many.join(' + '))
    .line('weighed', {}, many.map((id, number) => `${id} * 0.${number + 1}`).join(' + '))
    .line(
      'chain',
      { 2020: 1 },
      `chain[t-1] + ${many.map((id, number) => `${id} / ${number + 2}`).join(' + ')}`,
    )
    .build();
  // the driver's, one for the parts, three more
  expect(compiledOf(plan)).toBe(5);
  expectSameValues(plan);
});

it('goes on in another memory when a scenario has brought more shapes than there was room for', () => {
  const plan = aPlan().driver('rate', '10%').line('a', {}, 'rate + 1').line('b', {}, 'a * 2').build();
  const engine = buildEngine(plan);
  const reference = engine.calculate(aScenario(), []);
  const lines = engine.compileLinesNow();
  const compiled = engine.calculate(aScenario(), [], lines);
  const rounds = 80;
  for (let round = 0; round < rounds; round += 1) {
    const scenario = aScenario({ changes: [{ line: 'b', formula: `a ^ ${round + 2}.5` }] });
    expect(engine.revise(compiled, scenario, [])).toEqual(engine.revise(reference, scenario, []));
    expect(compiled.series('b')).toEqual(reference.series('b'));
  }
  expect(lines.compiled).toBe(3 + rounds);
});
