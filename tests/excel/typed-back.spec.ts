/** A thousand numbers typed into workbooks of the templates: what comes back is exactly these. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildEngine, type Rule } from '#engine';
import { composeWorkbook } from '#exchange';
import type { Plan, Scenario } from '#plan';
import { loadWords, workbookWords } from '#words';
import { loadPlan, planIds } from '#tests/plans';
import { readOwn, typed, written, type Typed } from '../exchange/workbook-edits.ts';

/** Numbers of inputs as they stand on the sheet of drivers of a workbook: address, line, years, column. */
async function inputsOf(plan: Plan) {
  const words = workbookWords(await loadWords('en'));
  const composing = composeWorkbook(buildEngine(plan), { scenarios: plan.scenarios, active: 'plan', words });
  let step = composing.next();
  while (!step.done) step = composing.next();
  const cells = [...(step.value.workbook.sheets[0]?.cells.values() ?? [])];
  const at = (row: number, column: number) =>
    cells.find((cell) => cell.row === row && cell.column === column);
  return cells.flatMap(({ row, column, look }) => {
    const scenario = plan.scenarios[column - 8];
    const isLevel = at(row, 4)?.value === 'level' && (look?.tone === 'input' || look?.tone === 'level');
    if (!scenario || !isLevel) return [];
    const [line, from, to] = [3, 5, 6].map((place) => at(row, place)?.value);
    return [
      {
        address: `${String.fromCharCode(65 + column)}${row + 1}`,
        ...{ scenario: scenario.id, line: String(line), from: Number(from), to: Number(to) },
      },
    ];
  });
}

/** What a rule comes to, whoever says it. */
const effectOf = (rule: Rule | undefined) =>
  rule && {
    base: 'value' in rule.base ? rule.base.value : 'text' in rule.base ? rule.base.text : null,
    transforms: rule.transforms.map(({ kind, by }) => [kind, by]),
  };

const ROUNDS = 20;
const EDITS = 10;

describe.each(planIds)('%s', (id) => {
  const plan = loadPlan(id);

  it('gives back what was typed over its levels, and nothing else', async () => {
    const [inputs, bytes] = await Promise.all([inputsOf(plan), written(plan)]);
    expect(inputs.length).toBeGreaterThan(10);
    const engine = buildEngine(plan);
    const rounds = fc.sample(
      fc.uniqueArray(
        fc.record({
          input: fc.constantFrom(...inputs),
          value: fc.double({ min: -0.5, max: 0.5, noNaN: true }).filter((value) => Math.abs(value) > 1e-300),
        }),
        { minLength: EDITS, maxLength: EDITS, selector: ({ input }) => input.address },
      ),
      { numRuns: ROUNDS, seed: 5 },
    );
    let edits = 0;
    for (const round of rounds) {
      const cells: Record<string, Typed> = {};
      for (const { input, value } of round) cells[input.address] = value;
      const back = await readOwn(typed(bytes, 1, cells), [plan]);
      expect(back.problems).toEqual([]);
      const told = back.inputs.map(({ cell, after }) => [cell, after]);
      // a row that repeats the one above is typed over with it: those are told, too
      expect(told).toEqual(expect.arrayContaining(Object.entries(cells)));
      for (const { cell, after, input, scenario } of back.inputs) {
        const same = round.filter((one) => one.input.line === input.line && one.input.scenario === scenario);
        expect(cells[cell] ?? same.find(({ value }) => value === after)?.value).toBe(after);
      }
      for (const scenario of plan.scenarios) {
        const now = back.import.scenarios.find((one) => one.id === scenario.id) as Scenario;
        const [before, after] = [engine.calculate(scenario), engine.calculate(now, back.import.scenarios)];
        const own = back.inputs.filter((one) => one.scenario === scenario.id);
        for (const line of plan.lines) {
          if (line.kind !== 'driver') continue;
          for (let period = plan.periods.base + 1; period <= plan.periods.last; period += 1) {
            const change = own.find(
              ({ input }) => input.line === line.id && input.from <= period && period <= input.to,
            );
            const rule = after.rule(line.id, period);
            if (change) expect(rule).toMatchObject({ base: { value: change.after }, transforms: [] });
            else expect(effectOf(rule)).toEqual(effectOf(before.rule(line.id, period)));
          }
        }
      }
      edits += round.length;
    }
    expect(edits).toBe(ROUNDS * EDITS);
  }, 120_000);
});
