/** Every worked example of every function, and the conformance cases, through parser and engine as a person types them. */
import { describe, expect, it } from 'vitest';
import { isFailure, isNumber, roundTo, type Value } from '#quantity';
import { functionList, printExpression, signatureOf, type FunctionExample, type Sheet } from '#formula';
import type { Plan, Scenario } from '#plan';
import { buildEngine, type CompiledLines } from '#engine';
import { aPlan, aScenario } from '#tests/builders';
import conformance from './conformance.json' with { type: 'json' };

const YEAR = 2020;

function evaluateExample({ text, cells = {}, lines = {}, period = YEAR }: FunctionExample) {
  const plan = aPlan().periods(YEAR - 10, YEAR, YEAR + 10);
  for (const address of Object.keys(cells)) plan.line(`cell_${address.toLowerCase()}`);
  for (const [id, figures] of Object.entries(lines)) {
    const kept = Object.entries(figures).flatMap(([year, value]) =>
      value === null ? [] : [[year, value] as const],
    );
    plan.line(id, Object.fromEntries(kept));
  }
  const engine = buildEngine(plan.build());
  const values = Object.fromEntries(
    Object.entries(cells).flatMap(([address, value]) =>
      value === null ? [] : [[`cell_${address.toLowerCase()}`, { [period]: value }]],
    ),
  );
  const sheet: Sheet = {
    cellAt(column, row) {
      const address = `${String.fromCharCode(64 + column)}${row}`;
      return address in cells ? { line: `cell_${address.toLowerCase()}`, period } : undefined;
    },
  };
  const calculation = engine.calculate(aScenario({ values }));
  const context = { names: engine.names, periods: engine.plan.periods, sheet, here: period };
  const { value, compiled } = calculation.evaluate(text, period, context);
  if (!compiled.formula)
    throw new Error(`${text}: ${compiled.problems.map((problem) => problem.code).join()}`);
  const own = printExpression(compiled.formula.expression, { names: engine.names, language: 'id' });
  return { value, asLine: asLine(plan.line('answer', {}, own).build(), values, period) };
}

/** The same as a line's own formula, by the reference evaluator and by compiled lines. */
function asLine(plan: Plan, values: NonNullable<Scenario['values']>, period: number) {
  const engine = buildEngine(plan);
  const answer = (lines?: CompiledLines) =>
    engine.calculate(aScenario({ values }), plan.scenarios, lines).value('answer', period);
  return { reference: answer(), compiled: answer(engine.compileLinesNow()) };
}

/** A failure in a line also says where it began; everything else is the same. */
function expectLike(line: Value, alone: Value, hint: string): void {
  if (isFailure(alone)) expect(line, hint).toMatchObject({ code: alone.code, reason: alone.reason });
  else expect(line, hint).toEqual(alone);
}

function expectExample(example: FunctionExample): void {
  const { value, asLine: line } = evaluateExample(example);
  const { gives, decimals, text, source } = example;
  const hint = `${text} (${source})`;
  expect(line.compiled, hint).toEqual(line.reference);
  expectLike(line.reference, value, hint);
  if (typeof gives !== 'number') {
    expect(isFailure(value) ? value.code : value, hint).toBe(gives);
    return;
  }
  expect(isNumber(value), `${hint}: ${JSON.stringify(value)}`).toBe(true);
  if (!isNumber(value)) return;
  if (decimals !== undefined) expect(roundTo(value, decimals), hint).toBe(roundTo(gives, decimals));
  else
    expect(Math.abs(value - gives), `${hint}: ${value}`).toBeLessThanOrEqual(
      1e-9 * Math.max(Math.abs(gives), 1e-3),
    );
}

describe.each(functionList.map((spec) => ({ signature: signatureOf(spec), spec })))(
  '$signature',
  ({ spec }) => {
    it('has at least two worked examples', () => expect(spec.examples.length).toBeGreaterThanOrEqual(2));
    it.each(spec.examples)('$text gives $gives', (example) => expectExample(example));
  },
);

describe('agrees with Excel', () => {
  const cases = conformance as unknown as FunctionExample[];
  it('is held to at least 300 cases', () => expect(cases.length).toBeGreaterThanOrEqual(300));
  it.each(cases)('$text gives $gives', (example) => expectExample(example));
});
