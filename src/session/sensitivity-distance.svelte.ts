/** How far each driver alone must move until the subject's target is just met, or lost. */
import type { Unit } from '#quantity';
import type { Line } from '#plan';
import type { DriverDistance, TargetDistance } from '#analysis';
import { isSteadyDriver, shiftDrivers } from './driver-shifts.ts';
import { Inquiry } from './inquiry.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import type { Subject } from './subject.svelte.ts';

/** A driver's way to the target. */
export interface ShownDistance extends DriverDistance {
  readonly driver: Line;
  readonly unit: Unit;
  /** False where its periods differ, so that all of them move together. */
  readonly isSteady: boolean;
}

/** The ways to the target. */
export interface ShownDistances extends Omit<TargetDistance, 'drivers'> {
  readonly rows: readonly ShownDistance[];
  readonly isOutdated: boolean;
}

/** The distances to the target of a session's subject. */
export class DistanceQuestion {
  readonly #session: PlanSession;
  readonly inquiry: Inquiry<'distance'>;

  constructor(session: PlanSession, subject: Subject) {
    this.#session = session;
    this.inquiry = new Inquiry(session, 'distance', () => {
      const { target } = subject;
      const { scenario, scenarios } = session;
      return target && { scenario, scenarios, targets: [target] };
    });
  }

  /** What was found last; undefined before the first answer. */
  readonly shown: ShownDistances | undefined = $derived.by(() => {
    const { shown } = this.inquiry;
    const [found] = shown?.output ?? [];
    if (!shown || !found) return undefined;
    const { engine } = this.#session;
    const rows = found.drivers.flatMap((one): ShownDistance[] => {
      const driver = this.#session.line(one.line);
      if (!driver) return [];
      const isSteady = isSteadyDriver(this.#session, driver.id);
      return [{ ...one, driver, unit: engine.unitOf(driver.id), isSteady }];
    });
    return { ...found, rows, isOutdated: shown.isOutdated };
  });

  /** Moves a driver by what was found for it, as one edit; nothing while what is shown belongs to inputs of before. */
  apply({ line, answer }: DriverDistance): void {
    if (answer.kind !== 'found' || !this.shown || this.shown.isOutdated) return;
    shiftDrivers(this.#session, [{ line, shift: answer.shift }]);
  }
}
