/**
 * From bytes or text to a checked document. Every kind of damage has its code; nothing is taken of a document that is not
 * whole. What the scenarios say of a plan's lines is not asked here: `place-import.ts` does, once the plan is known.
 */
import {
  MAX_SCENARIOS,
  readLesson,
  readPlan,
  scenarioSchema,
  shapeProblem,
  TakenNames,
  type Lesson,
  type LessonProblemCode,
  type Localized,
  type Plan,
  type PlanProblemCode,
  type Scenario,
} from '#plan';
import { problem, warning, type Problem } from '#quantity';
import {
  MAX_BUNDLE_BYTES,
  MAX_LESSONS,
  MAX_LESSON_BYTES,
  MAX_LISTED_PROBLEMS,
  MAX_PLAN_CELLS,
  MAX_SCENARIO_BYTES,
} from '../limits.ts';
import type { ImportProblemCode } from '../problem.ts';
import { cleanTexts } from './clean-texts.ts';
import {
  EXCHANGE_FORMAT,
  basesOf,
  type Bundle,
  type ExchangeDocument,
  type PlanReference,
  type ScenarioFile,
} from './exchange-document.ts';
import { readJson } from './json-text.ts';

/** What is said about a document. */
export type DocumentProblem = Problem<ImportProblemCode | LessonProblemCode | PlanProblemCode>;

/** Either a whole document, with what a reader should know of it, or why there is none. */
export type ReadDocument =
  | { readonly ok: true; readonly document: ExchangeDocument; readonly problems: readonly DocumentProblem[] }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] };

type Fields = Readonly<Record<string, unknown>>;

function refuse(...problems: readonly DocumentProblem[]): {
  ok: false;
  problems: readonly DocumentProblem[];
} {
  return { ok: false, problems: problems.slice(0, MAX_LISTED_PROBLEMS) };
}

/** Reads the bytes of a file, or pasted text: a scenario file, a bundle, or a plan as `models/` holds it. */
export function readFile(given: Uint8Array | string): ReadDocument {
  const content = readContent(given, MAX_BUNDLE_BYTES);
  if (!content.ok) return content;
  const read = readDocument(content.value);
  if (!read.ok) return read;
  const size = sizeOf(given);
  if (read.document.kind === 'scenario' && size > MAX_SCENARIO_BYTES)
    return refuse(tooLarge(size, MAX_SCENARIO_BYTES));
  return { ...read, problems: [...content.problems, ...read.problems] };
}

/** Either a lesson, with what a reader should know of it, or why there is none. */
export type ReadLessonFile =
  | { readonly ok: true; readonly lesson: Lesson; readonly problems: readonly DocumentProblem[] }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] };

/** Reads the bytes of a lesson's file, or pasted text; with its plan its references are checked too. */
export function readLessonFile(given: Uint8Array | string, plan?: Plan): ReadLessonFile {
  const content = readContent(given, MAX_LESSON_BYTES);
  if (!content.ok) return content;
  const read = readLesson(content.value, plan);
  return read.ok ? { ok: true, lesson: read.value, problems: content.problems } : refuse(...read.problems);
}

function sizeOf(given: Uint8Array | string): number {
  return typeof given === 'string' ? given.length : given.byteLength;
}

