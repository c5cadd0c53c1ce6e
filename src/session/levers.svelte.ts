/** The levers of the open plan: where each driver stands, where the plan, the trend and the document put it. */
import type { Value } from '#quantity';
import { changedLines, type Line } from '#plan';
import { drivers } from '#analysis';
import type { Notch } from './bearings.ts';
import type { PlanSession } from './plan-session.svelte.ts';

/** One lever. Values in stored units: a percent is its fraction. */
export interface Lever {
  readonly line: Line;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The level in the last period. */
  readonly value: Value;
  /** Whether the forecast periods differ from each other, so that one number does not tell all. */
  readonly varies: boolean;
  readonly isChanged: boolean;
  readonly notches: readonly Notch[];
}

/** The levers of a session. */
export class Levers {
  readonly #session: PlanSession;
  /** What was given last: a lever that stands where it stood is the same object, so that nobody looks at it again. */
  #last: readonly Seen[] = [];

  constructor(session: PlanSession) {
    this.#session = session;
  }

  readonly #lines = $derived.by(() => drivers(this.#session.plan));

  readonly all: readonly Lever[] = $derived.by(() => {
    const { plan, scenario, notches } = this.#session;
    const start = plan.periods.base + 1 - plan.periods.first;
    const changed = new Set(this.#session.isOwn(scenario.id) ? changedLines(scenario) : []);
    this.#last = this.#lines.map((line, index): Seen => {
      const seen = {
        line,
        series: this.#session.series(line.id),
        isChanged: changed.has(line.id),
        notches: notches.get(line.id) ?? NO_NOTCHES,
      };
      const last = this.#last[index];
      const isSame =
        last?.line === line &&
        last.series === seen.series &&
        last.isChanged === seen.isChanged &&
        last.notches === seen.notches;
      return isSame ? last : { ...seen, lever: leverOf(seen, start, last) };
    });
    return this.#last.map(({ lever }) => lever);
  });
}

/** What a lever was made of. */
interface Seen {
  readonly line: Lever['line'] & { readonly lever: Pick<Lever, 'min' | 'max' | 'step'> };
  readonly series: readonly Value[];
  readonly isChanged: boolean;
  readonly notches: readonly Notch[];
  readonly lever: Lever;
}

const NO_NOTCHES: readonly Notch[] = [];

function leverOf(
  { line, series, isChanged, notches }: Omit<Seen, 'lever'>,
  start: number,
  last: Seen | undefined,
): Lever {
  const value = series.length > start ? (series.at(-1) ?? null) : null;
  let varies = false;
  for (let at = start + 1; at < series.length && !varies; at += 1) varies = series[at] !== series[start];
  const known = last?.lever;
  const isSame =
    last?.line === line &&
    last.isChanged === isChanged &&
    last.notches === notches &&
    known?.value === value &&
    known.varies === varies;
  return isSame ? known : { line, ...line.lever, value, varies, isChanged, notches };
}
