/** What the exchange runners serve: reading what was given, placing it in a plan, writing workbooks. */
import { loadWords, unitName, unitNamed, wordsIn, workbookWords } from '#words';
import type { Plan, Scenario } from '#plan';
import { buildEngine } from '#engine';
import {
  composeWorkbook,
  differenceRows,
  findScenarioDifference,
  hasOneOrigin,
  matchLines,
  packWorkbook,
  placeImport,
  readGiven,
  readLessonFile,
  readPeriodTable,
  readTable,
  toTable,
  toTurnedTable,
  type Import,
  type ModelReading,
  type ReadLink,
  type ReadModel,
  type ReadTable,
} from '#exchange';
import type {
  ArrivedScenario,
  Given,
  Looked,
  ModelQuestion,
  Placed,
  TableAnswer,
  TableQuestion,
  WorkbookAnswer,
  WorkbookQuestion,
} from '#session';
import { differenceOf } from './plan-versions.ts';
import {
  isWorkbook,
  lookAtWorkbook,
  modelOf,
  placeWorkbook,
  rememberWorkbook,
  sheetOf,
  type OpenWorkbook,
} from './workbook-jobs.ts';

/** What is worked on: something given, or a plan that is written. */
export type Matter = Given | { readonly plan: Plan };

/** A matter that is read once, when it is first asked about. */
interface Prepared {
  readonly matter: Matter;
  readonly read: () => ReadLink;
  readonly open: OpenWorkbook;
}

/** Rows of all differences together that travel to the page; a reader of more is told how many there are. */
const MAX_ROWS = 120;

/** Rows and columns of a table that are shown for a look. */
const PREVIEW_ROWS = 12;
const PREVIEW_COLUMNS = 12;
const PREVIEW_CHARACTERS = 80;

function prepare(matter: Matter): Prepared {
  let read: ReadLink | undefined;
  let open: OpenWorkbook | undefined;
  return {
    matter,
    read: () => (read ??= readGiven(givenOf(matter).content)),
    open: () => (open ??= rememberWorkbook(givenOf(matter).content))(),
  };
}

function givenOf(matter: Matter): Given {
  if ('plan' in matter) throw new Error('a plan was asked about as something given');
  return matter;
}

async function* look({ matter, read, open }: Prepared, _: object): AsyncGenerator<number, Looked> {
  if (isWorkbook(givenOf(matter))) return yield* lookAtWorkbook(open);
  if (isTable(givenOf(matter))) return { kind: 'table' };
  const document = read();
  if (!document.ok) {
    const isLesson = document.problems.some(({ code }) => code === 'import_is_lesson');
    return isLesson ? lookAtLesson(givenOf(matter)) : { kind: 'refused', problems: document.problems };
  }
  return { kind: 'document', plan: document.document.plan.id, problems: document.problems };
}

function lookAtLesson({ content }: Given): Looked {
  const read = readLessonFile(content);
  if (!read.ok) return { kind: 'refused', problems: read.problems };
  return { kind: 'lesson', lesson: read.lesson, problems: read.problems };
}

/** Characters that tell a document from a table. */
const LOOKED_AT = 2000;

