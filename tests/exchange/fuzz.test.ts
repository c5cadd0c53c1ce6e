/**
 * Files and links that were changed at random: each is refused with a problem or read whole; never an exception, never a
 * half. A table is read or refused.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  placeImport,
  readFile,
  readGiven,
  readLink,
  readPeriodTable,
  readTable,
  toScenarioFile,
  writeLink,
  writeScenarioFile,
  writeTable,
  type ReadLink,
} from '#exchange';
import { checkScenario, readScenario } from '#plan';
import { aPlan, aScenario } from '#tests/builders';

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

/** What strangers put into files. */
const pieces = fc.constantFrom(
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '\\',
    '\n',
    '-',
    '1e999',
    'null',
    '"__proto__":{},',
    '"constructor":1,',
    '999',
  ],
  ...['\u0000', '\ufeff', '\u202e', '贷', '#s1.', '.', 'NaN', '2030', 'unknown_line', '"id":"plan"', '[[[['],
);

const mutation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('byte' as const), at: fc.nat(), value: fc.nat(255) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), length: fc.nat(40) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), at: fc.nat() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), text: pieces }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('copy' as const),
      at: fc.nat(),
      from: fc.nat(),
      length: fc.nat(60),
    }),
  },
);

type Mutation = typeof mutation extends fc.Arbitrary<infer Kind> ? Kind : never;

function mutate(given: Uint8Array, { at, ...change }: Mutation): Uint8Array {
  const place = at % (given.length + 1);
  const put = (middle: Uint8Array, skipped = 0) =>
    Uint8Array.from([...given.subarray(0, place), ...middle, ...given.subarray(place + skipped)]);
  switch (change.kind) {
    case 'byte':
      return put(Uint8Array.of(change.value), 1);
    case 'cut':
      return put(new Uint8Array(), change.length);
    case 'end':
      return given.slice(0, place);
    case 'insert':
      return put(new TextEncoder().encode(change.text));
    case 'copy': {
      const from = change.from % given.length;
      return put(given.subarray(from, from + change.length));
    }
  }
}

/** How many texts, numbers and truth values stand in it, at any depth. */
function countValues(within: unknown): number {
  if (typeof within !== 'object' || within === null) return within === undefined ? 0 : 1;
  return Object.values(within).reduce<number>((sum, part) => sum + countValues(part), 0);
}

/** Holds that what was read is whole, and that what was placed is at home in the plan. */
function expectWholeOrRefused(read: ReadLink): boolean {
  if (!read.ok) {
    expect(read.problems.length).toBeGreaterThan(0);
    return false;
  }
  const { document } = read;
  if (document.kind !== 'scenario') return true;
  const ids = document.scenarios.map(({ id }) => id);
  expect(ids).toContain(document.scenario);
  for (const { basedOn } of document.scenarios) if (basedOn !== undefined) expect(ids).toContain(basedOn);
  const placed = placeImport(document, plan);
  if (!placed.ok) {
    expect(placed.problems.length).toBeGreaterThan(0);
    return true;
  }
  const { scenarios, problems } = placed.value;
  const inPlan = { ...plan, scenarios: [...scenarios] };
  for (const one of scenarios) {
    expect(checkScenario(one, inPlan, '')).toEqual([]);
    expect(readScenario(JSON.parse(JSON.stringify(one)), inPlan).ok).toBe(true);
  }
  // whatever was left out was said; a record that held nothing is no loss
  if (countValues(scenarios) < countValues(document.scenarios)) expect(problems.length).toBeGreaterThan(0);
  return true;
}

const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 });

describe('mutations', () => {
  it('of a file, 20,000', () => {
    let read = 0;
    fc.assert(
      fc.property(mutations, (changes) => {
        const given = changes.reduce<Uint8Array>(mutate, bytes);
        if (expectWholeOrRefused(readFile(given))) read += 1;
        expectWholeOrRefused(readGiven(new TextDecoder().decode(given)));
      }),
      { numRuns: 20_000 },
    );
    // some harm nothing, such as a letter of a name; without them the test would not have looked inside
    expect(read).toBeGreaterThan(200);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('of a link, 20,000: the same document or none', () => {
    const whole = readFile(bytes);
    let read = 0;
    fc.assert(
      fc.property(mutations, (changes) => {
        const answer = readLink(new TextDecoder().decode(changes.reduce<Uint8Array>(mutate, link)));
        if (expectWholeOrRefused(answer)) {
          expect(answer).toEqual(whole);
          read += 1;
        }
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(0);
  });

  it('of a table, 5,000', () => {
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
      { numRuns: 5_000 },
    );
  });
});
