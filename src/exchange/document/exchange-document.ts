/** The documents that leave the program: a scenario with what it builds on, or a bundle with the whole plan. */
import {
  spanOf,
  type Change,
  type Correlation,
  type Lesson,
  type Localized,
  type Periods,
  type Plan,
  type Scenario,
} from '#plan';
import { printCanonical } from './canonical-text.ts';
import { hashText } from './content-hash.ts';

/** The format that this program writes; older ones are migrated, newer ones are refused. */
export const EXCHANGE_FORMAT = 1;

/** Digits of a content hash: 128 bits tell any two plans apart. */
const HASH_DIGITS = 32;

/** Which plan a scenario speaks of. */
export interface PlanReference {
  readonly id: string;
  readonly version: string;
  /** Of all that a cell may depend on, without the scenarios: those travel with the scenario. */
  readonly hash: string;
  readonly title: Localized;
}

/** A scenario for somebody who has the plan. */
export interface ScenarioFile {
  readonly kind: 'scenario';
  readonly plan: PlanReference;
  /** The id of the one that is meant. */
  readonly scenario: string;
  /** The one that is meant and all that it builds on, nearest first. */
  readonly scenarios: readonly Scenario[];
}

/** A whole plan with its scenarios and lessons, for somebody who has none of them. */
export interface Bundle {
  readonly kind: 'bundle';
  readonly plan: Plan;
  /** The id of the one to open. */
  readonly scenario?: string;
  /** Those that the plan itself does not ship. */
  readonly scenarios: readonly Scenario[];
  /** Lessons about the plan, in the order of their ids; absent is none. */
  readonly lessons?: readonly Lesson[];
}

/** What a file or a link holds. */
export type ExchangeDocument = ScenarioFile | Bundle;

/** What recognises a plan: its content apart from its scenarios and its editor's hint. */
export function hashPlan({ $schema: _, scenarios: __, ...content }: Plan): string {
  return hashText(printCanonical(content), HASH_DIGITS);
}

/** Refers to a plan. */
export function referTo(plan: Plan): PlanReference {
  return { id: plan.id, version: plan.version, hash: hashPlan(plan), title: plan.title };
}

/** The ids on which a scenario builds directly, nearest first. */
export function basesOf(scenario: Scenario): readonly string[] {
  const stack = scenario.stack ?? [];
  return scenario.basedOn === undefined ? stack : [...stack, scenario.basedOn];
}

/** The scenario of this id and all that it builds on, nearest first, each once. Fails: throws where one is not there. */
export function withBases(id: string, scenarios: readonly Scenario[]): Scenario[] {
  const byId = new Map(scenarios.map((one) => [one.id, one]));
  const found = new Set<Scenario>();
  const waiting = [id];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const scenario = byId.get(next);
    if (!scenario) throw new Error(`no scenario ${next}`);
    if (found.has(scenario)) continue;
    found.add(scenario);
    waiting.push(...basesOf(scenario));
  }
  return [...found];
}

/**
 * Builds the document of one scenario.
 *
 * Fails: throws when no scenario has the id, or that of a base.
 */
export function toScenarioFile(plan: Plan, scenarios: readonly Scenario[], id: string): ScenarioFile {
  const chain = canonicalAll(withBases(id, scenarios), plan);
  return { kind: 'scenario', plan: referTo(plan), scenario: id, scenarios: chain };
}

/** Builds the bundle of a plan with all scenarios and the lessons about it; `opened` is the scenario to show first. */
export function toBundle(
  plan: Plan,
  scenarios: readonly Scenario[],
  opened?: string,
  lessons: readonly Lesson[] = [],
): Bundle {
  const shipped = new Map(plan.scenarios.map((one) => [one.id, printScenario(one, plan.periods)]));
  const own = scenarios.filter((one) => shipped.get(one.id) !== printScenario(one, plan.periods));
  const { $schema: _, ...content } = plan;
  return {
    kind: 'bundle',
    plan: { ...content, scenarios: canonicalAll(plan.scenarios, plan) },
    ...(opened !== undefined && { scenario: opened }),
    scenarios: canonicalAll(own, plan),
    ...(lessons.length > 0 && { lessons: canonicalLessons(lessons) }),
  };
}

function canonicalLessons(lessons: readonly Lesson[]): Lesson[] {
  return lessons
    .map(({ $schema: _, ...content }) => content)
    .sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}

/** Whether two lessons say the same, whatever the order of their keys. */
export function isSameLesson(a: Lesson, b: Lesson): boolean {
  const [one, other] = [a, b].map((lesson) => printCanonical(canonicalLessons([lesson])));
  return one === other;
}

