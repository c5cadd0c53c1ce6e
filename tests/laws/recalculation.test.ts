/** Whatever plan and whatever edits: a revised calculation equals one made from nothing. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildEngine } from '#engine';
import type { Change, Scenario } from '#plan';
import { aPlan, aScenario } from '#tests/builders';

const LINES = 8;
const id = (index: number) => `line_${index}`;

/** A formula over any lines, so that loops, lags, leads, fixed periods and ranges all occur. */
const formula = fc.letrec<{ expression: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    fc.integer({ min: -5, max: 9 }).map(String),
    fc
      .tuple(fc.nat(LINES - 1), fc.constantFrom('', '[t-1]', '[t-2]', '[t+1]', '[base]', '[2022]'))
      .map(([line, at]) => id(line) + at),
    fc.nat(LINES - 1).map((line) => `SUM(${id(line)}[2020:t])`),
  ),
  expression: fc.oneof(
    { weight: 3, arbitrary: tie('leaf') },
    fc
      .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '>'), tie('expression'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([test, then, otherwise]) => `IF(${test}, ${then}, ${otherwise})`),
    fc.tuple(tie('expression'), tie('leaf')).map(([attempt, instead]) => `IFERROR(${attempt}, ${instead})`),
  ),
})).expression;

const change: fc.Arbitrary<Change> = fc
  .tuple(
    fc.nat(LINES - 1),
    fc.integer({ min: 2018, max: 2023 }),
    fc.integer({ min: 0, max: 4 }),
    fc.double({ min: -3, max: 3, noNaN: true }),
    formula,
    fc.nat(4),
  )
  .map(([line, from, length, amount, text, kind]) => {
    const span = { line: id(line), from, to: Math.min(2025, from + length) };
    return [
      { ...span, set: amount },
      { ...span, add: amount },
      { ...span, scale: amount },
      { ...span, growth: amount / 10 },
      { line: id(line), formula: text },
    ][kind] as Change;
  });

const plans = fc
  .array(fc.tuple(formula, fc.boolean()), { minLength: LINES, maxLength: LINES })
  .map((lines) =>
    lines
      .reduce(
        (plan, [text, isObserved], index) =>
          plan.line(id(index), isObserved ? { 2019: index, 2020: index + 1 } : {}, text),
        aPlan(),
      )
      .build(),
  );

it('a revised calculation equals a new one, after any edits', () => {
  fc.assert(
    fc.property(
      plans,
      fc.array(fc.array(change, { maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      (plan, edits) => {
        const engine = buildEngine(plan);
        const calculation = engine.calculate(aScenario());
        for (const changes of edits) {
          const scenario: Scenario = aScenario({ changes });
          engine.revise(calculation, scenario);
          const fresh = engine.calculate(scenario);
          for (const line of plan.lines) expect(calculation.series(line.id)).toEqual(fresh.series(line.id));
        }
      },
    ),
    { numRuns: 300 },
  );
});
