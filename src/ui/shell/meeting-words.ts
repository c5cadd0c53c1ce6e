/** What a person is told where edits of two tabs met: of what, what stands, and what the other one is. */
import type { LineOverlay, Patch, ScenarioHead } from '#plan';
import { statementsOfOverlay, type Meeting, type PlanSession } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { statementText, yearsText } from '../scenario/statement-words.ts';

/** The parts of the sentence. */
export interface MeetingWords {
  readonly item: string;
  readonly stands: string;
  readonly other: string;
}

/** Describes a meeting by the first of its patches: those that follow belong to the same item. */
export function meetingWords(session: PlanSession, context: AppContext, { take }: Meeting): MeetingWords {
  const [patch] = take;
  if (!patch) return { item: session.plan.id, stands: '', other: '' };
  const [stands, other] = [said(session, context, patch, 'before'), said(session, context, patch, 'after')];
  return { item: itemName(session, context, patch), stands, other };
}

type Side = 'before' | 'after';

function itemName(session: PlanSession, context: AppContext, patch: Patch): string {
  const { words } = context;
  switch (patch.kind) {
    case 'line':
      return `${lineName(session, context, patch.line)} · ${scenarioName(session, context, patch.scenario)}`;
    case 'scenario': {
      const head = patch.before ?? patch.after;
      return head ? context.name(head.name) : '';
    }
    case 'plan-item': {
      const item = (patch.before ?? patch.after) as Named | null;
      if (item?.name) return context.name(item.name);
      return item?.line === undefined ? words.say('tabs_item_plan') : lineName(session, context, item.line);
    }
    default:
      return words.say('tabs_item_plan');
  }
}

interface Named {
  readonly name?: { readonly zh: string; readonly en: string };
  readonly line?: string;
}

function said(session: PlanSession, context: AppContext, patch: Patch, side: Side): string {
  const { words } = context;
  if (patch.kind === 'order') return words.say('tabs_says_order');
  if (patch[side] === null) return words.say(patch.kind === 'line' ? 'tabs_says_nothing' : 'tabs_says_gone');
  if (patch.kind === 'line')
    return overlayText(session, context, patch, side) || words.say('tabs_says_nothing');
  const there = patch[side];
  if (patch.before === null || patch.after === null || there === null) return words.say('tabs_says_there');
  const [one, another] = [patch.before, patch.after] as readonly [object, object];
  const fields = Object.keys({ ...one, ...another }).filter(
    (key) => JSON.stringify(one[key as never]) !== JSON.stringify(another[key as never]),
  );
  const texts = fields.map((key) =>
    fieldText(session, context, key, (there as Record<string, unknown>)[key]),
  );
  return [...new Set(texts)].join('; ') || words.say('tabs_says_there');
}

/** What is only said on one side, so that what both say does not hide it. */
function overlayText(
  session: PlanSession,
  context: AppContext,
  patch: Extract<Patch, { kind: 'line' }>,
  side: Side,
): string {
  const other = patch[side === 'before' ? 'after' : 'before'];
  return statementsOfOverlay(session, patch.line, differing(patch[side], other))
    .map((one) => `${yearsText(one.from, one.to)} ${statementText(session, context, one)}`)
    .join('; ');
}

function differing(here: LineOverlay | null, there: LineOverlay | null): LineOverlay {
  const numbers = (part: 'values' | 'actuals') =>
    Object.fromEntries(
      Object.entries(here?.[part] ?? {}).filter(([period, value]) => there?.[part]?.[period] !== value),
    );
  const others = (there?.changes ?? []).map((one) => JSON.stringify(one));
  const isOther = JSON.stringify(here?.distribution) !== JSON.stringify(there?.distribution);
  return {
    values: numbers('values'),
    actuals: numbers('actuals'),
    changes: (here?.changes ?? []).filter((one) => !others.includes(JSON.stringify(one))),
    ...(here?.distribution && isOther && { distribution: here.distribution }),
  };
}

/** A field of a scenario or of an item of the plan: texts and numbers are told, the rest is only named as being there. */
function fieldText(session: PlanSession, context: AppContext, key: string, value: unknown): string {
  const { words } = context;
  if (value === undefined) return words.say('tabs_says_nothing');
  if (key === 'basedOn') return scenarioName(session, context, value as string);
  if (key === 'stack')
    return (value as NonNullable<ScenarioHead['stack']>)
      .map((id) => scenarioName(session, context, id))
      .join(' + ');
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const { zh, en } = value as { readonly zh?: unknown; readonly en?: unknown };
  if (typeof zh === 'string' && typeof en === 'string') return context.name({ zh, en });
  return words.say('tabs_says_details');
}

function lineName(session: PlanSession, context: AppContext, id: string): string {
  const line = session.line(id);
  return line ? context.name(line.name) : id;
}

function scenarioName(session: PlanSession, context: AppContext, id: string): string {
  const scenario = session.scenarios.find((one) => one.id === id);
  return scenario ? context.name(scenario.name) : id;
}
