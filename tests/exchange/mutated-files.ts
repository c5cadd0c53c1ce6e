/** Files that were changed at random, and what must hold of whatever is read from them. */
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { placeImport, type ReadLink } from '#exchange';
import { checkScenario, readScenario, type Plan } from '#plan';

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

export type Mutation = typeof mutation extends fc.Arbitrary<infer Kind> ? Kind : never;

/** Changes bytes. */
export function mutate(given: Uint8Array, { at, ...change }: Mutation): Uint8Array {
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

/** Holds that what was read is whole, and that what was placed is at home in the plan; tells whether it was read. */
export function expectWholeOrRefused(read: ReadLink, plan: Plan): boolean {
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

/** Up to three changes of bytes. */
export const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 });
