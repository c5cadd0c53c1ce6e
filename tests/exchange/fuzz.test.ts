/**
 * Files and links that were changed at random: each is refused with a problem or read whole; never an exception, never a
 * half. A table is read or refused.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readFile,
  readGiven,
  readLink,
  readPeriodTable,
  readTable,
  toScenarioFile,
  writeLink,
  writeScenarioFile,
  writeTable,
} from '#exchange';
import { aPlan, aScenario } from '#tests/builders';
import { expectWholeOrRefused, mutate, mutations } from './mutated-files.ts';

const plan = aPlan().line('gdp', { 2020: 100 }).line('loans', { 2020: 50 }).driver('growth', '5%').build();
const trial = aScenario({
  note: { zh: '更慢', en: 'Slower' },
  values: { growth: { 2023: 0.08 } },
  changes: [
    { line: 'gdp', from: 2022, formula: 'gdp[t-1] * (1 + growth)' },
    { line: 'loans', scale: 1.5 },
  ],
  actuals: { gdp: { 2021: 104 } },
  distributions: { growth: { kind: 'normal', mean: 0.05, sd: 0.01 } },
});
const all = [...plan.scenarios, trial];
const bytes = writeScenarioFile(plan, all, 'trial');
const written = writeLink(toScenarioFile(plan, all, 'trial'), '');
if (!written.ok) throw new Error('too long');
const link = new TextEncoder().encode(written.link);

describe('mutations', () => {
  it('of a file, 4,000', () => {
    let read = 0;
    fc.assert(
      fc.property(mutations, (changes) => {
        const given = changes.reduce<Uint8Array>(mutate, bytes);
        if (expectWholeOrRefused(readFile(given), plan)) read += 1;
        expectWholeOrRefused(readGiven(new TextDecoder().decode(given)), plan);
      }),
      { numRuns: 4_000 },
    );
    // some harm nothing, such as a letter of a name; without them the test would not have looked inside
    expect(read).toBeGreaterThan(40);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('of a link, 4,000: the same document or none', () => {
    const whole = readFile(bytes);
    let read = 0;
    fc.assert(
      fc.property(mutations, (changes) => {
        const answer = readLink(new TextDecoder().decode(changes.reduce<Uint8Array>(mutate, link)));
        if (expectWholeOrRefused(answer, plan)) {
          expect(answer).toEqual(whole);
          read += 1;
        }
      }),
      { numRuns: 4_000 },
    );
    expect(read).toBeGreaterThan(0);
  });

  it('of a table, 2,000', () => {
    const table = writeTable([
      ['指标', '单位', 2020, 2021, 2022],
      ['GDP', '亿元', 100, 105.5, -3],
      ['贷款“增速”', '%', { percent: 0.05 }, null, { percent: 0.061 }],
    ]);
    fc.assert(
      fc.property(mutations, (changes) => {
        const read = readTable(changes.reduce<Uint8Array>(mutate, table));
        if (!read.ok) {
          expect(read.problems.length).toBeGreaterThan(0);
          return;
        }
        for (const cell of read.table.rows.flat())
          if (cell.kind === 'number') expect(Number.isFinite(cell.value)).toBe(true);
        const byPeriod = readPeriodTable(read.table.rows);
        if (!byPeriod.ok) expect(byPeriod.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });
});