/** A file says by its name that it is a table, and a text by being neither a document nor a link. */
function isTable({ name, content }: Given): boolean {
  const start =
    typeof content === 'string'
      ? content.slice(0, LOOKED_AT)
      : new TextDecoder('utf-8').decode(content.subarray(0, LOOKED_AT));
  if (/^\ufeff?\s*[{[]/.test(start) || start.startsWith('PK\u0003\u0004')) return false;
  if (name !== undefined && /\.(csv|tsv|tab)$/i.test(name)) return true;
  if (/#?s[1-9]\d{0,2}\.[0-9a-z]{1,5}\./.test(start)) return false;
  return (name === undefined || /\.txt$/i.test(name)) && /[\t,;|]/.test(start) && /\d/.test(start);
}

interface PlaceInput {
  readonly known: Plan | undefined;
  readonly own: readonly Scenario[];
}

async function* place(
  { matter, read, open }: Prepared,
  { known, own }: PlaceInput,
): AsyncGenerator<number, Placed> {
  const placed = isWorkbook(givenOf(matter))
    ? yield* placeWorkbook(open, known, own)
    : placeRead(read(), known);
  if (!placed.ok) return placed;
  const { value } = placed;
  // a plan that is new is taken whole: its scenarios are beside nothing, and what they say need not travel twice
  const arriving = value.isPlanNew ? [] : inOrder(value);
  const arrived: ArrivedScenario[] = [];
  let left = MAX_ROWS;
  for (const one of arriving) {
    const found = beside(value.plan, one, own, left);
    arrived.push(found);
    left -= found.rows.length;
    yield arrived.length / arriving.length;
  }
  return { ...placed, arrived, ...differenceOf(known, value) };
}

function placeRead(document: ReadLink, known: Plan | undefined) {
  return document.ok ? placeImport(document.document, known) : document;
}

/** The scenario that is meant, then the others. */
function inOrder({ scenario, scenarios }: Import): readonly Scenario[] {
  return [...scenarios].sort((a, b) => Number(b.id === scenario) - Number(a.id === scenario));
}

function beside(plan: Plan, scenario: Scenario, own: readonly Scenario[], maxRows: number): ArrivedScenario {
  const here = own.find((one) => one.id === scenario.id);
  const shipped = plan.scenarios.find((one) => one.id === scenario.id);
  const present = here ?? shipped ?? null;
  if (present && findScenarioDifference(plan, scenario, present).length === 0)
    return { scenario, standing: 'present', rows: [], count: 0 };
  const isNamesake = here !== undefined && !hasOneOrigin(plan, scenario.id);
  // a namesake says what it says; nothing of it is a change of the other one
  const rows = differenceRows(findScenarioDifference(plan, scenario, isNamesake ? null : present));
  const standing = isNamesake ? 'namesake' : here ? 'own' : 'new';
  return { scenario, standing, rows: rows.slice(0, maxRows), count: rows.length };
}

async function* table(
  { matter, open }: Prepared,
  { plan, reading, sheet, language }: TableQuestion,
): AsyncGenerator<number, TableAnswer> {
  if (sheet !== undefined) {
    const found = yield* sheetOf(open, sheet);
    const across = readRows({ rows: toTable(found), problems: [] }, plan, language);
    if (across.hasPeriods) return across.answer;
    // the years may stand in a column
    const down = readRows({ rows: toTurnedTable(found), problems: [] }, plan, language);
    return down.hasPeriods ? { ...down.answer, isTurned: true } : across.answer;
  }
  const read = readTable(givenOf(matter).content, reading);
  if (!read.ok) return read;
  const { reading: used, unsure } = read.table;
  return { ...readRows(read.table, plan, language).answer, reading: used, unsure };
}

type Rows = Pick<Extract<ReadTable, { ok: true }>['table'], 'rows' | 'problems'>;

/** Finds the lines of a plan in the rows of a table. */
function readRows(
  { rows, problems }: Rows,
  plan: Plan,
  language: 'zh' | 'en',
): { readonly hasPeriods: boolean; readonly answer: Extract<TableAnswer, { ok: true }> } {
  const words = wordsIn(language);
  // a table that was saved here names units as its reader does
  const units = new Map(plan.lines.map(({ unit }) => [unitName(words, unit), unit]));
  const byPeriod = readPeriodTable(rows, (text) => units.get(text) ?? text);
  const preview = rows
    .slice(0, PREVIEW_ROWS)
    .map((row) =>
      row
        .slice(0, PREVIEW_COLUMNS)
        .map((cell) => (cell.kind === 'empty' ? '' : cell.text.slice(0, PREVIEW_CHARACTERS))),
    );
  const looked = { ok: true as const, unsure: [], preview, rowCount: rows.length };
  if (!byPeriod.ok)
    return {
      hasPeriods: false,
      answer: { ...looked, lines: [], problems: [...problems, ...byPeriod.problems] },
    };
  const matched = matchLines(byPeriod.table, plan);
  return {
    hasPeriods: true,
    answer: {
      ...looked,
      lines: matched.rows.map(({ line, row }) => ({ line: line.id, values: [...row.values] })),
      problems: [...problems, ...byPeriod.table.problems, ...matched.problems],
    },
  };
}

function model(
  { open }: Prepared,
  { language, ...reading }: ModelQuestion,
): AsyncGenerator<number, ReadModel> {
  const words = wordsIn(language);
  const asked: ModelReading = { ...reading, toUnit: (text) => unitNamed(words, text) ?? text };
  return modelOf(open, asked);
}

/** Brings the words in which a table is read or a workbook written; asked before either. */
async function words(_: Prepared, language: 'zh' | 'en'): Promise<true> {
  await loadWords(language);
  return true;
}

function* workbook(
  { matter }: Prepared,
  { scenarios, active, language }: WorkbookQuestion,
): Generator<number, Promise<WorkbookAnswer>> {
  if (!('plan' in matter)) throw new Error('a workbook was asked of something that is no plan');
  const request = { scenarios, active, known: scenarios, words: workbookWords(wordsIn(language)) };
  const composed = yield* composeWorkbook(buildEngine(matter.plan), request);
  return packWorkbook(composed).then((bytes) => ({
    // a view of its own, so that only its bytes travel
    bytes: new Uint8Array(bytes),
    keptCount: composed.kept.length,
  }));
}

/** Things given and plans, and what may be asked of them. */
export const exchangeRegistry = { prepare, jobs: { look, place, table, model, words, workbook } } as const;
