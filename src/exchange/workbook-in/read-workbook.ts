/** A workbook from outside: one of ours comes back as a difference, any other as sheets that a table or a model is read from. */
import type { Plan, Scenario } from '#plan';
import { problem, warning, type Problem } from '#quantity';
import { referTo, withBases, type ExchangeDocument } from '../document/exchange-document.ts';
import { placeImport, type Import, type PlacingProblem } from '../document/place-import.ts';
import { allOf } from '../document/read-document.ts';
import { MAX_LISTED_PROBLEMS } from '../limits.ts';
import type { WorkbookProblemCode } from '../problem.ts';
import type { ForeignWorkbook } from './foreign-sheet.ts';
import { openArchive } from './open-archive.ts';
import { findOwnDifferences, type ChangedInput } from './own-differences.ts';
import { editScenarios } from './own-edits.ts';
import { shareOf } from './progress.ts';
import { readRecord, type ReadRecord } from './read-record.ts';

/** A workbook of ours, read and not compared yet. */
export interface OwnFile {
  readonly kind: 'own';
  readonly record: ReadRecord;
  readonly workbook: ForeignWorkbook;
  /** What it carries that is not read. */
  readonly problems: readonly Problem<WorkbookProblemCode>[];
}

/** A workbook of ours that came back, compared with what was written. */
export interface OwnWorkbook {
  /** The scenarios of the workbook as they are now, placed as those of a scenario file are. */
  readonly import: Import;
  /** The same scenarios as they were written: the common ancestor of a merge. */
  readonly written: readonly Scenario[];
  /** The ids of the scenarios that say something else than they were written with. */
  readonly changed: readonly string[];
  /** The inputs that were typed over and taken. */
  readonly inputs: readonly ChangedInput[];
  /** Every other change, cell by cell: none of them is taken. */
  readonly problems: readonly Problem<WorkbookProblemCode>[];
}

/** A workbook that others wrote. */
export interface ForeignFile {
  readonly kind: 'foreign';
  readonly workbook: ForeignWorkbook;
  /** What it carries that is not read. */
  readonly problems: readonly Problem<WorkbookProblemCode>[];
}

/** Either what the workbook is, or why it is not read. */
export type ReadWorkbook =
  | { readonly ok: true; readonly value: OwnFile | ForeignFile }
  | { readonly ok: false; readonly problems: readonly Problem<WorkbookProblemCode>[] };

/** Either what was changed in a workbook of ours, or why it has no place. */
export type ComparedWorkbook =
  | { readonly ok: true; readonly value: OwnWorkbook }
  | { readonly ok: false; readonly problems: readonly PlacingProblem[] };

/** Reads the bytes of an `.xlsx` file; yields the share that is done, and may be stopped between. */
export async function* readWorkbook(bytes: Uint8Array): AsyncGenerator<number, ReadWorkbook> {
  const opened = yield* shareOf(0, 0.4, openArchive(bytes));
  if (!opened.ok) return opened;
  // the library arrives with the first workbook that is read, not with the page
  const { readSheets } = await import('./hucre-reader.ts');
  const workbook = await readSheets(opened.archive);
  if (!workbook) return { ok: false, problems: [problem('workbook_damaged')] };
  if (workbook.sheets.every(({ cells }) => cells.size === 0))
    return { ok: false, problems: [problem('workbook_empty')] };
  yield 0.9;
  const record = readRecord(workbook);
  if (record && 'kind' in record) return { ok: false, problems: [record] };
  const { problems } = opened;
  return {
    ok: true,
    value: record ? { kind: 'own', record, workbook, problems } : { kind: 'foreign', workbook, problems },
  };
}

/**
 * Compares a workbook of ours with what was written; yields the share that is done, and may be stopped between. `known` is the
 * plan at hand of that id: the workbook is placed in it, and brings its own where there is none.
 */
export function* compareOwn(
  { record, workbook, problems: carried }: OwnFile,
  known: Plan | undefined,
): Generator<number, ComparedWorkbook> {
  const differences = yield* shareOf(0, 0.4, findOwnDifferences(record, workbook));
  const written = allOf(record.plan, record.scenarios);
  const edited = yield* shareOf(
    0.4,
    1,
    editScenarios(record.plan, written, record.columns, differences.inputs),
  );
  const changed = edited.scenarios.filter((one, index) => one !== written[index]).map(({ id }) => id);
  const meant = changed[0] ?? differences.selected ?? record.active;
  const document: ExchangeDocument = known
    ? { kind: 'scenario', plan: referTo(record.plan), scenario: meant, scenarios: edited.scenarios }
    : { kind: 'bundle', plan: record.plan, scenario: meant, scenarios: edited.scenarios };
  const placed = placeImport(document, known);
  if (!placed.ok) return placed;
  const problems = [
    ...carried,
    ...edited.refused.map(({ sheet, cell, before, after }) =>
      warning<WorkbookProblemCode>(
        'workbook_input_refused',
        {},
        { sheet, cell, before: String(before ?? '—'), after: String(after ?? '—') },
      ),
    ),
    ...edited.following.map(({ scenario, line }) =>
      warning<WorkbookProblemCode>('workbook_input_following', { line }, { scenario, line }),
    ),
    ...differences.problems,
  ];
  return {
    ok: true,
    value: {
      import: placed.value,
      written,
      changed,
      inputs: edited.taken,
      problems: firstProblems(problems),
    },
  };
}

/**
 * The scenarios of a workbook that are news: those that were changed in it, those that are not here, and what these build on.
 * `own` are the person's scenarios of the plan at hand.
 */
export function newsOf(
  { import: whole, changed }: Pick<OwnWorkbook, 'import' | 'changed'>,
  own: readonly Scenario[],
): Import {
  if (whole.isPlanNew) return whole;
  const shipped = new Set(whole.plan.scenarios.map(({ id }) => id));
  const here = new Set([...shipped, ...own.map(({ id }) => id)]);
  const news = whole.scenarios.filter(({ id }) => changed.includes(id) || !here.has(id));
  const all = [...whole.plan.scenarios, ...whole.scenarios];
  const needed = new Set(news.flatMap(({ id }) => basesOfAll(id, all)));
  const isNews = (id: string | undefined) => news.some((one) => one.id === id);
  return {
    ...whole,
    scenario: isNews(whole.scenario) ? whole.scenario : undefined,
    // what the plan itself has needs not arrive
    scenarios: whole.scenarios.filter(
      ({ id }) => needed.has(id) && (changed.includes(id) || !whole.isSamePlan || !shipped.has(id)),
    ),
  };
}

function basesOfAll(id: string, all: readonly Scenario[]): string[] {
  // the workbook's own come last, and win over those of the plan
  return withBases(id, all).map((one) => one.id);
}

/** The first problems, and how many more there are. */
function firstProblems(problems: readonly Problem<WorkbookProblemCode>[]): Problem<WorkbookProblemCode>[] {
  const more = problems.length - MAX_LISTED_PROBLEMS;
  const first = problems.slice(0, MAX_LISTED_PROBLEMS);
  return more > 0 ? [...first, warning('workbook_more_problems', {}, { count: more })] : first;
}
