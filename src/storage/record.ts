/**
 * What is believed of a stored record, and what may become one.
 *
 * Storage is untrusted: another version, another tab or a damaged disk may have written what is read. The same checks
 * stand before writing, so that nothing is kept that a later opening would have to set aside. What a scenario's lines
 * and periods refer to is not asked here: that needs the plan, and the plan may have changed since.
 */
import { planSchema, scenarioSchema, type History, type Plan } from '#plan';
import {
  StorageProblem,
  type JournalEntry,
  type Layout,
  type LessonPlace,
  type PlanCover,
  type Settings,
  type Snapshot,
  type ViewState,
} from './plan-store.ts';
import { isHeavy } from './parts.ts';
import { atOnce, type Turns } from './turns.ts';

/** What the first record of a work follows. */
export const BEGINNING = '';

/** An entry as it lies in the journal under `[plan, revision]`. */
export interface JournalRecord {
  /** Given once: no other record of any tab has it. */
  readonly id: string;
  /** The record that the person's work ended with when this was added; what lies between is not part of that work. */
  readonly follows: string;
  readonly entry: JournalEntry;
}

/** A snapshot as it lies under `[plan, revision, generation]`. */
export interface SnapshotRecord extends Omit<Snapshot, 'revision'> {
  /** The record that it contains last: what follows that one follows the snapshot. */
  readonly endsWith: string;
}

/** When work on a plan began and was last opened, under `plan`. */
export interface WorkRecord {
  readonly startedAt: number;
  readonly openedAt: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** An object with no other keys than these. */
function hasOnly(value: unknown, keys: readonly string[]): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).every((key) => keys.includes(key))
  );
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

/** Tells whether reading dropped nothing; a key without a value counts as absent. */
function isAllOf(given: unknown, read: unknown): boolean {
  if (typeof given !== 'object' || given === null) return given === read;
  return Object.entries(given).every(
    ([key, value]) =>
      value === undefined ||
      (typeof read === 'object' &&
        read !== null &&
        Object.hasOwn(read, key) &&
        isAllOf(value, (read as Fields)[key])),
  );
}

