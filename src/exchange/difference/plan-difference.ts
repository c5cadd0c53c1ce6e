/** How two versions of a plan differ, for a reader who has one of them and is offered the other. Scenarios travel apart and are not compared. */
import { buildNames, renameFormula, type FormulaContext } from '#formula';
import { PLAIN, parseUnit, type Unit } from '#quantity';
import type { Figure, Line, Localized, Plan, Target } from '#plan';
import { printCanonical } from '../document/canonical-text.ts';

/** target: what is wanted · line: lines and their properties · formula · figure: observed and stated numbers · note · about: the plan as a whole. */
export type PlanGroup = 'target' | 'line' | 'formula' | 'figure' | 'note' | 'about';

/** What of a line or of the plan is another. `line` and `target` are whole ones. */
export type PlanPart =
  | 'target'
  | 'line'
  | 'name'
  | 'unit'
  | 'section'
  | 'kind'
  | 'decimals'
  | 'lever'
  | 'drives'
  | 'distribution'
  | 'formula'
  | 'figure'
  | 'stated'
  | 'note'
  | 'title'
  | 'place'
  | 'version'
  | 'periods'
  | 'source'
  | 'questions'
  | 'sections'
  | 'tables'
  | 'correlations'
  | 'iteration'
  /** The order of lines or targets, or how a formula spells its names: nothing that a number depends on. */
  | 'order';

/** What one of the two plans says; `other` where it says something that takes more than a line to tell. */
export type PlanSaying =
  | { readonly kind: 'text'; readonly text: Localized }
  | { readonly kind: 'figure'; readonly figure: Figure; readonly unit: Unit }
  | { readonly kind: 'target'; readonly target: Target; readonly unit: Unit }
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'lineKind'; readonly lineKind: Line['kind'] }
  | { readonly kind: 'other' };

/** One thing that is not the same in both. */
export interface PlanChange {
  readonly group: PlanGroup;
  readonly part: PlanPart;
  /** The name of the line that it is about; absent where it is about the plan. */
  readonly line?: Localized;
  readonly period?: number;
  /** null: the plan at hand does not have it, so that it is added. */
  readonly before: PlanSaying | null;
  /** null: the arriving plan does not have it, so that it is removed. */
  readonly after: PlanSaying | null;
}

/** A plan with what is looked up in it. */
interface Side {
  readonly plan: Plan;
  readonly context: FormulaContext;
  readonly lines: ReadonlyMap<string, Line>;
}

/**
 * Finds what differs between the plan at hand and an arriving one: targets first, then line by line as the arriving plan
 * orders them, lines that it lacks behind them, then what is said of the whole.
 */
export function findPlanDifference(before: Plan, after: Plan): PlanChange[] {
  const [a, b] = [sideOf(before), sideOf(after)];
  const ids = [...b.lines.keys(), ...[...a.lines.keys()].filter((id) => !b.lines.has(id))];
  const changes = [
    ...targetChanges(a, b),
    ...ids.flatMap((id) => lineChanges(a, b, a.lines.get(id), b.lines.get(id))),
    ...planChanges(before, after),
  ];
  if (changes.length > 0 || isSame(contentOf(before), contentOf(after))) return changes;
  return [{ group: 'about', part: 'order', before: OTHER, after: OTHER }];
}

const OTHER: PlanSaying = { kind: 'other' };

function sideOf(plan: Plan): Side {
  const context = { names: buildNames(plan.lines), periods: plan.periods };
  return { plan, context, lines: new Map(plan.lines.map((line) => [line.id, line])) };
}

function contentOf({ $schema: _, scenarios: __, ...content }: Plan): unknown {
  return content;
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return printCanonical(a) === printCanonical(b);
}

function unitOf(line: Line | undefined): Unit {
  return parseUnit(line?.unit ?? '') ?? PLAIN;
}

const plain = (text: string): PlanSaying => ({ kind: 'text', text: { zh: text, en: text } });

const text = (localized: Localized | undefined): PlanSaying | null =>
  localized === undefined ? null : { kind: 'text', text: localized };

/** Pairs what two lists say of the same key: the same with the same first, then in the order of both. */
function paired<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): (readonly [Item | undefined, Item | undefined])[] {
  const waiting = new Map<string, Item[]>();
  for (const item of before) waiting.set(keyOf(item), [...(waiting.get(keyOf(item)) ?? []), item]);
  const take = (key: string, wanted?: Item): Item | undefined => {
    const here = waiting.get(key) ?? [];
    const at = wanted === undefined ? 0 : here.findIndex((one) => isSame(one, wanted));
    return at < 0 ? undefined : here.splice(at, 1)[0];
  };
  const changed = after.filter((item) => take(keyOf(item), item) === undefined);
  const pairs = changed.map((item) => [take(keyOf(item)), item] as const);
  const gone = [...waiting.values()].flat().map((item) => [item, undefined] as const);
  return [...pairs, ...gone];
}

function targetChanges(a: Side, b: Side): PlanChange[] {
  const pairs = paired(a.plan.targets, b.plan.targets, ({ line, period }) => `${line} ${period}`);
  return pairs.map(([before, after]): PlanChange => {
    const target = after ?? before;
    const id = target?.line ?? '';
    const line = b.lines.get(id) ?? a.lines.get(id);
    const say = (one: Target | undefined, side: Side): PlanSaying | null =>
      one ? { kind: 'target', target: one, unit: unitOf(side.lines.get(id)) } : null;
    return {
      group: 'target',
      part: 'target',
      ...(line && { line: line.name }),
      ...(target && { period: target.period }),
      before: say(before, a),
      after: say(after, b),
    };
  });
}