/** The JSON of a file with its texts cleaned, and what was taken from them. */
function readContent(
  given: Uint8Array | string,
  limit: number,
):
  | { readonly ok: true; readonly value: unknown; readonly problems: readonly DocumentProblem[] }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] } {
  const size = sizeOf(given);
  if (size > limit) return refuse(tooLarge(size, limit));
  const text = typeof given === 'string' ? given.replace(/^\ufeff/, '') : decode(given);
  if (typeof text !== 'string') return refuse(text);
  if (text.trim() === '') return refuse(problem('import_empty'));
  if (!/^\s*[[{]/.test(text)) return refuse(problem('import_not_ours'));
  const json = readJson(text);
  if (!json.ok) return refuse(json.problem);
  const { value, cleaned } = cleanTexts(json.value);
  const problems = cleaned
    .slice(0, MAX_LISTED_PROBLEMS)
    .map(({ path, characters }) =>
      warning('import_characters_dropped' as const, { path }, { path, characters }),
    );
  return { ok: true, value, problems };
}

function tooLarge(bytes: number, limit: number): DocumentProblem {
  const megabytes = (count: number) => String(Math.round(count / 100_000) / 10);
  return problem('import_too_large', {}, { size: megabytes(bytes), limit: megabytes(limit) });
}

function decode(bytes: Uint8Array): string | DocumentProblem {
  // a workbook and every other packed file begin so
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return problem('import_archive');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    // a picture or a document of another program, if not even its beginning is one of ours
    if (error instanceof TypeError)
      return problem(isBracketFirst(bytes) ? 'import_encoding' : 'import_not_ours');
    throw error;
  }
}

/** Whether bytes begin with a bracket, in whatever encoding, or say that they are text in another one. */
function isBracketFirst(bytes: Uint8Array): boolean {
  const isMarked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isMarked || /^\s*[[{]/.test(String.fromCharCode(...bytes.subarray(0, 64)));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readDocument(value: unknown): ReadDocument {
  if (!isFields(value)) return refuse(problem('import_not_ours'));
  if (value.kind === undefined && 'lines' in value && 'periods' in value) {
    return readBundle({ plan: value, scenarios: [] });
  }
  if (value.kind === undefined && 'steps' in value && 'plan' in value)
    return refuse(problem('import_is_lesson'));
  if (value.kind !== 'scenario' && value.kind !== 'bundle') return refuse(problem('import_not_ours'));
  const current = migrate(value);
  if (!current.ok) return current;
  const { kind, format: _, ...rest } = current.fields;
  return kind === 'bundle' ? readBundle(rest) : readScenarioFile(rest);
}

/** What brings a document of an older format to the next one, by the older one's number. */
const MIGRATIONS: ReadonlyMap<number, (fields: Fields) => Fields> = new Map();

function migrate(
  given: Fields,
): { ok: true; fields: Fields } | { ok: false; problems: readonly DocumentProblem[] } {
  const { format } = given;
  if (typeof format === 'number' && Number.isInteger(format) && format > EXCHANGE_FORMAT) {
    return refuse(problem('import_newer_format', { path: 'format' }, { format, known: EXCHANGE_FORMAT }));
  }
  let fields = given;
  for (let next = format; next !== EXCHANGE_FORMAT;) {
    const step = typeof next === 'number' ? MIGRATIONS.get(next) : undefined;
    if (!step) return refuse(problem('import_format', { path: 'format' }, { format: String(format) }));
    fields = step(fields);
    next = (next as number) + 1;
  }
  return { ok: true, fields };
}

function shape(path: string, expected: string, received: unknown): DocumentProblem {
  const found = typeof received === 'string' ? JSON.stringify(received.slice(0, 40)) : typeof received;
  return problem('plan_shape', { path }, { path, expected, received: found });
}

/** Problems for keys that a document does not have. */
function unknownKeys(fields: Fields, known: readonly string[], path: string): DocumentProblem[] {
  return Object.keys(fields)
    .filter((key) => !known.includes(key))
    .map((key) => problem('plan_key_unknown', { path: path + key }, { path: path + key }));
}

function readScenarioFile(fields: Fields): ReadDocument {
  const problems = unknownKeys(fields, ['plan', 'scenario', 'scenarios'], '');
  const plan = readReference(fields.plan);
  if (Array.isArray(plan)) problems.push(...plan);
  const scenarios = readScenarios(fields.scenarios);
  if (!scenarios.ok) problems.push(...scenarios.problems);
  const { scenario } = fields;
  if (typeof scenario !== 'string') problems.push(shape('scenario', 'string', scenario));
  if (problems.length > 0 || Array.isArray(plan) || !scenarios.ok || typeof scenario !== 'string')
    return refuse(...problems);
  const closed = checkClosed(scenarios.scenarios, scenario);
  if (closed.length > 0) return refuse(...closed);
  const document: ScenarioFile = { kind: 'scenario', plan, scenario, scenarios: scenarios.scenarios };
  return { ok: true, document, problems: [] };
}

function readReference(value: unknown): PlanReference | DocumentProblem[] {
  if (!isFields(value)) return [shape('plan', 'Object', value)];
  const problems = unknownKeys(value, ['id', 'version', 'hash', 'title'], 'plan.');
  const text = (field: unknown, path: string, pattern: RegExp): string => {
    if (typeof field === 'string' && pattern.test(field)) return field;
    problems.push(shape(path, String(pattern), field));
    return '';
  };
  const title = isFields(value.title) ? value.title : {};
  problems.push(...unknownKeys(title, ['zh', 'en'], 'plan.title.'));
  const reference: PlanReference = {
    id: text(value.id, 'plan.id', /^[a-z0-9][a-z0-9-]{0,63}$/),
    version: text(value.version, 'plan.version', /^\d+\.\d+\.\d+$/),
    hash: text(value.hash, 'plan.hash', /^[0-9a-f]{32}$/),
    title: {
      zh: text(title.zh, 'plan.title.zh', /^[^]{1,200}$/u),
      en: text(title.en, 'plan.title.en', /^[^]{1,200}$/u),
    },
  };
  return problems.length > 0 ? problems : reference;
}

function readScenarios(
  value: unknown,
): { ok: true; scenarios: readonly Scenario[] } | { ok: false; problems: readonly DocumentProblem[] } {
  if (!Array.isArray(value) || value.length > MAX_SCENARIOS) {
    return refuse(shape('scenarios', `Array (<=${MAX_SCENARIOS})`, value));
  }
  const scenarios: Scenario[] = [];
  const problems: DocumentProblem[] = [];
  const seen = new Set<string>();
  value.forEach((item: unknown, index) => {
    const result = scenarioSchema['~standard'].validate(item);
    if (result instanceof Promise) throw new TypeError('the schema of a scenario answers at once');
    if (result.issues) {
      problems.push(...result.issues.map((issue) => shapeProblem(issue, `scenarios[${index}]`)));
      return;
    }
    const { id } = result.value;
    if (seen.has(id)) {
      problems.push(problem('plan_duplicate_id', { path: `scenarios[${index}].id` }, { id }));
    }
    seen.add(id);
    scenarios.push(result.value);
  });
  return problems.length > 0 ? refuse(...problems) : { ok: true, scenarios };
}

/** Checks that the scenario that is meant is there, and all that any of them builds on, and that none builds on itself. */
function checkClosed(scenarios: readonly Scenario[], meant: string | undefined): DocumentProblem[] {
  const byId = new Map(scenarios.map((one) => [one.id, one]));
  const wanted = [...(meant === undefined ? [] : [meant]), ...scenarios.flatMap(basesOf)];
  const absent = [...new Set(wanted)].filter((id) => !byId.has(id));
  if (absent.length > 0)
    return absent.map((id) => problem('import_scenario_absent', { path: 'scenarios' }, { id }));
  // what builds on nothing that is left is taken away, again and again: what remains goes in a circle
  let left = [...scenarios];
  for (;;) {
    const ids = new Set(left.map((one) => one.id));
    const next = left.filter((one) => basesOf(one).some((id) => ids.has(id)));
    if (next.length === left.length) break;
    left = next;
  }
  return left
    .slice(0, 1)
    .map(({ id }) => problem('plan_scenario_loop', { path: `scenarios.${id}.basedOn` }, { id }));
}

function readBundle(fields: Fields): ReadDocument {
  const problems = unknownKeys(fields, ['plan', 'scenario', 'scenarios', 'lessons'], '');
  const plan = readPlan(fields.plan);
  if (!plan.ok) problems.push(...plan.problems.map((one) => placedIn('plan', one)));
  const scenarios = readScenarios(fields.scenarios);
  if (!scenarios.ok) problems.push(...scenarios.problems);
  const { scenario } = fields;
  if (scenario !== undefined && typeof scenario !== 'string')
    problems.push(shape('scenario', 'string', scenario));
  if (problems.length > 0 || !plan.ok || !scenarios.ok) return refuse(...problems);
  const opened = typeof scenario === 'string' ? scenario : undefined;
  const large = checkCells(plan.value);
  const closed = checkClosed(allOf(plan.value, scenarios.scenarios), opened);
  if (large.length + closed.length > 0) return refuse(...large, ...closed);
  const lessons = readLessons(fields.lessons ?? [], plan.value);
  if (!lessons.ok) return lessons;
  const { $schema: _, ...content } = plan.value;
  const apart = tellApart(content, scenarios.scenarios);
  const document: Bundle = {
    kind: 'bundle',
    plan: apart.plan,
    ...(opened !== undefined && { scenario: opened }),
    scenarios: apart.beside,
    ...(lessons.lessons.length > 0 && { lessons: lessons.lessons }),
  };
  return { ok: true, document, problems: apart.problems };
}

/** Gives a number to each scenario that is called like one before it: a reader could not tell them apart. */
function tellApart(
  plan: Plan,
  beside: readonly Scenario[],
): {
  readonly plan: Plan;
  readonly beside: readonly Scenario[];
  readonly problems: readonly DocumentProblem[];
} {
  const taken = new TakenNames();
  const renamed = new Map<Scenario, Scenario>();
  const problems: DocumentProblem[] = [];
  for (const one of allOf(plan, beside)) {
    const name = taken.free(one.name);
    taken.add(name);
    if (name === one.name) continue;
    renamed.set(one, { ...one, name });
    const said = { name: bothNames(one.name), given: bothNames(name) };
    problems.push(warning('import_name_twice', { path: `scenarios.${one.id}.name` }, said));
  }
  if (renamed.size === 0) return { plan, beside, problems };
  const named = (list: readonly Scenario[]) => list.map((one) => renamed.get(one) ?? one);
  return {
    plan: { ...plan, scenarios: named(plan.scenarios) },
    beside: named(beside),
    problems: problems.slice(0, MAX_LISTED_PROBLEMS),
  };
}

/** A name for a message in either language. */
export function bothNames({ zh, en }: Localized): string {
  return zh === en ? zh : `${zh} (${en})`;
}

function readLessons(
  value: unknown,
  plan: Plan,
): { ok: true; lessons: readonly Lesson[] } | { ok: false; problems: readonly DocumentProblem[] } {
  if (!Array.isArray(value) || value.length > MAX_LESSONS)
    return refuse(shape('lessons', `Array (<=${MAX_LESSONS})`, value));
  const lessons = new Map<string, Lesson>();
  const problems = value.flatMap((item: unknown, index): DocumentProblem[] => {
    const read = readLesson(item, plan);
    if (!read.ok) return read.problems.map((one) => placedIn(`lessons[${index}]`, one));
    const { id } = read.value;
    const isTwice = lessons.has(id);
    lessons.set(id, read.value);
    return isTwice ? [problem('plan_duplicate_id', { path: `lessons[${index}].id` }, { id })] : [];
  });
  return problems.length > 0 ? refuse(...problems) : { ok: true, lessons: [...lessons.values()] };
}

/** A problem of a part of a bundle, with its place there. */
function placedIn(part: string, one: DocumentProblem): DocumentProblem {
  return { ...one, place: { ...one.place, path: `${part}.${one.place.path ?? ''}` } };
}

function checkCells({ lines, periods }: Plan): DocumentProblem[] {
  const count = periods.last - periods.first + 1;
  const cells = lines.length * count;
  if (cells <= MAX_PLAN_CELLS) return [];
  const args = { lines: lines.length, periods: count, cells, limit: MAX_PLAN_CELLS };
  return [problem('import_plan_cells', { path: 'plan' }, args)];
}

/** The scenarios that a plan ships, each replaced by one of the same id that stands beside it, then the others. */
export function allOf(plan: Plan, beside: readonly Scenario[]): Scenario[] {
  const byId = new Map([...plan.scenarios, ...beside].map((one) => [one.id, one]));
  return [...byId.values()];
}
