/** What another tab has added: read from where a tab stands, and appended after. */
import { describe, expect, test } from 'vitest';
import { aSnapshot, edits, PLAN } from '../storage/samples.ts';
import { codeOf, KINDS } from './stores.ts';

describe.each(KINDS)('the store in %s, followed by another tab,', (_, openTabs) => {
  const twoTabs = async () => {
    const open = openTabs();
    const [mine, theirs] = [await open(), await open()];
    await mine.open(PLAN, 1);
    await theirs.open(PLAN, 1);
    return { mine, theirs, open };
  };

  test('gives what was added, in order, and appends after it', async () => {
    const { mine, theirs } = await twoTabs();
    await mine.append(PLAN, 0, edits(1));
    await theirs.follow(PLAN, 0);
    await theirs.append(PLAN, 1, edits(3, 2));
    expect(await codeOf(mine.append(PLAN, 1, edits(1, 9)))).toBe('stale_revision');
    const followed = await mine.follow(PLAN, 1);
    expect(followed).toEqual({ isWhole: false, snapshot: undefined, entries: edits(3, 2), revision: 4 });
    expect(await mine.append(PLAN, 4, edits(1, 5))).toBe(5);
    expect((await theirs.follow(PLAN, 4)).entries).toEqual(edits(1, 5));
  });

  test('gives nothing where nobody has gone on, as often as it is asked', async () => {
    const { mine } = await twoTabs();
    await mine.append(PLAN, 0, edits(2));
    for (let time = 0; time < 3; time += 1)
      expect(await mine.follow(PLAN, 2)).toMatchObject({ isWhole: false, entries: [], revision: 2 });
    expect(await mine.append(PLAN, 2, edits(1, 3))).toBe(3);
  });

  test('gives the same again to a tab that could not take it yet', async () => {
    const { mine, theirs } = await twoTabs();
    await mine.append(PLAN, 0, edits(1));
    await theirs.follow(PLAN, 0);
    await theirs.append(PLAN, 1, edits(2, 2));
    const first = await mine.follow(PLAN, 1);
    expect(await mine.follow(PLAN, 1)).toEqual(first);
    expect(await codeOf(mine.append(PLAN, 1, edits(1, 9)))).toBe('stale_revision');
    expect(await mine.append(PLAN, 3, edits(1, 4))).toBe(4);
  });

  test('gives all of the work where the journal was drawn together under a tab that is behind', async () => {
    const { mine, theirs } = await twoTabs();
    await mine.append(PLAN, 0, edits(1));
    await theirs.follow(PLAN, 0);
    await theirs.append(PLAN, 1, edits(4, 2));
    await theirs.snapshot(PLAN, aSnapshot(4));
    const followed = await mine.follow(PLAN, 1);
    expect(followed).toEqual({
      isWhole: true,
      snapshot: aSnapshot(4),
      entries: edits(1, 5),
      revision: 5,
    });
    expect(await mine.append(PLAN, 5, edits(1, 6))).toBe(6);
  });

  test('gives what follows where it was drawn together up to where a tab stands', async () => {
    const { mine, theirs } = await twoTabs();
    await mine.append(PLAN, 0, edits(2));
    await theirs.follow(PLAN, 0);
    await theirs.snapshot(PLAN, aSnapshot(2));
    await theirs.append(PLAN, 2, edits(1, 3));
    expect(await mine.follow(PLAN, 2)).toMatchObject({ isWhole: false, entries: edits(1, 3), revision: 3 });
  });

  test('gives less where the work was removed, and all of one that was begun anew', async () => {
    const { mine, theirs } = await twoTabs();
    await mine.append(PLAN, 0, edits(3));
    await theirs.remove(PLAN);
    expect(await mine.follow(PLAN, 3)).toMatchObject({ isWhole: true, entries: [], revision: 0 });
    await theirs.open(PLAN, 2);
    await theirs.append(PLAN, 0, edits(1, 7));
    expect(await mine.follow(PLAN, 3)).toMatchObject({ isWhole: true, entries: edits(1, 7), revision: 1 });
  });

  test('never waits for another plan', async () => {
    const { mine, theirs } = await twoTabs();
    await theirs.open('another', 1);
    const all = await Promise.all(
      [1, 2, 3, 4].flatMap((revision) => [
        mine.append(PLAN, revision - 1, edits(1, revision)),
        theirs.append('another', revision - 1, edits(1, revision)),
      ]),
    );
    expect(all).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
    expect(await theirs.follow('another', 4)).toMatchObject({ isWhole: false, entries: [] });
  });
});
