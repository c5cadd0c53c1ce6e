/** Several tabs on one work, whose store answers and whose messages arrive when a test says so; and what becomes of each edit. */
import { changedLines, headOf, lineOverlay, type Patch, type Plan, type Scenario } from '#plan';
import { buildNames, renameFormula } from '#formula';
import type { PlanSession } from '#session';
import {
  applyEntry,
  buildMemoryStore,
  type JournalEntry,
  type PlanStore,
  type Replayed,
  type TabChannel,
} from '#storage';
import { storeWith } from '#tests/sessions';

/** Things that wait, and happen in any order. */
export interface Gates {
  /** Waits for its turn. */
  pass(): Promise<void>;
  /** Lets one that waits go on; tells whether there was one. */
  open(which: number): boolean;
}

export function gates(): Gates {
  const waiting: (() => void)[] = [];
  return {
    pass: () => new Promise((resolve) => waiting.push(resolve)),
    open(which) {
      const [next] = waiting.splice(which % Math.max(1, waiting.length), 1);
      next?.();
      return next !== undefined;
    },
  };
}

/** Lets everything that does not wait at a gate go on. */
export const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A store as one tab has it: what it is asked is done late, and answered later. */
export function lateStore(store: PlanStore, gate: Gates): PlanStore {
  const late = async <T>(work: () => Promise<T>): Promise<T> => {
    await gate.pass();
    const done = work();
    // a refusal is an answer like any other
    done.catch(() => undefined);
    await gate.pass();
    return done;
  };
  return storeWith(store, {
    append: (plan, revision, entries) => late(() => store.append(plan, revision, entries)),
    follow: (plan, revision) => late(() => store.follow(plan, revision)),
    snapshot: (plan, snapshot) => late(() => store.snapshot(plan, snapshot)),
  });
}

/** Channels of tabs whose messages arrive late, in any order; `isLost` says which never do. */
export function lateChannels(gate: Gates, isLost: () => boolean): () => TabChannel {
  const tabs = new Set<(message: Parameters<TabChannel['tell']>[0]) => void>();
  return () => {
    let own: ((message: Parameters<TabChannel['tell']>[0]) => void) | undefined;
    return {
      tell(message) {
        for (const other of tabs)
          if (other !== own && !isLost()) void gate.pass().then(() => other(structuredClone(message)));
      },
      hear(listener) {
        own = listener;
        tabs.add(listener);
        return () => tabs.delete(listener);
      },
      close: () => undefined,
    };
  };
}

/** Everything that is said in a plan and its scenarios, item by item; formulas with ids, which no renaming changes. */
function saidIn({ plan, scenarios }: { plan?: Plan; scenarios: readonly Scenario[] }): Map<string, string> {
  const said = new Map<string, string>();
  const names = plan && buildNames(plan.lines);
  const byId = (text: string) => (names ? renameFormula(text, { names, periods: plan.periods }, 'id') : text);
  const note = (key: string, value: unknown) =>
    void (value !== undefined && said.set(key, JSON.stringify(value)));
  for (const scenario of scenarios) {
    for (const [key, value] of Object.entries(headOf(scenario))) note(`${scenario.id} ${key}`, value);
    for (const line of changedLines(scenario)) {
      const overlay = lineOverlay(scenario, line);
      for (const part of ['values', 'actuals'] as const)
        for (const [period, value] of Object.entries(overlay?.[part] ?? {}))
          note(`${scenario.id} ${line} ${part} ${period}`, value);
      for (const change of overlay?.changes ?? []) {
        const meant = 'formula' in change ? { ...change, formula: byId(change.formula) } : change;
        note(`${scenario.id} ${line} ${JSON.stringify(meant)}`, 1);
      }
      note(`${scenario.id} ${line} distribution`, overlay?.distribution);
    }
  }
  for (const list of ['sections', 'lines'] as const)
    for (const item of plan?.[list] ?? [])
      for (const [key, value] of Object.entries(item))
        note(`${list} ${item.id} ${key}`, key === 'formula' ? byId(value as string) : value);
  // a line may have several for one period
  for (const { line, period, value } of plan?.targets ?? []) note(`target ${line} ${period} ${value}`, 1);
  for (const key of ['title', 'place', 'periods'] as const) note(`plan ${key}`, plan?.[key]);
  return said;
}

/** An edit as a person made it: what it changed, and how far the work had come for the tab. */
export interface MadeEdit {
  readonly revision: number;
  readonly changed: ReadonlyMap<string, string | undefined>;
  readonly patches: readonly Patch[];
}

/** What differs between two states, and what it is in the second. */
function changedBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Map<string, string | undefined> {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return new Map(
    keys.filter((key) => before.get(key) !== after.get(key)).map((key) => [key, after.get(key)]),
  );
}

/** What every edit of a session comes to, noted as it is made; and what the person is told. */
export function watched(session: PlanSession, isOwn: boolean) {
  const made: MadeEdit[] = [];
  const told: (readonly Patch[])[] = [];
  const { autosave, tabs } = session;
  const [add, tell] = [autosave.add.bind(autosave), tabs.tell.bind(tabs)];
  const stateOf = ({ plan, own }: Parameters<typeof add>[0]['work']) =>
    saidIn({ scenarios: own, ...(isOwn && { plan }) });
  autosave.add = (one) => {
    if (one.intent.kind === 'edit')
      made.push({
        revision: autosave.revision,
        changed: changedBetween(stateOf(one.before), stateOf(one.work)),
        patches: one.intent.patches,
      });
    add(one);
  };
  tabs.tell = (all, isOurs) => {
    told.push(...all.map(({ take }) => take));
    tell(all, isOurs);
  };
  return { made, told };
}

/** A store in memory that also remembers every entry. */
export function rememberingStore(): { readonly store: PlanStore; readonly entries: JournalEntry[] } {
  const memory = buildMemoryStore();
  const entries: JournalEntry[] = [];
  const store = storeWith(memory, {
    async append(plan, revision, added) {
      const next = await memory.append(plan, revision, added);
      entries.push(...structuredClone(added));
      return next;
    },
  });
  return { store, entries };
}

/** Every state that a journal goes through, from the beginning to its end. */
export function statesOf(start: Replayed, entries: readonly JournalEntry[]): Map<string, string>[] {
  let state = start;
  return [
    saidIn(state),
    ...entries.map((entry) => {
      state = applyEntry(state, entry);
      return saidIn(state);
    }),
  ];
}

/**
 * The parts of edits that have left no trace: that stood at no time since they were made, and of whose item nobody was told.
 */
export function tracelessIn(
  made: readonly MadeEdit[],
  states: readonly ReadonlyMap<string, string>[],
  told: readonly (readonly Patch[])[],
): string[] {
  const items = new Set(told.flat().map(itemOf));
  return made.flatMap(({ revision, changed, patches }) => {
    if (patches.some((patch) => items.has(itemOf(patch)))) return [];
    return [...changed].flatMap(([key, value]) =>
      states.slice(revision + 1).some((state) => state.get(key) === value) ? [] : [`${key}: ${value}`],
    );
  });
}

function itemOf(patch: Patch): string {
  switch (patch.kind) {
    case 'line':
      return `${patch.scenario} ${patch.line}`;
    case 'scenario':
      return `${(patch.after ?? patch.before)?.id}`;
    case 'plan-item': {
      const item = (patch.after ?? patch.before) as { id?: string; line?: string; period?: number } | null;
      return `${patch.list} ${item?.id ?? `${item?.line} ${item?.period}`}`;
    }
    default:
      return patch.kind;
  }
}
