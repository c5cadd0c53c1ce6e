/**
 * Whatever is done in two or three tabs at once, however late the store answers and whichever messages arrive: all tabs come
 * to the same bytes, which are those of the journal, and no edit is gone without a trace.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_HISTORY, type Plan } from '#plan';
import type { PlanSession } from '#session';
import { StorageProblem, type PlanStore, type TabChannel } from '#storage';
import * as model from '#tests/model-verbs';
import * as scenario from '#tests/scenario-verbs';
import { openOwnSession, openSession, type TabParts } from '#tests/sessions';
import {
  breathe,
  gates,
  lateChannels,
  lateStore,
  rememberingStore,
  statesOf,
  tracelessIn,
  watched,
} from '#tests/tabs';

// what a session loads once another tab has gone on: here time is counted in turns, and a load takes longer than one
await import('../../src/session/work-of-others.ts');

type Verb = (session: PlanSession) => unknown;
type Act =
  { readonly tab: number; readonly verb: Verb } | { readonly gate: number } | { readonly drawn: number };

const acts = (verb: fc.Arbitrary<Verb>) =>
  fc.array(
    fc.oneof(
      { weight: 2, arbitrary: fc.record({ tab: fc.nat(2), verb }) },
      { weight: 3, arbitrary: fc.record({ gate: fc.nat(7) }) },
      // a tab draws the journal together, under the feet of the others
      { weight: 1, arbitrary: fc.record({ drawn: fc.nat(2) }) },
    ),
    { minLength: 10, maxLength: 70, size: 'max' },
  ) as fc.Arbitrary<Act[]>;

interface Kind {
  readonly plan: Plan;
  readonly isOwn: boolean;
  readonly open: (store: PlanStore, parts: TabParts) => Promise<{ session: PlanSession }>;
}

const KINDS: readonly (Kind & { readonly name: string; readonly verb: fc.Arbitrary<Verb> })[] = [
  {
    name: 'the scenarios of a plan',
    plan: scenario.plan,
    isOwn: false,
    verb: scenario.verb,
    open: (store, parts) => openSession(scenario.plan, store, undefined, undefined, parts),
  },
  {
    name: 'a plan of one’s own',
    plan: model.plan,
    isOwn: true,
    verb: model.verb,
    open: (store, parts) => openOwnSession(model.plan.id, store, undefined, parts),
  },
];

/** Does acts in so many tabs, then lets everything come to rest. */
async function play(kind: Kind, count: number, all: readonly Act[], lost: readonly boolean[]) {
  const { store, entries } = rememberingStore();
  if (kind.isOwn) await store.keepPlan(kind.plan, [], 0);
  const gate = gates();
  let messages = 0;
  const channels: () => TabChannel = lateChannels(gate, () => lost[messages++ % lost.length] ?? false);
  let marks = 0;
  const tabs = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const mark = () => `_${'abc'[index]}${++marks}`;
      const parts = { channel: channels(), mark };
      const { session } = await kind.open(lateStore(store, gate), parts);
      return { session, ...watched(session, kind.isOwn) };
    }),
  );
  for (const act of all) {
    if ('gate' in act) gate.open(act.gate);
    else if ('drawn' in act) {
      const settled = tabs[act.drawn % count]?.session.autosave.settled;
      // refused where another has drawn it together further
      if (settled) await store.snapshot(kind.plan.id, settled).catch(onlyStale);
    } else act.verb(tabs[act.tab % count]?.session as PlanSession);
    await breathe();
  }
  const rest = async () => {
    while (gate.open(0)) await breathe();
  };
  for (const { session } of tabs) session.cancelLever();
  await rest();
  // a page that is turned to looks for what it has missed
  for (let round = 0; round < 2; round += 1) {
    for (const { session } of tabs) session.tabs.look();
    await breathe();
    await rest();
  }
  return { store, entries, tabs };
}

function onlyStale(thrown: unknown): void {
  if (!(thrown instanceof StorageProblem) || thrown.code !== 'stale_revision') throw thrown;
}

const bytesOf = (session: PlanSession) => JSON.stringify([session.plan, session.scenarios]);

describe.each(KINDS)('$name', (kind) => {
  it.each([2, 3])('comes to the same in %i tabs', async (count) => {
    await fc.assert(
      fc.asyncProperty(
        acts(kind.verb),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
        async (all, lost) => {
          const { store, entries, tabs } = await play(kind, count, all, lost);
          for (const { session } of tabs) {
            expect(session.autosave.state).toBe('saved');
            expect(session.autosave.revision).toBe(entries.length);
            expect(bytesOf(session)).toBe(bytesOf(tabs[0]?.session as PlanSession));
          }
          const again = await kind.open(store, {});
          expect(bytesOf(again.session)).toBe(bytesOf(tabs[0]?.session as PlanSession));
          const start = { scenarios: [], history: NO_HISTORY, ...(kind.isOwn && { plan: kind.plan }) };
          const states = statesOf(start, entries);
          const told = tabs.flatMap((one) => one.told);
          expect(
            tracelessIn(
              tabs.flatMap((one) => one.made),
              states,
              told,
            ),
          ).toEqual([]);
        },
      ),
      { seed: 20261121, numRuns: kind.isOwn ? 40 : 80 },
    );
  });
});