/** Writes one scenario as a file: readable lines, the same bytes for the same content. */
export function writeScenarioFile(
  plan: Plan,
  scenarios: readonly Scenario[],
  id: string,
): Uint8Array<ArrayBuffer> {
  return writeDocument(toScenarioFile(plan, scenarios, id));
}

/** Writes a plan with all its scenarios, and the lessons about it, as a file. */
export function writeBundle(
  plan: Plan,
  scenarios: readonly Scenario[],
  opened?: string,
  lessons?: readonly Lesson[],
): Uint8Array<ArrayBuffer> {
  return writeDocument(toBundle(plan, scenarios, opened, lessons));
}

/** Writes a lesson as a file of its own: readable lines, the same bytes for the same content. */
export function writeLessonFile(lesson: Lesson): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${printCanonical(canonicalLessons([lesson])[0], 2)}\n`);
}

/** Writes a document as the bytes of a file. */
function writeDocument(document: ExchangeDocument): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${printDocument(document, 2)}\n`);
}

/** Prints a document with its format; `indent` 0 is the form of a link. */
export function printDocument(document: ExchangeDocument, indent: 0 | 2): string {
  return printCanonical({ ...document, format: EXCHANGE_FORMAT }, indent);
}

/** Prints what a scenario says, so that two that say the same are the same text. */
export function printScenario(scenario: Scenario, periods: Periods): string {
  return printCanonical(canonicalScenario(scenario, periods));
}

function canonicalAll(scenarios: readonly Scenario[], plan: Plan): Scenario[] {
  return scenarios.map((one) => canonicalScenario(one, plan.periods));
}

/**
 * The scenario with everything whose order says nothing in one order: changes of different lines, changes of a line whose
 * spans do not meet, correlations and the two lines of each. Empty parts vanish. What it says stays the same.
 */
export function canonicalScenario(scenario: Scenario, periods: Periods): Scenario {
  const { values, changes, actuals, distributions, correlations, stack, ...head } = scenario;
  const byLine = [...changesByLine(changes ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  const sorted = byLine.flatMap(([, own]) => clustersOf(own, periods).flatMap((one) => one.changes));
  return {
    ...head,
    ...(stack && stack.length > 0 && { stack }),
    ...withoutEmpty('values', values),
    ...(sorted.length > 0 && { changes: sorted }),
    ...withoutEmpty('actuals', actuals),
    ...(distributions && Object.keys(distributions).length > 0 && { distributions }),
    ...(correlations && correlations.length > 0 && { correlations: sortedPairs(correlations) }),
  };
}

function withoutEmpty(part: 'values' | 'actuals', byLine: Scenario['values']): Partial<Scenario> {
  const kept = Object.entries(byLine ?? {}).filter(([, byPeriod]) => Object.keys(byPeriod).length > 0);
  return kept.length === 0 ? {} : { [part]: Object.fromEntries(kept) };
}

function sortedPairs(correlations: readonly Correlation[]): Correlation[] {
  return correlations
    .map(({ lines: [a, b], rank }): Correlation => ({ lines: a <= b ? [a, b] : [b, a], rank }))
    .sort((a, b) => {
      const [left, right] = [a.lines.join(' '), b.lines.join(' ')];
      return left < right ? -1 : left > right ? 1 : 0;
    });
}

/** Puts changes together by their line, each line's in the given order. */
export function changesByLine(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const byLine = new Map<string, Change[]>();
  for (const change of changes) {
    const own = byLine.get(change.line);
    if (own) own.push(change);
    else byLine.set(change.line, [change]);
  }
  return byLine;
}

/** Changes of one line whose spans hang together; between two clusters the order says nothing. */
export interface Cluster {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly Change[];
}

/** Puts changes of one line into clusters, earliest first; inside a cluster they keep their order. */
export function clustersOf(changes: readonly Change[], periods: Periods): Cluster[] {
  const bySpan = changes
    .map((change, order) => {
      const { from, to } = spanOf(periods, change);
      // a span that ends before it begins covers nothing, and still stands somewhere
      return { from, to: Math.max(from, to), change, order };
    })
    .sort((a, b) => a.from - b.from || a.order - b.order);
  const clusters: { from: number; to: number; members: { change: Change; order: number }[] }[] = [];
  for (const { from, to, change, order } of bySpan) {
    const last = clusters.at(-1);
    if (last && from <= last.to) {
      last.to = Math.max(last.to, to);
      last.members.push({ change, order });
    } else clusters.push({ from, to, members: [{ change, order }] });
  }
  return clusters.map(({ from, to, members }) => ({
    from,
    to,
    changes: members.sort((a, b) => a.order - b.order).map(({ change }) => change),
  }));
}
