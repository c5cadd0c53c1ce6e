/** What the tip of a cell says: the full name, where a figure comes from, why a cell has no number. */
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { decidedBy, placeOf, whyFailed } from './decided-by.ts';
import type { GridController } from './grid-controller.ts';

/** Says what the cell itself has no room for. */
export function cellTip(controller: GridController, app: AppContext, row: number, column: number): string {
  const { session, view, shown } = controller;
  const at = shown.rows[row];
  const over = shown.columns[column];
  if (at?.kind !== 'line' || !over) return '';
  const { line } = at;
  const result = session.targets.findLast(({ target }) => target.line === line.id);
  switch (over.kind) {
    case 'name':
      return [app.name(line.name), line.note && app.name(line.note)].filter(Boolean).join('\n');
    case 'period': {
      if (view.refusedAt(line.id, over.period)) return '';
      return whyFailed(session, app, line.id, over.period) ?? decidedBy(session, app, line.id, over.period);
    }
    case 'target': {
      if (!result) return '';
      const { asPrinted, source } = result.target;
      return app.words.say('grid_target_printed', {
        printed: asPrinted,
        place: placeOf(session, app, source),
      });
    }
    case 'status': {
      const key = {
        met: 'status_met',
        atRisk: 'status_at_risk',
        missed: 'status_missed',
        unknown: 'status_unknown',
      } as const;
      return result ? app.words.say(key[result.status]) : '';
    }
    case 'trend':
      return app.words.say('grid_trend_scale');
    case 'unit':
      return '';
  }
}
