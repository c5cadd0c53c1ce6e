/**
 * What a person has done in a database, one of everything that can be kept in it, and what is read back of it. The samples of
 * `tests/saved/` were made with this by the program of their version; the present one has to read the same from each.
 */
import { createHash } from 'node:crypto';
import { readLesson, type Lesson, type Line, type Patch, type Plan, type Scenario } from '#plan';
import { buildEngine } from '#engine';
import { replay, type JournalEntry, type PlanStore } from '#storage';
import { aPlan } from '#tests/builders';

const TEMPLATE = 'zhoushan-2021-2025';
const OTHER_TEMPLATE = 'huzhou-2021-2025';
const OWN = 'own-1';
const DELETED = 'own-2';

const FIRST = 1_700_000_000_000;

const both = (text: string) => ({ zh: `${text}（样本）`, en: text });

let clock = FIRST;
const edit = (...patches: readonly Patch[]): JournalEntry => ({ kind: 'edit', patches, at: (clock += 1000) });
const undo = (): JournalEntry => ({ kind: 'undo', at: (clock += 1000) });

function ownPlan(id: string): Plan {
  const plan = aPlan()
    .periods(2019, 2020, 2025)
    .driver('growth', '8%', { unit: '%', decimals: 1 })
    .driver('share', '35%', { unit: '%', decimals: 1 })
    .line('loans', { 2019: 91.25, 2020: 100.1 }, 'loans[t-1] * (1 + growth)', { unit: '亿元', decimals: 2 })
    .line('green', {}, 'loans * share', { unit: '亿元', decimals: 2 })
    .target('green', 60)
    .build();
  return { ...plan, id, title: both(id) };
}

