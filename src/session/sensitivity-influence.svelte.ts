/** How strongly drivers move the subject and all targets, by the slopes of the formulas. */
import type { Unit, Value } from '#quantity';
import type { Line, Target } from '#plan';
import { drivers, type Cell, type DriverInfluence } from '#analysis';
import { Inquiry } from './inquiry.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import type { Subject } from './subject.svelte.ts';

/** A driver's influence on the subject. */
export interface ShownInfluence extends DriverInfluence {
  readonly driver: Line;
  readonly step: number;
  readonly unit: Unit;
  /** Where the driver stands in the last period. */
  readonly level: Value;
}

/** The influences on the subject. */
export interface ShownInfluences {
  readonly cell: Cell;
  /** The strongest step first; those that change nothing are in `idle`. */
  readonly rows: readonly ShownInfluence[];
  readonly idle: readonly Line[];
  /** The slope is that of the side taken. */
  readonly isOnKink: boolean;
  /** It moves in jumps, of which the slope does not tell. */
  readonly isInSteps: boolean;
  readonly isOutdated: boolean;
}

/** Elasticities of one target; one for each driver of the matrix. */
export interface MatrixRow {
  readonly target: Target;
  readonly line: Line;
  readonly elasticities: readonly Value[];
}

/** Every target by every driver. */
export interface ElasticityMatrix {
  readonly drivers: readonly Line[];
  readonly rows: readonly MatrixRow[];
  readonly isOutdated: boolean;
}

/** The influences of a session's drivers. */
export class InfluenceQuestion {
  readonly #session: PlanSession;
  readonly inquiry: Inquiry<'sensitivity'>;
  /** Asks about all targets by itself: on a large plan that may need more than the subject does. */
  readonly matrixInquiry: Inquiry<'elasticities'>;

  constructor(session: PlanSession, subject: Subject) {
    this.#session = session;
    const targets = session.plan.targets.map(({ line, period }): Cell => ({ line, period }));
    this.inquiry = new Inquiry(session, 'sensitivity', () => {
      const { cell } = subject;
      const { scenario, scenarios } = session;
      return cell && { scenario, scenarios, cells: [cell] };
    });
    this.matrixInquiry = new Inquiry(session, 'elasticities', () => {
      const { scenario, scenarios } = session;
      return targets.length > 0 && subject.cell ? { scenario, scenarios, cells: targets } : undefined;
    });
  }

  /** What was found last of the subject; undefined before the first answer. */
  readonly shown: ShownInfluences | undefined = $derived.by(() => {
    const { shown } = this.inquiry;
    const [found] = shown?.output.cells ?? [];
    if (!shown || !found) return undefined;
    const { engine, plan } = this.#session;
    const cell = { line: found.line, period: found.period };
    const rows = found.drivers.flatMap((one): ShownInfluence[] => {
      const driver = this.#session.line(one.line);
      if (!driver?.lever) return [];
      const level = this.#session.value(driver.id, plan.periods.last);
      return [{ ...one, driver, step: driver.lever.step, unit: engine.unitOf(driver.id), level }];
    });
    const isHere = (one: Cell) => one.line === cell.line && one.period === cell.period;
    return {
      cell,
      rows: rows.filter(({ slope }) => slope !== 0),
      idle: rows.filter(({ slope }) => slope === 0).map(({ driver }) => driver),
      isOnKink: shown.output.kinks.some(isHere),
      isInSteps: shown.output.steps.some(isHere),
      isOutdated: shown.isOutdated,
    };
  });

  /** Keeps both going, as often as answers come; for the effect of a component. */
  keepUp(): () => void {
    const ends = [this.inquiry.keepUp(), this.matrixInquiry.keepUp()];
    return () => ends.forEach((end) => end());
  }

  /** What was found last of all targets; undefined before the first answer and in a plan without targets. */
  readonly matrix: ElasticityMatrix | undefined = $derived.by(() => {
    const { shown } = this.matrixInquiry;
    if (!shown || this.#session.plan.targets.length === 0) return undefined;
    const columns = drivers(this.#session.plan);
    const rows = this.#session.plan.targets.flatMap((target, index): MatrixRow[] => {
      const line = this.#session.line(target.line);
      const found = shown.output.cells[index];
      if (!line || !found) return [];
      const byDriver = new Map(found.drivers.map((one) => [one.line, one.elasticity]));
      return [{ target, line, elasticities: columns.map(({ id }) => byDriver.get(id) ?? null) }];
    });
    return { drivers: columns, rows, isOutdated: shown.isOutdated };
  });
}