function isRevision(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  // By index, because a hole in a list is not visited by `every`.
  return Array.isArray(value) && Array.from<unknown>(value).every(isItem);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Tells in turns whether all items of a list are as they are to be. */
function* checkList(value: unknown, check: (item: unknown) => boolean | Turns<boolean>): Turns<boolean> {
  if (!Array.isArray(value)) return false;
  // a hole in a list is an item without a value
  for (const item of value as readonly unknown[]) {
    const found = check(item);
    if (!(typeof found === 'boolean' ? found : yield* found)) return false;
    yield;
  }
  return true;
}

/** What is asked of a schema of the plan here. */
interface Shape {
  readonly '~standard': {
    readonly validate: (value: unknown) => {
      readonly issues?: unknown;
      readonly value?: unknown;
      readonly then?: unknown;
    };
  };
}

function hasShape(shape: Shape, value: unknown): boolean {
  const result = shape['~standard'].validate(value);
  // The schema passes over keys like `__proto__`; here they make what is read none.
  return result.then === undefined && result.issues === undefined && isAllOf(value, result.value);
}

function isScenario(value: unknown): value is Snapshot['scenarios'][number] {
  return hasShape(scenarioSchema, value);
}

/** What a scenario says about lines, by line. */
const BY_LINE = ['values', 'actuals', 'distributions'] as const;

/** Tells in turns whether a value is a scenario: one that says very much, line by line. */
function* checkScenario(value: unknown): Turns<boolean> {
  if (!isHeavy(value)) return isScenario(value);
  const { changes = [], values = {}, actuals = {}, distributions = {}, ...head } = fieldsOf(value);
  const says = (part: object) => isScenario({ ...head, ...part });
  const byLine = { values, actuals, distributions };
  if (!says({})) return false;
  for (const part of BY_LINE) {
    if (!says({ [part]: {} }) || typeof byLine[part] !== 'object' || Array.isArray(byLine[part]))
      return false;
    const items = Object.entries(fieldsOf(byLine[part])).map(([line, item]) => ({ [line]: item }));
    if (!(yield* checkList(items, (item) => says({ [part]: item })))) return false;
  }
  return yield* checkList(changes, (change) => says({ changes: [change] }));
}

/** Tells in turns whether a value is a plan: its lines and scenarios one by one, and the rest without them. */
export function* checkPlan(value: unknown): Turns<boolean> {
  const { lines, scenarios, ...rest } = fieldsOf(value);
  return (
    hasShape(planSchema, { ...rest, lines: [], scenarios: [] }) &&
    (yield* checkList(lines, (one) => hasShape(planSchema.entries.lines, [one]))) &&
    (yield* checkList(scenarios, checkScenario))
  );
}

/** What a list shows of a plan. */
export function coverOf({ id, title, place, periods }: Plan): PlanCover {
  return { id, title, place, periods };
}

/** Tells whether a value found beside an own plan is its cover. */
export function isPlanCover(value: unknown): value is PlanCover {
  if (!hasOnly(value, ['id', 'title', 'place', 'periods', 'deletedAt'])) return false;
  const { id, deletedAt, ...head } = value;
  return isText(id) && (deletedAt === undefined || isFiniteNumber(deletedAt)) && isPlanHead(head);
}

/** Stands for the name where only what a scenario says is looked at. */
const ANY_NAME = { zh: '-', en: '-' };

function isOverlay(value: unknown, scenario: unknown, line: unknown): boolean {
  if (typeof line !== 'string') return false;
  if (value !== null && !hasOnly(value, ['values', 'changes', 'actuals', 'distribution'])) return false;
  const { values = {}, changes = [], actuals = {}, distribution } = value ?? {};
  return (
    isScenario({
      id: scenario,
      name: ANY_NAME,
      values: { [line]: values },
      changes,
      actuals: { [line]: actuals },
      ...(distribution !== undefined && { distributions: { [line]: distribution } }),
    }) && (changes as readonly { readonly line: string }[]).every((change) => change.line === line)
  );
}

function isHead(value: unknown): boolean {
  const parts = ['id', 'name', 'note', 'basedOn', 'stack', 'correlations'];
  return value === null || (hasOnly(value, parts) && isScenario(value));
}

/** The ids of scenarios, each once. */
function isOrder(value: unknown): boolean {
  return isListOf(value, isText) && new Set(value).size === value.length;
}

type PatchList = History['done'][number];

/** The shapes of the lists of a plan that are edited item by item. */
const LISTS = new Map<unknown, Shape>(
  (['sections', 'lines', 'targets', 'tables', 'scenarios', 'correlations'] as const).map((list) => [
    list,
    planSchema.entries[list],
  ]),
);

function isItemPatch(value: Fields): boolean {
  const shape = LISTS.get(value.list);
  if (!shape || !isRevision(value.at)) return false;
  return [value.before, value.after].every((item) => item === null || hasShape(shape, [item]));
}

function isPlanHead(value: unknown): boolean {
  const { title, place, periods } = planSchema.entries;
  return (
    hasOnly(value, ['title', 'place', 'periods']) &&
    hasShape(title, value.title) &&
    hasShape(place, value.place) &&
    hasShape(periods, value.periods)
  );
}

/** Tells whether a value is an edit of a scenario or of a plan. */
export function isPatch(value: unknown): value is PatchList[number] {
  if (hasOnly(value, ['kind', 'list', 'at', 'before', 'after']) && value.kind === 'plan-item')
    return isItemPatch(value);
  if (hasOnly(value, ['kind', 'scenario', 'line', 'before', 'after']) && value.kind === 'line') {
    return [value.before, value.after].every((overlay) => isOverlay(overlay, value.scenario, value.line));
  }
  if (!hasOnly(value, ['kind', 'before', 'after'])) return false;
  if (value.kind === 'order') return isOrder(value.before) && isOrder(value.after);
  if (value.kind === 'plan-head') return isPlanHead(value.before) && isPlanHead(value.after);
  return value.kind === 'scenario' && isHead(value.before) && isHead(value.after);
}

function checkPatches(value: unknown): Turns<boolean> {
  return checkList(value, isPatch);
}

function* checkHistory(value: unknown): Turns<boolean> {
  return (
    hasOnly(value, ['done', 'undone']) &&
    (yield* checkList(value.done, checkPatches)) &&
    (yield* checkList(value.undone, checkPatches))
  );
}

function* checkEntry(value: unknown): Turns<boolean> {
  if (!hasOnly(value, ['kind', 'patches', 'at']) || !isFiniteNumber(value.at)) return false;
  if (value.kind === 'edit') return yield* checkPatches(value.patches);
  return (value.kind === 'undo' || value.kind === 'redo') && !('patches' in value);
}

/** Tells in turns whether a value found in the journal is an entry of this program. */
export function* checkJournalRecord(value: unknown): Turns<boolean> {
  return (
    hasOnly(value, ['id', 'follows', 'entry']) &&
    isText(value.id) &&
    isText(value.follows) &&
    (yield* checkEntry(value.entry))
  );
}

/** Tells in turns whether a value found among the snapshots is whole. */
export function* checkSnapshotRecord(value: unknown): Turns<boolean> {
  return (
    hasOnly(value, ['endsWith', 'scenarios', 'history', 'plan']) &&
    isText(value.endsWith) &&
    (yield* checkList(value.scenarios, checkScenario)) &&
    (yield* checkHistory(value.history)) &&
    (value.plan === undefined || (yield* checkPlan(value.plan)))
  );
}

/** Tells whether a value is a view. */
export function isViewState(value: unknown): value is ViewState {
  return (
    hasOnly(value, ['scenario', 'line', 'period', 'foldedSections']) &&
    isText(value.scenario) &&
    (value.line === undefined || isText(value.line)) &&
    (value.period === undefined || isFiniteNumber(value.period)) &&
    isListOf(value.foldedSections, isText)
  );
}

/** For each key of a small record, what is understood of its value. A key that is added to the type is missed here. */
type Readers<T> = { readonly [K in keyof T]-?: (value: unknown) => Exclude<T[K], undefined> | undefined };

const number = (value: unknown) => (isFiniteNumber(value) ? value : undefined);
const flag = (value: unknown) => (typeof value === 'boolean' ? value : undefined);

const LAYOUT: Readers<Layout> = {
  leversWidth: number,
  inspectorWidth: number,
  chartHeight: number,
  isLeversFolded: flag,
  isInspectorFolded: flag,
  isTraceShown: flag,
};

const SETTINGS: Readers<Settings> = {
  language: (value) => (value === 'zh' || value === 'en' ? value : undefined),
  theme: (value) => (value === 'light' || value === 'dark' ? value : undefined),
  layout: (value) => (value === undefined ? undefined : readFields(value, LAYOUT)),
  openPlan: (value) => (isText(value) ? value : undefined),
  lessons: (value) => (value === undefined ? undefined : readPlaces(value)),
};

/** The places that are understood, by their lessons' ids. */
function readPlaces(value: unknown): Readonly<Record<string, LessonPlace>> {
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).filter(([, place]) => isLessonPlace(place)),
  ) as Record<string, LessonPlace>;
}

