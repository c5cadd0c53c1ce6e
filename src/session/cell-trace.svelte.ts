/** The selected cell's inputs and dependents in the grid: which they are, and a walk along them by keyboard, with a way back. */
import { hasPeriod } from '#plan';
import { dependentsOf, explainCell } from '#engine';
import { oneOfSession } from './one-of-session.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import type { GridCell } from './grid-view.svelte.ts';

/** input: the selected cell reads it · dependent: it reads the selected cell · both: in a loop. */
export type Trace = 'input' | 'dependent' | 'both';

/** Which way a walk goes. */
export type TraceWay = 'input' | 'dependent';

/** One step of a walk. */
export interface TraceStep {
  readonly way: TraceWay;
  readonly from: GridCell;
  /** All that one could have gone to, in the order of the formula or of the plan; empty where there is nothing. */
  readonly among: readonly GridCell[];
  /** Where one is among them. */
  readonly index: number;
}

/** The trace in one session. */
class CellTrace {
  readonly #session: PlanSession;
  #steps = $state.raw<readonly TraceStep[]>([]);

  constructor(session: PlanSession) {
    this.#session = session;
  }

  /** What each cell is to the selected one, by `line period`; those that are nothing to it are not in it. */
  readonly marks: ReadonlyMap<string, Trace> = $derived.by(() => {
    const marks = new Map<string, Trace>();
    const { selection } = this.#session;
    if (!selection) return marks;
    for (const { line, period } of this.#find('input', selection)) marks.set(`${line} ${period}`, 'input');
    for (const { line, period } of this.#find('dependent', selection)) {
      const key = `${line} ${period}`;
      marks.set(key, marks.has(key) ? 'both' : 'dependent');
    }
    return marks;
  });

  /** The step that led to the selected cell, or that found nothing there; undefined where one came another way. */
  readonly step: TraceStep | undefined = $derived.by(() => {
    const last = this.#steps.at(-1);
    const { selection } = this.#session;
    const at = last && (last.among[last.index] ?? last.from);
    return at && selection && at.line === selection.line && at.period === selection.period ? last : undefined;
  });

  /** Goes to the first input or dependent of the selected cell. */
  walk(way: TraceWay): void {
    const { selection } = this.#session;
    if (!selection) return;
    const before = this.step ? this.#steps.filter(({ among }) => among.length > 0) : [];
    const from = { line: selection.line, period: selection.period };
    this.#take([...before, { way, from, among: this.#find(way, from), index: 0 }]);
  }

  /** Goes to the next (1) or the one before (−1) of those that one came to, round and round. */
  turn(by: 1 | -1): void {
    const { step } = this;
    if (!step || step.among.length === 0) return;
    const index = (step.index + by + step.among.length) % step.among.length;
    this.#take([...this.#steps.slice(0, -1), { ...step, index }]);
  }

  /** Goes back to the cell that one came from. */
  back(): void {
    const { step } = this;
    if (!step) return;
    this.#steps = this.#steps.slice(0, -1);
    this.#session.select(step.from.line, step.from.period);
  }

  #take(steps: readonly TraceStep[]): void {
    this.#steps = steps;
    const last = steps.at(-1);
    const to = last?.among[last.index];
    if (to) this.#session.select(to.line, to.period);
  }

  #find(way: TraceWay, { line, period }: GridCell): readonly GridCell[] {
    const { explained, plan } = this.#session;
    if (way === 'dependent') return dependentsOf(plan, explained.calculation, line, period);
    const { inputs } = explainCell(explained, line, period);
    return inputs.filter((one) => hasPeriod(plan.periods, one.period));
  }
}

/** The trace that belongs to a session: the same one for every component. */
export const cellTraceOf = oneOfSession((session: PlanSession) => new CellTrace(session));
