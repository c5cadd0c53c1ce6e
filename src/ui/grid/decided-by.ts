/** Who decides a cell, in words: the document, an actual, a scenario, a formula. */
import { failureSentence, withUnit } from '#words';
import type { Base } from '#engine';
import type { Figure, Source } from '#plan';
import { shownDistribution, type PlanSession } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';

/** Says where a printed figure stands. */
export function placeOf(session: PlanSession, app: AppContext, source: Source): string {
  if ('section' in source) return source.section;
  const table = session.plan.tables.find(({ id }) => id === source.table);
  const name = table ? app.name(table.name) : source.table;
  return app.words.say('grid_place', { table: name, row: source.row, column: source.column });
}

function figureSentence(session: PlanSession, app: AppContext, figure: Figure): string {
  const { words } = app;
  const note = figure.note ? app.name(figure.note) : '';
  if (figure.origin === 'derived') return words.say('grid_decided_derived', { note });
  if (figure.origin === 'assumed') return words.say('grid_decided_assumed', { note });
  const place = figure.source ? placeOf(session, app, figure.source) : '';
  return words.say('grid_decided_printed', { printed: figure.asPrinted ?? '', place });
}

/** The name of a scenario for its reader. */
export function scenarioName(session: PlanSession, app: AppContext, id: string): string {
  const found = session.scenarios.find((one) => one.id === id);
  return found ? app.name(found.name) : id;
}

/** Says which actuals a scenario's own value covers: what was observed should not vanish unseen. */
function coveredActual(session: PlanSession, app: AppContext, line: string, period: number): string[] {
  const unit = session.engine.unitOf(line);
  return session.conflicts
    .filter((one) => one.line === line && one.from <= period && period <= one.to)
    .flatMap(({ covered }) => covered.filter(({ kind }) => kind === 'actual'))
    .flatMap(({ scenario: id }) => {
      const scenario = session.scenarios.find((one) => one.id === id);
      const value = scenario?.actuals?.[line]?.[String(period)];
      if (!scenario || value === undefined) return [];
      const shown = withUnit(app.number(value, unit), unit, app.words);
      return [app.words.say('override_covers_actual', { scenario: app.name(scenario.name), value: shown })];
    });
}

/** Says what decides a cell before scenarios change it. */
export function decisionSentence(session: PlanSession, app: AppContext, base: Base): string {
  const { words } = app;
  switch (base.kind) {
    case 'figure':
      return figureSentence(session, app, base.figure);
    case 'actual':
      return words.say('grid_decided_actual', { scenario: scenarioName(session, app, base.scenario) });
    case 'override':
      return words.say('grid_decided_override', { scenario: scenarioName(session, app, base.scenario) });
    case 'formula':
      return base.scenario === undefined
        ? words.say('grid_decided_formula')
        : words.say('grid_decided_formula_in', { scenario: scenarioName(session, app, base.scenario) });
    case 'missing':
      return words.say('grid_decided_missing');
  }
}

/** Says between which values a driver is uncertain after the base, as one would type it. */
function uncertainty(session: PlanSession, app: AppContext, line: string, period: number): string[] {
  if (period <= session.plan.periods.base) return [];
  const text = shownDistribution(session, line, app.language);
  return text === undefined ? [] : [app.words.say('grid_uncertain', { text })];
}

/** Says what decides a cell, and which scenarios change the result. */
export function decidedBy(session: PlanSession, app: AppContext, line: string, period: number): string {
  const rule = session.rule(line, period);
  if (!rule) return '';
  const { base, transforms } = rule;
  const decided = decisionSentence(session, app, base);
  const beside = [...coveredActual(session, app, line, period), ...uncertainty(session, app, line, period)];
  const last = transforms.at(-1);
  if (!last) return [decided, ...beside].join('\n');
  const changed = app.words.say('grid_decided_changed', {
    decided,
    scenario: scenarioName(session, app, last.scenario),
  });
  return [changed, ...beside].join('\n');
}

/** Says why a cell has no number; undefined when it has one, or none to have. */
export function whyFailed(
  session: PlanSession,
  app: AppContext,
  line: string,
  period: number,
): string | undefined {
  const value = session.value(line, period);
  if (value === null || typeof value === 'number') return undefined;
  const nameOf = (id: string) => {
    const known = session.line(id);
    return known ? app.name(known.name) : id;
  };
  return failureSentence(app.words, value, nameOf);
}
