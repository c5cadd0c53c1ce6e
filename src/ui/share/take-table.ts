/** Taking a table in: one gesture, said with how to take it back. */
import type { TableArrival } from '#session';
import type { Words } from '#words';
import type { Notices } from '../_shared/notices.svelte.ts';

/** Takes the numbers into the open scenario, leaves the dialog and says so. */
export function takeTable(arrival: TableArrival, words: Words, notices: Notices, onclose: () => void): void {
  const { actuals, values } = arrival.counts;
  const { session } = arrival;
  arrival.take();
  onclose();
  notices.show({
    kind: 'done',
    what: words.say('arrival_table_taken', { count: actuals + values }),
    action: { label: words.say('undo'), run: () => session.undo() },
  });
}
