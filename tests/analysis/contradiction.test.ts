/** Smallest contradicting sets and smallest repairs, against enumeration of all sets. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '#engine';
import { findContradictions, minimalMeeting, type Verdict } from '../../src/analysis/reach/contradiction.ts';

const isWithin = (part: readonly number[], whole: readonly number[]) =>
  part.every((one) => whole.includes(one));

/** Conditions of which just these sets cannot hold together. */
function conditions(conflicts: readonly (readonly number[])[]) {
  return (set: readonly number[]): Verdict =>
    conflicts.some((one) => isWithin(one, set))
      ? { kind: 'impossible', core: set }
      : { kind: 'possible', holding: set };
}

function allSets(count: number): number[][] {
  return Array.from({ length: 2 ** count }, (_, mask) =>
    Array.from({ length: count }, (__, one) => one).filter((one) => mask & (1 << one)),
  );
}

function smallest(sets: readonly number[][]): string[] {
  return sets
    .filter((set) => !sets.some((other) => other.length < set.length && isWithin(other, set)))
    .map((set) => set.join())
    .toSorted();
}

const joined = (sets: readonly (readonly number[])[]) => sets.map((set) => set.join()).toSorted();

describe('contradictions', () => {
  it('are all found, with all repairs, whatever contradicts what', () => {
    const sets = fc.array(fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(sets, (conflicts) => {
        const ask = conditions(conflicts);
        const found = finish(findContradictions(6, ask, 1000));
        const impossible = allSets(6).filter((set) => ask(set).kind === 'impossible');
        const repairing = allSets(6).filter(
          (gone) => ask([0, 1, 2, 3, 4, 5].filter((one) => !gone.includes(one))).kind === 'possible',
        );
        expect(joined(found.conflicts)).toEqual(smallest(impossible));
        expect(joined(found.repairs)).toEqual(smallest(repairing));
        expect(found.isComplete).toBe(true);
      }),
    );
  });

  it('of three out of six take ten questions: all, three to shrink, three repairs, none twice', () => {
    const asked: string[] = [];
    const ask = conditions([[0, 2, 4]]);
    const found = finish(findContradictions(6, (set) => (asked.push(set.join()), ask(set)), 100));
    expect(found).toEqual({ conflicts: [[0, 2, 4]], repairs: [[0], [2], [4]], isComplete: true });
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeLessThanOrEqual(10);
  });

  it('start from the core that was seen', () => {
    const asked: string[] = [];
    const ask = (set: readonly number[]): Verdict => {
      asked.push(set.join());
      return isWithin([1, 3], set)
        ? { kind: 'impossible', core: [1, 3] }
        : { kind: 'possible', holding: set };
    };
    expect(finish(findContradictions(8, ask, 100)).conflicts).toEqual([[1, 3]]);
    // all eight, 3 alone, 1 alone, all without 1, all without 3
    expect(asked).toHaveLength(5);
  });

  it('say that there may be more where the limit ended the search', () => {
    const ask = conditions([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    const found = finish(findContradictions(6, ask, 5));
    expect(found.isComplete).toBe(false);
  });
});

it('sets that meet two pairs take one of each, and a shared one alone', () => {
  expect(
    joined(
      minimalMeeting([
        [0, 1],
        [2, 3],
      ]),
    ),
  ).toEqual(['0,2', '0,3', '1,2', '1,3']);
  expect(
    joined(
      minimalMeeting([
        [0, 1],
        [1, 2],
      ]),
    ),
  ).toEqual(['0,2', '1']);
});
