/** The channel of the browser and its twin in memory: one set of promises. */
import { describe, expect, test, vi } from 'vitest';
import { buildMemoryChannels, openTabChannel, type TabChannel, type TabMessage } from '#storage';
import { aPatch, PLAN } from '../storage/samples.ts';

const KINDS: [string, () => () => TabChannel][] = [
  ['memory', buildMemoryChannels],
  ['the browser', () => () => openTabChannel()],
];

const message = (revision: number): TabMessage => ({ plan: PLAN, revision, clashes: [[aPatch(revision)]] });

/** Channels of so many tabs, which are closed at the end. */
async function withTabs(open: () => TabChannel, count: number, work: (tabs: TabChannel[]) => Promise<void>) {
  const tabs = Array.from({ length: count }, open);
  try {
    await work(tabs);
  } finally {
    for (const tab of tabs) tab.close();
  }
}

describe.each(KINDS)('the channel in %s', (_, openTabs) => {
  test('brings a message to all other tabs, in order, and not to the one that tells', async () => {
    await withTabs(openTabs(), 3, async ([here, there, elsewhere]) => {
      const heard: [string, TabMessage][] = [];
      here?.hear((one) => heard.push(['here', one]));
      there?.hear((one) => heard.push(['there', one]));
      elsewhere?.hear((one) => heard.push(['elsewhere', one]));
      here?.tell(message(1));
      here?.tell(message(2));
      await vi.waitFor(() => expect(heard).toHaveLength(4));
      for (const tab of ['there', 'elsewhere'])
        expect(heard.filter(([who]) => who === tab).map(([, one]) => one)).toEqual([message(1), message(2)]);
    });
  });

  test('stops when that is asked', async () => {
    await withTabs(openTabs(), 2, async ([here, there]) => {
      const heard: string[] = [];
      const stop = there?.hear(() => heard.push('stopped'));
      there?.hear(({ revision }) => heard.push(`heard ${revision}`));
      stop?.();
      here?.tell(message(1));
      await vi.waitFor(() => expect(heard).toEqual(['heard 1']));
    });
  });

  test('passes over what it does not understand', async () => {
    await withTabs(openTabs(), 2, async ([here, there]) => {
      const heard: TabMessage[] = [];
      there?.hear((one) => heard.push(one));
      const strangers: unknown[] = [
        'text',
        null,
        { plan: PLAN },
        { ...message(1), revision: 'one' },
        { ...message(1), clashes: [[{ kind: 'newer', before: null, after: null }]] },
      ];
      for (const one of strangers) here?.tell(one as TabMessage);
      here?.tell(message(5));
      await vi.waitFor(() => expect(heard).toEqual([message(5)]));
    });
  });
});

test('without a channel of the browser nobody else is on it', () => {
  const channel = openTabChannel(() => {
    throw new ReferenceError('BroadcastChannel is not defined');
  });
  const heard = vi.fn();
  channel.hear(heard);
  channel.tell(message(1));
  channel.close();
  expect(heard).not.toHaveBeenCalled();
});
