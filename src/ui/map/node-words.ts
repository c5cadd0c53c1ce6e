/** What a node of the map shows and says. */
import type { Value } from '#quantity';
import type { LogicMap, MapNode, PlanSession, ReachedLine } from '#session';
import { nameBeside } from '#words';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { inSentences } from '../_shared/sentences.ts';
import { STATUS_KEYS } from '../board/status-keys.ts';
import { amountsOf, tellingDecimals, valueReason, valueText } from '../questions/amounts.ts';

/** What speaks of the lines of a map. */
export interface NodeWords {
  readonly context: AppContext;
  readonly session: PlanSession;
  readonly map: LogicMap;
}

/** The number of a line as its node shows it, and its unit; the unit is empty where the number carries it. */
export function numberOf({ context, session, map }: NodeWords, line: string): { text: string; unit: string } {
  const unit = session.engine.unitOf(line);
  const value = map.value(line);
  const { level } = amountsOf(context, unit, session.line(line)?.decimals);
  return {
    text: valueText(value, level),
    unit: typeof value === 'number' ? nameBeside(unit, context.words) : '',
  };
}

/** How a line changes: old → new, with as many digits as tell them apart; the period too where it is another one. */
export function changeOf({ context, session, map }: NodeWords, change: ReachedLine): string {
  const unit = session.engine.unitOf(change.line);
  const decimals = session.line(change.line)?.decimals ?? 2;
  const numbers = typeof change.before === 'number' && typeof change.after === 'number';
  const telling = numbers
    ? tellingDecimals(Number(change.before), Number(change.after), unit, decimals)
    : decimals;
  const { level } = amountsOf(context, unit, telling);
  const [before, after] = [change.before, change.after].map((value) => valueText(value, level));
  const shown = `${before} → ${after}`;
  return change.period === map.period
    ? shown
    : context.words.say('map_change_in', { period: String(change.period), change: shown });
}

/** The name of a node. */
export function nameOf({ context, session }: NodeWords, node: MapNode): string {
  const { name } = node.line ?? session.plan.sections.find(({ id }) => id === node.section) ?? {};
  return name ? context.name(name) : node.id;
}

const KINDS = {
  driver: 'shell_kind_driver',
  result: 'shell_kind_result',
  figure: 'shell_kind_figure',
} as const;

/** All that a node shows, as one sentence for a screen reader. */
export function sentenceOf(words: NodeWords, node: MapNode): string {
  const { context, map } = words;
  const { say } = context.words;
  const name = nameOf(words, node);
  if (!node.line) return say('map_node_section', { name, count: node.lines.length });
  const { id } = node.line;
  const reached = map.reached.get(id);
  const target = map.targetOf(id);
  const counted = {
    reads: String(map.graph.reads.get(id)?.length ?? 0),
    readers: String(map.graph.readers.get(id)?.length ?? 0),
  };
  return inSentences(context.language, [
    say('map_node_line', { name, kind: say(KINDS[node.line.kind]) }),
    reached?.isReached
      ? say('map_node_changes', { change: changeOf(words, reached) })
      : say('map_node_value', { period: String(map.period), value: spokenValue(words, id) }),
    target
      ? say('map_node_target', {
          period: String(target.target.period),
          status: say(STATUS_KEYS[target.status]),
        })
      : '',
    map.graph.ownPast.has(id) ? say('map_node_own_past') : '',
    say('map_node_links', counted),
  ]);
}

function spokenValue(words: NodeWords, line: string): string {
  const { context, session, map } = words;
  const value: Value = map.value(line);
  const why = valueReason(context, value, (id) => {
    const found = session.line(id);
    return found ? context.name(found.name) : id;
  });
  if (why !== '') return why;
  if (value === null) return context.words.say('map_no_value');
  const { text, unit } = numberOf(words, line);
  return `${text} ${unit}`.trim();
}

/** How many lines of a step are named before the others are counted. */
const NAMED = 6;

/** What happens in the step that is shown, for the bar and for a screen reader. */
export function stepSentence(words: NodeWords): string {
  const { context, session, map } = words;
  const step = map.step;
  if (step === undefined) return '';
  const now = [...map.reached.values()].filter(({ isNow }) => isNow);
  const named = now.slice(0, NAMED).map((one) => {
    const line = session.line(one.line);
    return context.words.say('map_step_line', {
      name: line ? context.name(line.name) : one.line,
      change: changeOf(words, one),
    });
  });
  const { say } = context.words;
  return inSentences(context.language, [
    say('map_step_head', { step: String(step + 1), steps: String(map.steps.length) }),
    say('map_step_lines', { lines: named.join(say('map_step_comma')) }),
    now.length > NAMED ? say('map_step_more', { count: now.length - NAMED }) : '',
  ]);
}
