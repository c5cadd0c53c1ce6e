import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineOverlay, withLineOverlay, type LineOverlay, type Patch, type Scenario, NO_HISTORY } from '#plan';
import { applyEntry, replay, type JournalEntry, type Replayed } from '#storage';
import { aHead, aPatch, aScenario, aSnapshot, BEGIN, edits, EVERY_CHANGE } from './samples.ts';

const LINES = ['gdp', 'loans', 'deposits'];
const SCENARIOS = ['s1', 's2', 's3'];

/** What a person might do to a line; which scenario is meant is decided by what is there. */
interface LineDeed {
  readonly does: 'value' | 'actual' | 'change' | 'clear';
  readonly scenario: number;
  readonly line: string;
  readonly value: number;
}
interface ScenarioDeed {
  readonly does: 'add' | 'rename' | 'delete';
  readonly scenario: number;
}
interface HistoryDeed {
  readonly does: 'undo' | 'redo';
}
type Deed = LineDeed | ScenarioDeed | HistoryDeed;

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom('value', 'actual', 'change', 'clear'),
      scenario: fc.nat(2),
      line: fc.constantFrom(...LINES),
      value: fc.nat(4),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom('add', 'rename', 'delete'), scenario: fc.nat(2) }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('undo', 'redo') }) },
);

function withDeed(overlay: LineOverlay | null, deed: LineDeed): LineOverlay | null {
  const year = String(2021 + deed.value);
  switch (deed.does) {
    case 'value':
      return { ...overlay, values: { ...overlay?.values, [year]: deed.value / 8 } };
    case 'actual':
      return { ...overlay, actuals: { ...overlay?.actuals, [year]: -deed.value } };
    case 'change': {
      const change = EVERY_CHANGE[deed.value];
      return {
        ...overlay,
        changes: [...(overlay?.changes ?? []), ...(change ? [{ ...change, line: deed.line }] : [])],
      };
    }
    case 'clear':
      return null;
  }
}

/** The patches of one deed, as a session would make them: what was before is true. */
function patchesOf(deed: LineDeed | ScenarioDeed, scenarios: readonly Scenario[]): Patch[] {
  const id = SCENARIOS[deed.scenario] ?? '';
  const scenario = scenarios.find((one) => one.id === id);
  if (deed.does === 'add') return scenario ? [] : [{ kind: 'scenario', before: null, after: aHead(id) }];
  if (!scenario) return [];
  const { values, changes, actuals, ...head } = scenario;
  if (deed.does === 'rename') {
    const name = { ...head.name, zh: `${head.name.zh}改` };
    return [{ kind: 'scenario', before: head, after: { ...head, name } }];
  }
  const patch = (line: string, after: LineOverlay | null): Patch => {
    return { kind: 'line', scenario: id, line, before: lineOverlay(scenario, line), after };
  };
  if (deed.does === 'delete') {
    const lines = LINES.filter((line) => lineOverlay(scenario, line));
    return [...lines.map((line) => patch(line, null)), { kind: 'scenario', before: head, after: null }];
  }
  return 'line' in deed ? [patch(deed.line, withDeed(lineOverlay(scenario, deed.line), deed))] : [];
}

/** The journal of what a person did, starting from these scenarios. */
function journalOf(deeds: readonly Deed[], start: readonly Scenario[]): JournalEntry[] {
  let state: Replayed = { scenarios: start, history: NO_HISTORY };
  return deeds.flatMap((deed, at) => {
    const entry: JournalEntry =
      'scenario' in deed
        ? { kind: 'edit', patches: patchesOf(deed, state.scenarios), at }
        : { kind: deed.does, at };
    state = applyEntry(state, entry);
    return [entry];
  });
}

/** Scenarios as a person sees them: the order of scenarios, lines and keys means nothing. */
function seen(scenarios: readonly Scenario[]) {
  return [...scenarios]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((scenario) => {
      const { values, changes, actuals, ...head } = scenario;
      return { head, lines: LINES.map((line) => lineOverlay(scenario, line)) };
    });
}

const START: readonly Scenario[] = [
  {
    ...withLineOverlay(aHead('s1'), 'loans', { changes: [{ line: 'loans', growth: 0.1 }] }),
    actuals: { gdp: { '2021': 3 } },
  },
];