function isLessonPlace(value: unknown): value is LessonPlace {
  return hasOnly(value, ['step', 'done']) && isText(value.step) && isListOf(value.done, isText);
}

/** The fields that are understood, and none that is not. */
function readFields<T>(value: unknown, readers: Readers<T>): T {
  const fields = fieldsOf(value);
  const read = Object.entries<(value: unknown) => unknown>(readers).map(([key, reader]) => [
    key,
    reader(fields[key]),
  ]);
  return Object.fromEntries(read.filter(([, field]) => field !== undefined)) as T;
}

/** The settings in a stored value, whatever it is. */
export function toSettings(value: unknown): Settings {
  return readFields(value, SETTINGS);
}

/** The times in a stored value, each that is understood. */
export function toWorkRecord(value: unknown): Partial<WorkRecord> {
  return readFields<Partial<WorkRecord>>(value, { startedAt: number, openedAt: number });
}

/** A copy that shares nothing with the caller's; like the database, it refuses a proxy or a function. */
export function copyOf<T>(value: T): T {
  try {
    return structuredClone(value);
  } catch (error) {
    throw new StorageProblem('failed', error);
  }
}

/** Refuses what a later opening would have to set aside: a bug of the caller, said loudly. */
export function demand(isFit: boolean, what: string): void {
  if (!isFit) throw new StorageProblem('failed', new TypeError(`${what} does not have the shape of one`));
}

/** An id that no record of any tab has. */
export function freeRecordId(): string {
  return [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('-');
}

/** Records for the entries of one append, each following the one before. */
export function toRecords(entries: readonly JournalEntry[], follows: string): readonly JournalRecord[] {
  const append = freeRecordId();
  const id = (index: number) => `${append}/${index}`;
  return entries.map((entry, index) => {
    return { id: id(index), follows: index === 0 ? follows : id(index - 1), entry };
  });
}

/** Refuses entries that could not be read again. */
export function demandEntries(entries: readonly JournalEntry[]): void {
  entries.forEach((entry, index) => demand(atOnce(checkEntry(entry)), `journal entry ${index}`));
}

/** The record of a snapshot. */
export function toSnapshotRecord({ revision: _, ...content }: Snapshot, endsWith: string): SnapshotRecord {
  return { endsWith, ...content };
}

/** Refuses what is no revision. */
export function demandRevision(revision: number): void {
  demand(isRevision(revision), 'revision');
}

/** Refuses a snapshot that could not be read again. */
export function demandSnapshot(snapshot: Snapshot): void {
  demandRevision(snapshot.revision);
  demand(atOnce(checkSnapshotRecord(toSnapshotRecord(snapshot, BEGINNING))), 'snapshot');
}

/** Refuses a plan, and scenarios that come with it, that could not be read again. */
export function demandPlan(plan: Plan, scenarios: readonly unknown[]): void {
  demand(atOnce(checkPlan(plan)), 'plan');
  demand(atOnce(checkList(scenarios, checkScenario)), 'scenarios of a plan');
}

/** Refuses settings that could not be read again. */
export function demandSettings(settings: Settings): void {
  demand(isAllOf(settings, toSettings(settings)), 'settings');
}
