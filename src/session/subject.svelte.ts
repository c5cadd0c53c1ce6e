/** The figure that questions are about: the selected one, or what becomes of its line when the selected one is history. */
import type { Unit, Value } from '#quantity';
import type { Line, Target } from '#plan';
import type { Cell } from '#analysis';
import type { PlanSession } from './plan-session.svelte.ts';

/** The subject of a session's questions. */
export class Subject {
  readonly #session: PlanSession;
  readonly #hasDefault: boolean;

  /** `hasDefault`: where nothing is selected it is about the plan's first target, so that a view opens with an answer. */
  constructor(session: PlanSession, hasDefault = false) {
    this.#session = session;
    this.#hasDefault = hasDefault;
  }

  /** What is selected, or stands in for it. */
  readonly #chosen: Cell | undefined = $derived.by(() => {
    const { selection, plan } = this.#session;
    if (selection || !this.#hasDefault) return selection;
    const [target] = plan.targets;
    const result = plan.lines.find(({ kind }) => kind === 'result');
    return target ?? (result && { line: result.id, period: plan.periods.last });
  });

  readonly line: Line | undefined = $derived.by(() => {
    return this.#chosen && this.#session.line(this.#chosen.line);
  });

  /** A cell after the base: the selected one; else its line's target, else the last period. */
  readonly cell: Cell | undefined = $derived.by(() => {
    const { plan } = this.#session;
    const { line } = this;
    if (!this.#chosen || !line) return undefined;
    if (this.#chosen.period > plan.periods.base) return { line: line.id, period: this.#chosen.period };
    const target = plan.targets.find((one) => one.line === line.id);
    return { line: line.id, period: target?.period ?? plan.periods.last };
  });

  readonly target: Target | undefined = $derived.by(() =>
    this.#session.plan.targets.find(
      ({ line, period }) => line === this.cell?.line && period === this.cell.period,
    ),
  );

  readonly unit: Unit | undefined = $derived.by(() => this.line && this.#session.engine.unitOf(this.line.id));

  /** What the cell is worth now. */
  readonly present: Value = $derived.by(() =>
    this.cell ? this.#session.value(this.cell.line, this.cell.period) : null,
  );
}
