/** A thousand generated plans and scenarios that say everything they can: their workbooks come back without a difference. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findScenarioDifference } from '#exchange';
import type { Scenario } from '#plan';
import { plansWithScenarios } from '../exchange/random-scenarios.ts';
import { readOwn, written } from '../exchange/workbook-edits.ts';

const RUNS = 1000;

describe('a generated workbook', () => {
  it('differs in nothing', async () => {
    const cases = fc.sample(plansWithScenarios, { numRuns: RUNS, seed: 3 });
    expect(cases).toHaveLength(RUNS);
    for (const { plan, all } of cases) {
      const back = await readOwn(await written(plan, all), [plan]);
      expect({ problems: back.problems, inputs: back.inputs, changed: back.changed }).toEqual({
        problems: [],
        inputs: [],
        changed: [],
      });
      for (const scenario of all) {
        const now = back.import.scenarios.find(({ id }) => id === scenario.id) as Scenario;
        expect(findScenarioDifference(plan, now, scenario)).toEqual([]);
      }
    }
  }, 300_000);
});
