/** What an audit says, for a reader of the page. */
import type { PlanSession } from '#session';
import { auditTeller, type AuditTeller } from '#words';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { placeOf } from '../grid/decided-by.ts';

/** The sentences of an audit in the language of the page. */
export function auditWords(session: PlanSession, context: AppContext): AuditTeller {
  return auditTeller({
    words: context.words,
    name: (line) => {
      const known = session.line(line);
      return known ? context.name(known.name) : line;
    },
    unitOf: (line) => session.engine.unitOf(line),
    number: (value, unit, how) => context.number(value, unit, how),
    place: (source) => placeOf(session, context, source),
  });
}
