/** The shipped plans with what their tests need: the document, its checks, and the transcription of its tables. */
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { readLesson, readPlan, type Change, type Lesson, type Plan } from '#plan';

/** One sentence about a plan: what a cell is in a scenario, and why. */
export interface PlanCheck {
  readonly it: string;
  readonly scenario?: string;
  /** Added to a driver in every period after the base. */
  readonly move?: Readonly<Record<string, number>>;
  readonly set?: Readonly<Record<string, number>>;
  readonly line: string;
  readonly period: number;
  readonly equals?: number;
  readonly decimals?: number;
  readonly missing?: true;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly because: string;
  /** All lines whose last period the move changes, the driver itself left out. */
  readonly moves?: readonly string[];
}

/** A target that the plan's own figures make impossible. */
export interface PlanException {
  readonly line: string;
  readonly period: number;
  readonly printed: number;
  readonly projected: number;
  readonly decimals: number;
  readonly because: string;
}

/** A cell of a printed table or a figure of running text. */
export interface TranscribedCell {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly figure: string;
  /** Line in the text of the plan, from 1. */
  readonly line: number;
}

const models = resolve(import.meta.dirname, '../../models');
const besides = resolve(import.meta.dirname, '../models');

/** The ids of the shipped plans. */
export const planIds: readonly string[] = readdirSync(models)
  .filter((file) => file.endsWith('.plan.json'))
  .map((file) => file.replace('.plan.json', ''));

/** A shipped plan, read and checked. */
export function loadPlan(id: string): Plan {
  const read = readPlan(JSON.parse(readFileSync(resolve(models, `${id}.plan.json`), 'utf8')));
  if (!read.ok) throw new Error(`${id}: ${JSON.stringify(read.problems.slice(0, 5))}`);
  return read.value;
}

/** The checks of a plan. */
export function loadChecks(id: string): {
  describe: string;
  checks: PlanCheck[];
  exceptions: PlanException[];
} {
  return JSON.parse(readFileSync(resolve(besides, `${id}.checks.json`), 'utf8')) as ReturnType<
    typeof loadChecks
  >;
}

/** The transcription of a plan's tables and figures in running text. */
export function loadTranscription(id: string): TranscribedCell[] {
  const [, ...rows] = readFileSync(resolve(besides, `${id}.tables.tsv`), 'utf8')
    .trimEnd()
    .split('\n');
  return rows.map((row) => {
    const [table = '', label = '', column = '', figure = '', line = ''] = row.split('\t');
    return { table, row: label, column, figure, line: Number(line) };
  });
}

/** A number that a lesson's text says, and how the model comes to it. */
export interface LessonFact {
  readonly says: string;
  /** A formula, or `stated:<line>` or `target:<line>` for a number as the plan prints it. */
  readonly formula: string;
  readonly unit?: '' | '%';
  /** The step in whose scenario it is so; else the scenario that the lesson begins from. */
  readonly step?: string;
  readonly moment?: 'start' | 'revealed' | 'solved';
}

/** What a lesson's tests know beside it. */
export interface LessonChecks {
  /** Numerals that say no number of the model: counts, examples. */
  readonly plain: readonly string[];
  readonly facts: readonly LessonFact[];
  /** What a predict step is to give, by arithmetic on paper. */
  readonly answers: Readonly<
    Record<
      string,
      {
        readonly equals: readonly number[];
        readonly decimals: number;
        readonly percent?: true;
        readonly because: string;
      }
    >
  >;
  /** Guesses in stored units, one for each mistake of a step in its order. */
  readonly mistakes: Readonly<Record<string, readonly number[]>>;
  /** Wrong moves of a task and the place of the hint that they call up. */
  readonly wrong: Readonly<
    Record<string, readonly { readonly changes: readonly Change[]; readonly hint: number }[]>
  >;
}

/** The shipped lessons as `<plan id>.<name>`. */
export const lessonFiles: readonly string[] = readdirSync(models)
  .filter((file) => file.endsWith('.lesson.json'))
  .map((file) => file.replace('.lesson.json', ''));

/** A shipped lesson, read and checked against its plan. */
export function loadLesson(file: string, plan: Plan): Lesson {
  const read = readLesson(JSON.parse(readFileSync(resolve(models, `${file}.lesson.json`), 'utf8')), plan);
  if (!read.ok) throw new Error(`${file}: ${JSON.stringify(read.problems.slice(0, 5))}`);
  return read.value;
}

/** The checks of a lesson. */
export function loadLessonChecks(file: string): LessonChecks {
  return JSON.parse(readFileSync(resolve(besides, `${file}.lesson-checks.json`), 'utf8')) as LessonChecks;
}