function lineChanges(a: Side, b: Side, before: Line | undefined, after: Line | undefined): PlanChange[] {
  const line = after ?? before;
  if (!line) return [];
  if (!before || !after) {
    const say = (one: Line | undefined, side: Side) => one && lineSaying(one, side);
    return [
      {
        group: 'line',
        part: 'line',
        line: line.name,
        before: say(before, a) ?? null,
        after: say(after, b) ?? null,
      },
    ];
  }
  const changes: PlanChange[] = [];
  const note = (group: PlanGroup, part: PlanPart, sayings: readonly (PlanSaying | null)[], period?: number) =>
    changes.push({
      ...{ group, part, line: line.name },
      ...(period !== undefined && { period }),
      before: sayings[0] ?? null,
      after: sayings[1] ?? null,
    });
  const compare = <Key extends keyof Line>(
    key: Key,
    group: PlanGroup,
    part: PlanPart,
    say: (value: NonNullable<Line[Key]>, side: Side) => PlanSaying | null,
  ) => {
    if (isSame(before[key], after[key])) return;
    const sayOf = (one: Line, side: Side) => (one[key] === undefined ? null : say(one[key], side));
    note(group, part, [sayOf(before, a), sayOf(after, b)]);
  };
  compare('name', 'line', 'name', text);
  compare('unit', 'line', 'unit', (unit) => ({ kind: 'unit', unit }));
  compare('section', 'line', 'section', (id, { plan }) => {
    const section = plan.sections.find((one) => one.id === id);
    return section ? text(section.name) : plain(id);
  });
  compare('kind', 'line', 'kind', (lineKind) => ({ kind: 'lineKind', lineKind }));
  compare('decimals', 'line', 'decimals', (count) => plain(String(count)));
  compare('lever', 'line', 'lever', ({ min, max, step }) => plain(`${min} … ${max}, ${step}`));
  compare('drives', 'line', 'drives', (id, side) => text(side.lines.get(id)?.name) ?? plain(id));
  compare('distribution', 'line', 'distribution', () => OTHER);
  if (!isSame(asIds(before, a), asIds(after, b)))
    note('formula', 'formula', [formulaSaying(before, a), formulaSaying(after, b)]);
  const figures = paired(before.figures ?? [], after.figures ?? [], ({ period }) => String(period));
  for (const [was, is] of figures) {
    const say = (figure: Figure | undefined, of: Line): PlanSaying | null =>
      figure ? { kind: 'figure', figure, unit: unitOf(of) } : null;
    note('figure', 'figure', [say(was, before), say(is, after)], (is ?? was)?.period);
  }
  compare('stated', 'figure', 'stated', (stated) => plain(stated.map((one) => one.asPrinted).join('; ')));
  compare('note', 'note', 'note', text);
  return changes;
}

/** A formula with its lines as ids: a line that is called otherwise makes no other formula. */
function asIds({ formula }: Line, { context }: Side): string | undefined {
  return formula === undefined
    ? undefined
    : renameFormula(formula, context, 'id').replace(/^\s*[=＝]\s*/, '');
}

function formulaSaying({ formula }: Line, { context }: Side): PlanSaying | null {
  if (formula === undefined) return null;
  const named = (language: 'zh' | 'en') =>
    `=${renameFormula(formula, context, language).replace(/^\s*[=＝]\s*/, '')}`;
  return { kind: 'text', text: { zh: named('zh'), en: named('en') } };
}

/** What a whole line is: its formula, else its unit. */
function lineSaying(line: Line, side: Side): PlanSaying {
  return formulaSaying(line, side) ?? { kind: 'unit', unit: line.unit };
}

function planChanges(before: Plan, after: Plan): PlanChange[] {
  const changes: PlanChange[] = [];
  const compare = <Key extends keyof Plan>(
    key: Key,
    part: PlanPart,
    say: (value: NonNullable<Plan[Key]>) => PlanSaying | null,
  ) => {
    if (isSame(before[key], after[key])) return;
    const sayOf = (plan: Plan) => (plan[key] === undefined ? null : say(plan[key]));
    const group = part === 'note' ? 'note' : 'about';
    changes.push({ group, part, before: sayOf(before), after: sayOf(after) });
  };
  compare('title', 'title', text);
  compare('place', 'place', text);
  compare('version', 'version', plain);
  compare('periods', 'periods', ({ first, base, last }) => plain(`${first}–${last} (${base})`));
  compare('source', 'source', ({ title }) => plain(title));
  compare('note', 'note', text);
  compare('questions', 'questions', () => OTHER);
  compare('sections', 'sections', (sections) => ({
    kind: 'text',
    text: {
      zh: sections.map(({ name }) => name.zh).join('、'),
      en: sections.map(({ name }) => name.en).join(', '),
    },
  }));
  compare('tables', 'tables', () => OTHER);
  compare('correlations', 'correlations', () => OTHER);
  compare('iteration', 'iteration', ({ limit, tolerance }) => plain(`${limit} × ${tolerance}`));
  return changes;
}

/** A difference as far as it is shown: of each group the first, and how many there are. */
export interface PlanDifference {
  readonly changes: readonly PlanChange[];
  readonly counts: Readonly<Partial<Record<PlanGroup, number>>>;
}

/** Keeps the first changes of each group, and counts all. */
export function summarizePlanDifference(all: readonly PlanChange[], limit: number): PlanDifference {
  const counts: Partial<Record<PlanGroup, number>> = {};
  const changes = all.filter(({ group }) => {
    const count = (counts[group] ?? 0) + 1;
    counts[group] = count;
    return count <= limit;
  });
  return { changes, counts };
}
