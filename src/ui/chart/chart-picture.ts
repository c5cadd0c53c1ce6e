/** What a chart of a line shows, as plain data: names, numbers as shown, tokens of colours. */
import type { LineCourse, PlanSession } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { scenarioToken } from '../scenario/scenario-colour.ts';

/** A point of a line. `y` is the number as shown: percent, not its fraction. */
export interface PicturePoint {
  readonly x: number;
  readonly y: number;
  /** Observed, and not calculated. */
  readonly isObserved?: boolean;
}

/** One target: a diamond, for a range with the whisker from `low` to `high`. */
export interface PictureTarget {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** A chart of a line. */
export interface ChartPicture {
  /** What is known before the first projected point. */
  readonly history: readonly PicturePoint[];
  /** Begins with the last point of the history; goes through the actuals that are known between projected points. */
  readonly projection: readonly PicturePoint[];
  /** The plan's own scenario; empty while it is the open one. */
  readonly plan: readonly PicturePoint[];
  readonly targets: readonly PictureTarget[];
  readonly names: { readonly projection: string; readonly plan: string; readonly target: string };
  /** Tokens: `--scenario-4`. */
  readonly colours: { readonly projection: string; readonly plan: string };
  readonly base: number;
  readonly first: number;
  readonly last: number;
  /** Rates have a free axis, amounts one from zero. */
  readonly isRate: boolean;
  /** All that the vertical axis has to span; empty when there is nothing to draw. */
  readonly numbers: readonly number[];
}

/** Draws up the picture of the line whose course this is; undefined when no line is selected. */
export function pictureOf(
  session: PlanSession,
  course: LineCourse,
  context: AppContext,
): ChartPicture | undefined {
  const { unit } = course;
  if (!course.line || !unit) return undefined;
  const points = course.points.flatMap(({ period, value, kind, origin }) =>
    typeof value === 'number'
      ? [{ x: period, y: value * unit.shown, kind, ...(origin && { isObserved: true }) }]
      : [],
  );
  const projected = points.findIndex((point) => point.kind === 'projected');
  const known = projected === -1 ? points.length : projected;
  const plan = course.planPoints.flatMap(({ period, value }) =>
    typeof value === 'number' ? [{ x: period, y: value * unit.shown }] : [],
  );
  const targets = course.targets.map(({ target }) => ({
    x: target.period,
    low: target.value * unit.shown,
    high: (target.upTo ?? target.value) * unit.shown,
  }));
  const { base, last } = session.plan.periods;
  const scenario = course.planScenario;
  return {
    history: points.slice(0, known),
    projection: projected === -1 ? [] : points.slice(Math.max(0, known - 1)),
    plan: plan.length > 1 ? plan : [],
    targets,
    names: {
      projection: context.name(session.scenario.name),
      plan: scenario ? context.name(scenario.name) : '',
      target: context.words.say('chart_target'),
    },
    colours: {
      projection: scenarioToken(session, session.scenario.id),
      plan: scenarioToken(session, scenario?.id ?? session.scenario.id),
    },
    base,
    first: Math.min(base, points[0]?.x ?? base),
    last,
    isRate: unit.shown !== 1,
    numbers: [...points, ...plan]
      .map((point) => point.y)
      .concat(targets.flatMap((target) => [target.low, target.high])),
  };
}
