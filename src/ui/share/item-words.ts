/** What an item of a scenario says, in the words of the open plan. */
import type { DifferenceRow, ScenarioItem } from '#exchange';
import { statementsOfItem, type PlanSession } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { statementText } from '../scenario/statement-words.ts';

const PLAIN = { text: '', dimension: {}, scale: 1, shown: 1 } as const;

function lineName(session: PlanSession, context: AppContext, id: string): string {
  const line = session.line(id);
  return line ? context.name(line.name) : id;
}

/** Names what a row is about. */
export function rowName(session: PlanSession, context: AppContext, row: DifferenceRow): string {
  const { words } = context;
  const item = row.after ?? row.before;
  if (item === null) return '';
  switch (item.kind) {
    case 'name':
      return words.say('arrival_item_name');
    case 'note':
      return words.say('arrival_item_note');
    case 'bases':
      return words.say('arrival_item_bases');
    case 'correlation': {
      const [a, b] = item.lines;
      return words.say('arrival_item_pair', {
        a: lineName(session, context, a),
        b: lineName(session, context, b),
      });
    }
    default:
      return lineName(session, context, item.line);
  }
}

/** Says one side of a row; `nameOf` names scenarios, the arriving ones too. */
export function itemText(
  session: PlanSession,
  context: AppContext,
  item: ScenarioItem | null,
  nameOf: (scenario: string) => string,
): string {
  if (item === null) return context.words.say('arrival_none');
  switch (item.kind) {
    case 'name':
      return context.name(item.name);
    case 'note':
      return context.name(item.note);
    case 'bases': {
      const ids = [...item.stack, ...(item.basedOn === undefined ? [] : [item.basedOn])];
      return ids.length === 0 ? context.words.say('arrival_none') : ids.map(nameOf).join(' + ');
    }
    case 'correlation':
      return context.number(item.rank, PLAIN, { signed: true });
    default:
      return statementsOfItem(session, item)
        .map((statement) => {
          const text = statementText(session, context, statement);
          const { from, to } = statement;
          // changes of one stretch may have spans of their own
          const isOneSpan = item.kind !== 'changes' || item.changes.length === 1;
          return isOneSpan ? text : `${text} (${from === to ? from : `${from}–${to}`})`;
        })
        .join('; ');
  }
}
