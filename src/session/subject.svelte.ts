/** The figure that questions are about: the selected one, or what becomes of its line when the selected one is history. */
import type { Unit, Value } from '#quantity';
import type { Line, Target } from '#plan';
import type { Cell } from '#analysis';
import type { PlanSession } from './plan-session.svelte.ts';

/** The subject of a session's questions. */
export class Subject {
  readonly #session: PlanSession;

  constructor(session: PlanSession) {
    this.#session = session;
  }

  readonly line: Line | undefined = $derived.by(() => {
    const { selection } = this.#session;
    return selection && this.#session.line(selection.line);
  });

  /** A cell after the base: the selected one; else its line's target, else the last period. */
  readonly cell: Cell | undefined = $derived.by(() => {
    const { selection, plan } = this.#session;
    const { line } = this;
    if (!selection || !line) return undefined;
    if (selection.period > plan.periods.base) return { line: line.id, period: selection.period };
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