function replayAll(entries: readonly JournalEntry[], start = START): Replayed {
  return replay({ snapshot: undefined, entries }, start);
}

describe('a journal replayed', () => {
  test('from nothing is nothing', () => {
    expect(replay({ snapshot: undefined, entries: [] })).toEqual({ scenarios: [], history: NO_HISTORY });
  });

  test('gives the scenarios and the gestures that made them', () => {
    const { scenarios, history } = replay({ snapshot: undefined, entries: [BEGIN, ...edits(2)] });
    expect(scenarios).toEqual([aScenario('trial', 2)]);
    expect(history.done).toHaveLength(3);
  });

  test('starts from a snapshot, and its history can be undone', () => {
    const work = { snapshot: aSnapshot(3), entries: [{ kind: 'undo', at: 1 } as const] };
    expect(replay(work)).toEqual({ scenarios: [aHead()], history: { done: [], undone: [[aPatch(3)]] } });
  });

  test('undoes the patches of a gesture from the last to the first', () => {
    const twice = [aPatch(1), aPatch(2, { values: { '2025': 1 } })];
    const entries: JournalEntry[] = [BEGIN, { kind: 'edit', patches: twice, at: 1 }, { kind: 'undo', at: 2 }];
    expect(replay({ snapshot: undefined, entries }).scenarios).toEqual([aHead()]);
  });

  test('does what was undone again, next first, until an edit', () => {
    const undo = { kind: 'undo', at: 9 } as const;
    const redo = { kind: 'redo', at: 9 } as const;
    const again = replay({ snapshot: undefined, entries: [BEGIN, ...edits(3), undo, undo, redo] });
    expect(again.scenarios).toEqual([aScenario('trial', 2)]);
    expect(again.history.undone).toEqual([[aPatch(3)]]);
    const edited = replay({ snapshot: undefined, entries: [BEGIN, ...edits(3), undo, ...edits(1, 7), redo] });
    expect(edited.scenarios).toEqual([aScenario('trial', 7)]);
    expect(edited.history.undone).toEqual([]);
  });

  test.each(['undo', 'redo'] as const)('an %s too many changes nothing', (kind) => {
    expect(replay({ snapshot: undefined, entries: [{ kind, at: 1 }] }, START)).toEqual({
      scenarios: START,
      history: NO_HISTORY,
    });
  });
});

describe('whatever a person does', () => {
  const deeds = fc.array(deed, { maxLength: 60 });

  test('undoing all of it leads back to the start', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const entries = journalOf(all, START);
        const undos = replayAll(entries).history.done.map((_, at) => ({ kind: 'undo' as const, at }));
        const { scenarios, history } = replayAll([...entries, ...undos]);
        expect(seen(scenarios)).toEqual(seen(START));
        expect(history.done).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('undoing all and doing all again leads to the same', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const entries = journalOf(all, START);
        const end = replayAll(entries);
        const back = end.history.done.map((_, at) => ({ kind: 'undo' as const, at }));
        const forth = back.map(({ at }) => ({ kind: 'redo' as const, at }));
        const again = replayAll([...entries, ...back, ...forth]);
        expect(seen(again.scenarios)).toEqual(seen(end.scenarios));
        expect(again.history).toEqual(end.history);
      }),
      { numRuns: 300 },
    );
  });

  test('a snapshot anywhere and the rest lead to the same as all of it', () => {
    fc.assert(
      fc.property(deeds, fc.nat(60), (all, at) => {
        const entries = journalOf(all, START);
        const revision = Math.min(at, entries.length);
        const snapshot = { revision, ...replayAll(entries.slice(0, revision)) };
        expect(replay({ snapshot, entries: entries.slice(revision) })).toStrictEqual(replayAll(entries));
      }),
      { numRuns: 300 },
    );
  });

  test('replaying changes nothing of what it reads', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const entries = journalOf(all, START);
        const before = structuredClone({ entries, START });
        replayAll(entries);
        expect({ entries, START }).toStrictEqual(before);
      }),
      { numRuns: 100 },
    );
  });
});
