/** Records that the program cannot use, named for a person. */
import { spansOf, type LostPlan, type RecordSpan } from '#session';
import type { Words } from '#words';

/** So many spans of records are named one by one. */
const NAMED = 6;

function spanWords(words: Words, { kind, from, to }: RecordSpan): string {
  if (kind === 'view') return words.say('lost_record_view');
  if (kind === 'state') return words.say('lost_record_state', { revision: to });
  return from === to
    ? words.say('lost_record_change', { revision: from })
    : words.say('lost_record_changes', { from, to });
}

/** The changes and states that records are of, in one line. */
export function recordWords(words: Words, records: LostPlan['damaged']): string {
  const spans = spansOf(records);
  const named = spans.slice(0, NAMED).map((span) => spanWords(words, span));
  const others = spans.length - named.length;
  if (others > 0) named.push(words.say('lost_record_others', { count: others }));
  return named.join(words.say('lost_record_separator'));
}
