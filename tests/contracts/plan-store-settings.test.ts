import { describe, expect, test } from 'vitest';
import { anEdit, aSnapshot, edits, PLAN } from '../storage/samples.ts';
import { codeOf, KINDS } from './stores.ts';

describe.each(KINDS)('the store in %s', (_, openTabs) => {
  describe('the list', () => {
    test('has the last opened first, with their revisions', async () => {
      const store = await openTabs()();
      await store.open('a', 1);
      await store.open('b', 3);
      await store.open('c', 2);
      await store.append('a', 0, edits(4));
      await store.snapshot('a', aSnapshot(4));
      await store.open('a', 5);
      expect(await store.list()).toEqual([
        { plan: 'a', revision: 4, openedAt: 5 },
        { plan: 'b', revision: 0, openedAt: 3 },
        { plan: 'c', revision: 0, openedAt: 2 },
      ]);
    });

    test('knows work that was appended without opening', async () => {
      const store = await openTabs()();
      await store.append(PLAN, 0, edits(1));
      expect(await store.list()).toEqual([{ plan: PLAN, revision: 1, openedAt: anEdit(1).at }]);
    });
  });

  describe('views and settings', () => {
    test('the last view comes back with the work', async () => {
      const tab = openTabs();
      const store = await tab();
      await store.keepView(PLAN, { scenario: 'trial', foldedSections: [] });
      const view = { scenario: 'trial_2', line: 'gdp', period: 2023, foldedSections: ['banking', 'all'] };
      await store.keepView(PLAN, view);
      expect((await (await tab()).open(PLAN, 1)).view).toEqual(view);
      expect(await store.list()).toHaveLength(1);
    });

    test('a view that could not be read again is refused', async () => {
      const store = await openTabs()();
      const proxied = { scenario: 'trial', foldedSections: new Proxy([], {}) };
      expect(await codeOf(store.keepView(PLAN, proxied))).toBe('failed');
      expect(
        await codeOf(store.keepView(PLAN, { scenario: 'a', period: Number.NaN, foldedSections: [] })),
      ).toBe('failed');
    });

    test('settings are kept as a whole', async () => {
      const tab = openTabs();
      const store = await tab();
      expect(await store.readSettings()).toEqual({});
      const settings = {
        language: 'zh',
        theme: 'dark',
        openPlan: PLAN,
        layout: { leversWidth: 300, isLeversFolded: true },
      } as const;
      await store.keepSettings(settings);
      expect(await (await tab()).readSettings()).toEqual(settings);
      await store.keepSettings({ theme: 'light' });
      expect(await store.readSettings()).toEqual({ theme: 'light' });
    });

    test('settings that could not be read again are refused', async () => {
      const store = await openTabs()();
      expect(await codeOf(store.keepSettings({ language: 'fr' } as never))).toBe('failed');
      expect(await codeOf(store.keepSettings({ layout: { leversWidth: Number.NaN } }))).toBe('failed');
      expect(await codeOf(store.keepSettings({ colour: 'red' } as never))).toBe('failed');
      expect(await store.readSettings()).toEqual({});
    });
  });
});
