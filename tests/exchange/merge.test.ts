/** What an arriving scenario would change, item by item, and the laws of merging it with one's own. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyChoices,
  chooseAll,
  commonAncestor,
  findScenarioDifference,
  hasOneOrigin,
  mergeScenario,
  originMark,
  placeImport,
  readFile,
  toAddition,
  toPatches,
  writeBundle,
  writeScenarioFile,
  type Import,
  type Merge,
  type Side,
} from '#exchange';
import { applyPatches, inverse, readScenario, type Plan, type Scenario } from '#plan';
import { aPlan, aScenario } from '#tests/builders';
import { plansWithScenarios, sayings, scenarios } from './random-scenarios.ts';

const plan = aPlan().line('gdp', { 2020: 100 }).line('loans', { 2020: 50 }).driver('growth', '5%').build();
const [shipped] = plan.scenarios;

const ids = (merge: Merge, differs: string) =>
  merge.items.filter((one) => one.differs === differs).map(({ key }) => key);

function merged(merge: Merge, choices: ReadonlyMap<string, Side> = new Map()): Scenario {
  const result = applyChoices(merge, choices);
  if (!result.ok) throw new Error(result.undecided.join());
  return result.scenario;
}

describe('the difference', () => {
  const present = aScenario({
    values: { growth: { 2022: 0.04, 2023: 0.05 } },
    changes: [
      { line: 'gdp', from: 2021, to: 2022, add: 5 },
      { line: 'gdp', from: 2024, scale: 2 },
    ],
  });

  it('names each value, stretch of changes, actual and text that is another, in the order of the plan', () => {
    const incoming = aScenario({
      name: { zh: '慢', en: 'Slow' },
      note: { zh: '说明', en: 'Why' },
      values: { growth: { 2022: 0.04, 2023: 0.06 } },
      actuals: { loans: { 2021: 55 } },
      changes: [
        { line: 'growth', from: 2024, formula: 'growth[t-1]' },
        { line: 'gdp', from: 2024, scale: 2 },
      ],
      distributions: { growth: { kind: 'normal', mean: 0, sd: 1 } },
      correlations: [{ lines: ['loans', 'gdp'], rank: 0.5 }],
    });
    expect(findScenarioDifference(plan, incoming, present)).toEqual([
      {
        key: 'name',
        before: { kind: 'name', name: { zh: 'trial', en: 'trial' } },
        after: { kind: 'name', name: { zh: '慢', en: 'Slow' } },
      },
      { key: 'note', before: null, after: { kind: 'note', note: { zh: '说明', en: 'Why' } } },
      {
        key: 'changes gdp 2021 2022',
        before: {
          kind: 'changes',
          line: 'gdp',
          from: 2021,
          to: 2022,
          changes: [{ line: 'gdp', from: 2021, to: 2022, add: 5 }],
        },
        after: null,
      },
      {
        key: 'actual loans 2021',
        before: null,
        after: { kind: 'actual', line: 'loans', period: 2021, value: 55 },
      },
      {
        key: 'changes growth 2024 2025',
        before: null,
        after: {
          kind: 'changes',
          line: 'growth',
          from: 2024,
          to: 2025,
          changes: [{ line: 'growth', from: 2024, formula: 'growth[t-1]' }],
        },
      },
      {
        key: 'value growth 2023',
        before: { kind: 'value', line: 'growth', period: 2023, value: 0.05 },
        after: { kind: 'value', line: 'growth', period: 2023, value: 0.06 },
      },
      {
        key: 'distribution growth',
        before: null,
        after: { kind: 'distribution', line: 'growth', distribution: { kind: 'normal', mean: 0, sd: 1 } },
      },
      {
        key: 'correlation gdp loans',
        before: null,
        after: { kind: 'correlation', lines: ['gdp', 'loans'], rank: 0.5 },
      },
    ]);
  });

  it('is empty for the same scenario, in whatever order it says it', () => {
    const { changes = [], ...rest } = present;
    expect(findScenarioDifference(plan, { changes: [...changes].reverse(), ...rest }, present)).toEqual([]);
  });

  it('without a present scenario is all that it says', () => {
    expect(findScenarioDifference(plan, present).map(({ key, before }) => [key, before])).toEqual(
      [
        'name',
        'bases',
        'changes gdp 2021 2022',
        'changes gdp 2024 2025',
        'value growth 2022',
        'value growth 2023',
      ].map((key) => [key, null]),
    );
  });
});

describe('a merge by hand', () => {
  // both began from the same scenario; the periods after the base are 2021 to 2025
  const base = aScenario({
    values: { growth: { 2021: 0.05, 2022: 0.05, 2023: 0.05 } },
    changes: [{ line: 'gdp', add: 1 }],
  });
  const mine = aScenario({
    values: { growth: { 2021: 0.06, 2022: 0.05, 2024: 0.04 } },
    changes: [{ line: 'gdp', add: 1 }],
  });
  const theirs = aScenario({
    values: { growth: { 2021: 0.07, 2022: 0.08, 2023: 0.05 } },
    changes: [
      { line: 'gdp', from: 2021, to: 2022, add: 1 },
      { line: 'gdp', from: 2023, to: 2025, add: 2 },
    ],
  });
  const merge = mergeScenario(plan, base, mine, theirs);

  it('tells who changed what', () => {
    expect(ids(merge, 'both')).toEqual(['value growth 2021']);
    // taken away in 2023, added in 2024
    expect(ids(merge, 'mine')).toEqual(['value growth 2023', 'value growth 2024']);
    // the change over all periods lies over both of theirs: one item
    expect(ids(merge, 'theirs')).toEqual(['changes gdp 2021 2025', 'value growth 2022']);
  });

  it('asks for a choice where both did, and takes the rest from who did', () => {
    expect(applyChoices(merge, new Map())).toEqual({ ok: false, undecided: ['value growth 2021'] });
    expect(merged(merge, new Map([['value growth 2021', 'theirs']]))).toEqual({
      ...theirs,
      values: { growth: { 2021: 0.07, 2022: 0.08, 2024: 0.04 } },
    });
    expect(
      merged(
        merge,
        new Map([
          ['value growth 2021', 'mine'],
          ['changes gdp 2021 2025', 'mine'],
          ['value growth 2024', 'theirs'],
        ]),
      ),
    ).toEqual({ ...mine, values: { growth: { 2021: 0.06, 2022: 0.08 } } });
  });

  it('takes changes of one line apart where they do not meet', () => {
    const early = aScenario({ changes: [{ line: 'gdp', from: 2021, to: 2022, growth: 0.03 }] });
    const late = aScenario({ changes: [{ line: 'gdp', from: 2023, growth: 0.05 }] });
    const both = mergeScenario(plan, aScenario(), early, late);
    expect(merged(both).changes).toEqual([
      { line: 'gdp', from: 2021, to: 2022, growth: 0.03 },
      { line: 'gdp', from: 2023, growth: 0.05 },
    ]);
  });

  it('has an ancestor where the plan ships the scenario', () => {
    expect(commonAncestor(plan, 'plan')).toBe(shipped);
    expect(commonAncestor(plan, 'trial')).toBeNull();
  });

  it('without a common start asks for a choice wherever the two differ', () => {
    const apart = mergeScenario(plan, undefined, mine, theirs);
    const differing = merge.items.filter(({ differs }) => differs !== 'same').map(({ key }) => key);
    expect(ids(apart, 'both')).toEqual(differing);
    expect(applyChoices(apart, new Map())).toEqual({ ok: false, undecided: differing });
    expect(merged(apart, chooseAll(apart, 'theirs'))).toEqual(theirs);
  });
});

describe('the origin of a scenario', () => {
  const digits = (value: number) => originMark((below) => value % below);

  it('is one where the plan ships it or its id holds a mark, a copy for want of a free id included', () => {
    expect(hasOneOrigin(plan, 'plan')).toBe(true);
    for (const id of [
      `trial_1${digits(7)}`,
      `trial_12${digits(35)}`,
      `trial_1${digits(0)}_2`,
      `a${digits(9)}_2_3`,
    ])
      expect([id, hasOneOrigin(plan, id)]).toEqual([id, true]);
  });

  it('is unknown for a number or a word alone: everybody begins with the first', () => {
    for (const id of ['trial_1', 'trial_1_2', 'slow', 'slow_x', 'with_xylophone', `trial${digits(3)}y`])
      expect([id, hasOneOrigin(plan, id)]).toEqual([id, false]);
  });

  it('makes ids that a plan takes', () => {
    const id = `trial_1${digits(11)}`;
    expect(readScenario(aScenario({ id }), plan).ok).toBe(true);
  });
});

describe('laws of merging', () => {
  const same = (a: Scenario, b: Scenario) => expect(sayings(a, plan7)).toEqual(sayings(b, plan7));
  const plan7 = Array.from({ length: 7 })
    .reduce<ReturnType<typeof aPlan>>((all, _, at) => all.line(`line_${at}`), aPlan())
    .build();
  /** Three scenarios that share much: two of them are made of parts of the others. */
  const threes = fc
    .tuple(scenarios, scenarios, scenarios, fc.nat(63), fc.nat(63))
    .map(
      ([base, a, b, fromBase, alsoFromBase]) =>
        [base, mixed(a, base, fromBase), mixed(b, base, alsoFromBase)] as const,
    );

  it('nothing new on one side gives the other side', () => {
    fc.assert(
      fc.property(scenarios, scenarios, (base, x) => {
        same(merged(mergeScenario(plan7, base, x, base)), x);
        same(merged(mergeScenario(plan7, base, base, x)), x);
        same(merged(mergeScenario(plan7, base, x, x)), x);
        same(merged(mergeScenario(plan7, null, x, x)), x);
      }),
      { numRuns: 300 },
    );
  });

  it('all of mine is mine, all of theirs is theirs', () => {
    fc.assert(
      fc.property(threes, fc.boolean(), ([base, mine, theirs], hasBase) => {
        const merge = mergeScenario(plan7, hasBase ? base : null, mine, theirs);
        same(merged(merge, chooseAll(merge, 'mine')), mine);
        same(merged(merge, chooseAll(merge, 'theirs')), theirs);
      }),
      { numRuns: 300 },
    );
  });

  it('is a gesture that can be undone', () => {
    fc.assert(
      fc.property(threes, ([base, mine, theirs]) => {
        const merge = mergeScenario(plan7, base, mine, theirs);
        const after = merged(merge, new Map(ids(merge, 'both').map((key) => [key, 'theirs'])));
        const patches = toPatches(mine, after);
        const [done] = applyPatches([mine], patches);
        const [undone] = done ? applyPatches([done], patches.map(inverse).reverse()) : [];
        if (!done || !undone) throw new Error('lost');
        same(done, after);
        same(undone, mine);
        const [begun] = applyPatches([], toPatches(null, after));
        if (!begun) throw new Error('not begun');
        same(begun, after);
        expect(toPatches(after, after)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same from the other side', () => {
    fc.assert(
      fc.property(threes, ([base, mine, theirs]) => {
        const here = mergeScenario(plan7, base, mine, theirs);
        const there = mergeScenario(plan7, base, theirs, mine);
        const swap = { mine: 'theirs', theirs: 'mine', both: 'both', same: 'same' } as const;
        expect(there.items.map(({ key, differs }) => [key, swap[differs]])).toEqual(
          here.items.map(({ key, differs }) => [key, differs]),
        );
        const choose = (merge: Merge, side: Side) => new Map(ids(merge, 'both').map((key) => [key, side]));
        same(merged(here, choose(here, 'mine')), merged(there, choose(there, 'theirs')));
      }),
      { numRuns: 300 },
    );
  });

  it('the difference is what the merge does not call the same', () => {
    fc.assert(
      fc.property(threes, ([base, mine, theirs]) => {
        const merge = mergeScenario(plan7, base, mine, theirs);
        const agreed = ids(merge, 'same');
        const differing = new Set(findScenarioDifference(plan7, theirs, mine).map(({ key }) => key));
        // a base with longer spans may tie stretches together, and never takes them apart
        for (const key of agreed) expect(differing.has(key)).toBe(false);
        expect(differing.size === 0).toBe(agreed.length === merge.items.length);
      }),
      { numRuns: 300 },
    );
  });
});

/** The parts of `own`, each replaced by that of `base` where the bit of its place says so. */
function mixed(own: Scenario, base: Scenario, bits: number): Scenario {
  const parts = ['note', 'values', 'changes', 'actuals', 'distributions', 'correlations'] as const;
  return parts.reduce<Scenario>((scenario, part, place) => {
    if (((bits >> place) & 1) === 0) return scenario;
    const { [part]: _, ...rest } = scenario;
    return base[part] === undefined ? rest : { ...rest, [part]: base[part] };
  }, own);
}

describe('adding as new', () => {
  function arrive(bytes: Uint8Array, known: Plan | undefined): Import {
    const read = readFile(bytes);
    const placed = read.ok ? placeImport(read.document, known) : read;
    if (!placed.ok) throw new Error(JSON.stringify(placed.problems));
    return placed.value;
  }
  const slow = aScenario({
    id: 'slow',
    name: { zh: '慢', en: 'Slow' },
    changes: [{ line: 'growth', add: -0.01 }],
  });
  const trial = aScenario({ basedOn: 'slow', values: { growth: { 2023: 0.08 } } });
  const bytes = writeScenarioFile(plan, [...plan.scenarios, slow, trial], 'trial');

  it('brings what is not here, bases first, and opens what was meant', () => {
    expect(toAddition(arrive(bytes, plan), plan.scenarios)).toEqual({
      scenarios: [slow, trial],
      opened: 'trial',
    });
  });

  it('brings nothing that is here already', () => {
    const present = [...plan.scenarios, slow, trial];
    expect(toAddition(arrive(bytes, plan), present)).toEqual({ scenarios: [], opened: 'trial' });
    expect(toAddition(arrive(bytes, plan), [...plan.scenarios, slow])).toEqual({
      scenarios: [trial],
      opened: 'trial',
    });
  });

  it('gives a free id and name where another one has it, and what builds on it follows', () => {
    const other = { ...slow, changes: [{ line: 'growth', add: -0.02 }] };
    const { scenarios: added, opened } = toAddition(arrive(bytes, plan), [...plan.scenarios, other, trial]);
    expect(added).toEqual([
      { ...slow, id: 'slow_2', name: { zh: '慢（2）', en: 'Slow (2)' } },
      { ...trial, id: 'trial_2', name: { zh: 'trial（2）', en: 'trial (2)' }, basedOn: 'slow_2' },
    ]);
    expect(opened).toBe('trial_2');
  });

  it('of a bundle builds on what its plan ships', () => {
    const bundle = arrive(writeBundle(plan, [...plan.scenarios, slow, trial], 'trial'), undefined);
    expect(toAddition(bundle, bundle.plan.scenarios)).toEqual({ scenarios: [slow, trial], opened: 'trial' });
    const all = arrive(writeBundle(plan, [...plan.scenarios, slow, trial]), plan);
    expect(toAddition(all, plan.scenarios)).toEqual({ scenarios: [slow, trial], opened: undefined });
  });

  it('fits into what is present, whatever both hold', () => {
    fc.assert(
      fc.property(plansWithScenarios, plansWithScenarios, (here, there) => {
        const arrived = arrive(writeScenarioFile(here.plan, there.all, there.chosen), here.plan);
        const { scenarios: added, opened } = toAddition(arrived, here.all);
        const together = [...here.all, ...added];
        expect(new Set(together.map(({ id }) => id)).size).toBe(together.length);
        for (const { name } of added)
          expect(together.filter((one) => one.name.zh === name.zh || one.name.en === name.en)).toHaveLength(
            1,
          );
        const meant = there.all.find(({ id }) => id === there.chosen);
        const stands = together.find(({ id }) => id === opened);
        if (!meant || !stands) throw new Error('lost');
        const said = (one: Scenario) => {
          const { id: _, name: __, basedOn: ___, stack: ____, ...rest } = one;
          return sayings({ ...rest, id: 'x', name: { zh: 'x', en: 'x' } }, here.plan);
        };
        expect(said(stands)).toEqual(said(meant));
      }),
      { numRuns: 200 },
    );
  });
});