function aLesson(): Lesson {
  const steps = [
    { kind: 'read', id: 'hello', title: both('hello'), story: both('a story'), drivers: both('drivers') },
  ];
  const about = { title: both('small'), summary: both('about growth'), minutes: 5, steps };
  const read = readLesson({ format: 1, id: 'small', plan: OWN, ...about }, ownPlan(OWN));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

const overlay = (scenario: string, line: string, values: Readonly<Record<string, number>>): Patch => ({
  kind: 'line',
  scenario,
  line,
  before: null,
  after: { values },
});

const begun = (id: string): Patch => ({ kind: 'scenario', before: null, after: { id, name: both(id) } });

/** A gesture that says so much that it is kept in parts. */
function heavyEdit(): JournalEntry {
  const lines = Array.from({ length: 65 }, (_, line) => `line_${line}`);
  const values = (line: number) =>
    Object.fromEntries(Array.from({ length: 100 }, (_, at) => [String(2000 + at), line * 100 + at]));
  return edit(begun('heavy'), ...lines.map((id, line) => overlay('heavy', id, values(line))));
}

/** Does something of everything that a store of this version of the database keeps. */
export async function workOn(store: PlanStore, version: number): Promise<void> {
  clock = FIRST;
  await workOnTemplates(store);
  await workOnOwnPlans(store);
  if (version >= 3) await store.keepLesson(OWN, 'small', aLesson());
  if (version >= 4) {
    await store.keepLessonDraft(OWN, { head: { title: both('half') }, steps: [{ story: both('a story') }] });
    const { scenarios, plan } = await found(store, OWN);
    const content = { scenarios, ...(plan && { plan }) };
    await store.keepVersion(OWN, { id: 'first', name: '初稿', at: FIRST, revision: 3 }, content);
    await store.keepVersion(
      TEMPLATE,
      { id: 'empty', name: 'empty', at: FIRST, revision: 0 },
      { scenarios: [] },
    );
  }
}

async function workOnTemplates(store: PlanStore): Promise<void> {
  let { revision } = await store.open(TEMPLATE, FIRST);
  revision = await store.append(TEMPLATE, revision, [
    edit(begun('trial')),
    edit(overlay('trial', 'gdp', { '2025': 2100.5 })),
  ]);
  const { scenarios, history } = await found(store, TEMPLATE);
  await store.snapshot(TEMPLATE, { revision, scenarios, history });
  await store.append(TEMPLATE, revision, [edit(overlay('trial', 'deposits', { '2024': -0.5 })), undo()]);
  await store.keepView(TEMPLATE, {
    scenario: 'trial',
    line: 'gdp',
    period: 2025,
    foldedSections: ['banking'],
  });
  await store.keepSettings({
    language: 'zh',
    theme: 'dark',
    openPlan: TEMPLATE,
    layout: { leversWidth: 300 },
  });
  await store.append(OTHER_TEMPLATE, (await store.open(OTHER_TEMPLATE, FIRST)).revision, [heavyEdit()]);
}

async function workOnOwnPlans(store: PlanStore): Promise<void> {
  const plan = ownPlan(OWN);
  const begun: Scenario = { id: 'first', name: both('first'), values: { growth: { '2022': 0.1 } } };
  await store.keepPlan(plan, [begun], FIRST);
  let { revision } = await store.open(OWN, FIRST);
  const [, share, , green] = plan.lines;
  if (!share || !green) throw new Error('the plan has no such lines');
  const richer: Line = { ...green, formula: 'loans * share + 1.5' };
  const { title, place, periods } = plan;
  const head = { title: both('renamed'), place, periods: { ...periods, last: 2026 } };
  revision = await store.append(OWN, revision, [
    edit({ kind: 'plan-item', list: 'lines', at: 3, before: green, after: richer }),
    edit({ kind: 'plan-head', before: { title, place, periods }, after: head }),
    edit(overlay('first', 'share', { '2025': 0.45 })),
  ]);
  await store.keepCover({ id: OWN, ...head });
  const { scenarios, history, plan: edited } = await found(store, OWN);
  await store.snapshot(OWN, { revision, scenarios, history, ...(edited && { plan: edited }) });
  const added: Line = { ...share, id: 'rest', kind: 'result', formula: 'loans - green' };
  await store.append(OWN, revision, [
    edit({ kind: 'plan-item', list: 'lines', at: 4, before: null, after: added }),
    edit(overlay('first', 'loans', { '2023': 140 })),
    undo(),
  ]);
  const deleted = ownPlan(DELETED);
  await store.keepPlan(deleted, [], FIRST);
  const { title: name, place: where, periods: years } = deleted;
  await store.keepCover({ id: DELETED, title: name, place: where, periods: years, deletedAt: FIRST + 5 });
}

async function found(store: PlanStore, id: string) {
  const work = await store.open(id, FIRST);
  return { ...work, ...replay(work, [], (await store.readPlan(id)) as Plan | undefined) };
}

/** Everything that is read back of it, with the results of the plans that are in it. As JSON has it. */
export async function readBack(store: PlanStore, version: number): Promise<unknown> {
  const works = await Promise.all([TEMPLATE, OTHER_TEMPLATE, OWN, DELETED].map((id) => readWork(store, id)));
  const versionsOf = async (plan: string) => {
    const all = await store.listVersions(plan);
    return Promise.all(all.map(async (one) => ({ ...one, ...(await store.readVersion(plan, one.id)) })));
  };
  const all = {
    works,
    settings: await store.readSettings(),
    covers: await store.listPlans(),
    lessons: version >= 3 ? await store.readLessons() : [],
    versions: version >= 4 ? await Promise.all([TEMPLATE, OWN].map(versionsOf)) : [],
  };
  return JSON.parse(JSON.stringify(all)) as unknown;
}

async function readWork(store: PlanStore, id: string) {
  const { revision, damaged, view, scenarios, history, plan } = await found(store, id);
  return {
    id,
    revision,
    damaged,
    view,
    scenarios: brief(scenarios),
    history: brief(history),
    plan,
    results: plan && resultsOf(plan, [plan.scenarios[0], ...scenarios]),
  };
}

/** The values of all lines in each scenario. */
function resultsOf(plan: Plan, scenarios: readonly (Scenario | undefined)[]) {
  const engine = buildEngine(plan);
  return scenarios.map((scenario) => {
    const calculation = engine.calculate(scenario ?? { id: 'plan', name: both('plan') });
    return plan.lines.map(({ id }) => [id, ...calculation.series(id)]);
  });
}

/** What stands for a value that would fill pages. */
function brief(value: object): unknown {
  const text = JSON.stringify(sorted(value));
  return text.length < 10_000 ? value : createHash('sha256').update(text).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]),
  );
}
