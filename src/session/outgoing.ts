/** What leaves the program: files, links and tables of the open plan. */
import { checkLesson, type Lesson, type Plan, type Scenario } from '#plan';
import {
  MAX_LESSONS,
  toBundle,
  toPlanTable,
  toScenarioFile,
  writeBundle,
  writeLink,
  writeScenarioFile,
  writeTable,
  type CellToWrite,
  type WrittenLink,
} from '#exchange';
import type { PlanSession } from './plan-session.svelte.ts';

/** Writes the open scenario with what it builds on. */
export function scenarioFileOf({ plan, scenarios, scenario }: PlanSession): Uint8Array<ArrayBuffer> {
  return writeScenarioFile(plan, scenarios, scenario.id);
}

/** Writes the plan with all scenarios and with lessons about it; the open scenario is shown first. */
export function bundleFileOf(
  { plan, scenarios, scenario }: PlanSession,
  lessons: readonly Lesson[] = [],
): Uint8Array<ArrayBuffer> {
  return writeBundle(plan, scenarios, scenario.id, lessons);
}

/** The plan with all scenarios and with lessons about it, for a page that holds it. */
export function bundleOf({ plan, scenarios, scenario }: PlanSession, lessons: readonly Lesson[] = []) {
  return toBundle(plan, scenarios, scenario.id, lessons);
}

/** Which lessons go along with a plan, and why others do not. */
export interface OutgoingLessons {
  readonly lessons: readonly Lesson[];
  /** Those that do not fit the plan as it is now: a plan of the person's own is edited. */
  readonly misfits: readonly Lesson[];
  /** Those that fit and are more than a bundle holds, the last of the list. */
  readonly surplus: readonly Lesson[];
}

/** Chooses the lessons that can go along: a bundle with one that does not fit, or with too many, is refused by who receives it. */
export function outgoingLessons({ plan }: PlanSession, lessons: readonly Lesson[]): OutgoingLessons {
  const fits = (one: Lesson) => checkLesson(one, plan).length === 0;
  const fitting = lessons.filter(fits);
  return {
    lessons: fitting.slice(0, MAX_LESSONS),
    misfits: lessons.filter((one) => !fitting.includes(one)),
    surplus: fitting.slice(MAX_LESSONS),
  };
}

/** A link, and whether lessons had to be left out of it. */
export type LinkWithLessons = WrittenLink & { readonly hasAllLessons: boolean };

/**
 * Writes a link to the app at `address`: the open scenario, or the whole plan where it is the person's own and nobody else
 * has it; then with the lessons about it, as long as they find room.
 */
export function linkOf(
  session: PlanSession,
  address: string,
  lessons: readonly Lesson[] = [],
): LinkWithLessons {
  const { plan, scenarios, scenario } = session;
  const without = { hasAllLessons: lessons.length === 0 };
  if (!session.isOwnPlan)
    return { ...writeLink(toScenarioFile(plan, scenarios, scenario.id), address), ...without };
  const { lessons: fitting } = outgoingLessons(session, lessons);
  const whole = writeLink(toBundle(plan, scenarios, scenario.id, fitting), address);
  if (whole.ok) return { ...whole, hasAllLessons: fitting.length === lessons.length };
  return { ...writeLink(toBundle(plan, scenarios, scenario.id), address), ...without };
}

/** The words of a table's heads and units. */
export interface TableWords {
  readonly language: 'zh' | 'en';
  readonly heads: {
    readonly scenario: string;
    readonly id: string;
    readonly line: string;
    readonly unit: string;
  };
  readonly unitName: (unit: string) => string;
}

/** Writes lines by periods as CSV: the open scenario. */
export function tableFileOf(session: PlanSession, words: TableWords): Uint8Array<ArrayBuffer> {
  const { plan, scenario, scenarios } = session;
  return writeTable(tableOf(session, plan, scenario, scenarios, words));
}

/** Writes lines by periods as CSV: all scenarios below each other, each row with the name of its scenario. */
export function allTablesFileOf(session: PlanSession, words: TableWords): Uint8Array<ArrayBuffer> {
  const { plan, scenarios } = session;
  const rows = scenarios.flatMap((scenario, index) => {
    const [head = [], ...lines] = tableOf(session, plan, scenario, scenarios, words);
    const named = lines.map((line) => [scenario.name[words.language], ...line]);
    return index === 0 ? [[words.heads.scenario, ...head], ...named] : named;
  });
  return writeTable(rows);
}

function tableOf(
  { engine }: PlanSession,
  plan: Plan,
  scenario: Scenario,
  scenarios: readonly Scenario[],
  { language, heads, unitName }: TableWords,
): CellToWrite[][] {
  const calculation = engine.calculate(scenario, scenarios);
  return toPlanTable({
    plan,
    language,
    heads,
    unitName,
    valueAt: (line, period) => calculation.value(line, period),
  });
}
