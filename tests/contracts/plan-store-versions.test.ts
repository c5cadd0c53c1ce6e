/** States of a work that a person has named. */
import { describe, expect, test } from 'vitest';
import { aScenario, edits, PLAN } from '../storage/samples.ts';
import { loadPlan } from '#tests/plans';
import { codeOf, KINDS } from './stores.ts';

const first = { id: 'a', name: '上报稿', at: 5, revision: 3 };
const second = { id: 'b', name: 'second', at: 9, revision: 7 };
const content = { scenarios: [aScenario('trial', 1)] };

describe.each(KINDS)('named versions in %s', (_, openTabs) => {
  test('are found in another tab, the furthest first, and hold what was kept', async () => {
    const tab = openTabs();
    const store = await tab();
    expect(await store.listVersions(PLAN)).toEqual([]);
    await store.keepVersion(PLAN, first, content);
    await store.keepVersion(PLAN, second, { scenarios: [], plan: loadPlan(PLAN) });
    await store.keepVersion('other', first, content);
    const other = await tab();
    expect(await other.listVersions(PLAN)).toEqual([second, first]);
    expect(await other.readVersion(PLAN, 'a')).toEqual(content);
    expect(await other.readVersion(PLAN, 'b')).toEqual({ scenarios: [], plan: loadPlan(PLAN) });
    expect(await other.readVersion(PLAN, 'c')).toBeUndefined();
  });

  test('stay whatever is done to the work, and go one by one or with it', async () => {
    const store = await openTabs()();
    await store.append(PLAN, 0, edits(3));
    await store.keepVersion(PLAN, first, content);
    await store.keepVersion(PLAN, second, content);
    await store.append(PLAN, 3, edits(2, 4));
    await store.removeVersion(PLAN, 'b');
    expect(await store.listVersions(PLAN)).toEqual([first]);
    expect(await store.readVersion(PLAN, 'b')).toBeUndefined();
    await store.remove(PLAN);
    expect(await store.listVersions(PLAN)).toEqual([]);
    expect(await store.readVersion(PLAN, 'a')).toBeUndefined();
  });

  test('one of the same id gives way', async () => {
    const store = await openTabs()();
    await store.keepVersion(PLAN, first, { scenarios: [], plan: loadPlan(PLAN) });
    await store.keepVersion(PLAN, { ...first, name: 'again' }, content);
    expect(await store.listVersions(PLAN)).toEqual([{ ...first, name: 'again' }]);
    expect(await store.readVersion(PLAN, 'a')).toEqual(content);
  });

  test('are refused where they could not be read again', async () => {
    const store = await openTabs()();
    const broken = { scenarios: [{ id: 'x' }] } as unknown as typeof content;
    expect(await codeOf(store.keepVersion(PLAN, first, broken))).toBe('failed');
    expect(await codeOf(store.keepVersion(PLAN, { ...first, at: Number.NaN }, content))).toBe('failed');
    expect(await store.listVersions(PLAN)).toEqual([]);
  });
});
