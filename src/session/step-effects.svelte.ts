/**
 * What one lever step of each driver does to one cell of the open scenario. On a plan of usual size it is found at once, so
 * that nothing waits for it; on a large one it is asked off the page's thread.
 */
import { untrack } from 'svelte';
import { finish } from '#engine';
import { tryLeverSteps, type Cell, type StepEffects } from '#analysis';
import { Inquiry } from './inquiry.svelte.ts';
import { isTriedAtOnce } from './tried-at-once.ts';
import type { PlanSession } from './plan-session.svelte.ts';

/** Each place of the page that asks has a kind of its own, so that one does not end what the other asks. */
type StepKind = 'leverSteps' | 'tableSteps';

/** The effects on a cell, kept up with the inputs. Keep it going with `$effect(() => steps.inquiry.follow())`. */
export class StepsOnCell {
  readonly #session: PlanSession;
  readonly #cell: () => Cell | undefined;
  readonly #isSmall: boolean = $derived.by(() => isTriedAtOnce(this.#session.plan));
  /** Runs on a large plan; on others nothing is asked. */
  readonly inquiry: Inquiry<StepKind>;
  #newest: { readonly cell: Cell; readonly effects: StepEffects } | undefined;

  constructor(session: PlanSession, kind: StepKind, cell: () => Cell | undefined) {
    this.#session = session;
    this.#cell = cell;
    this.inquiry = new Inquiry<StepKind>(session, kind, () => {
      const asked = cell();
      if (!asked || this.#isSmall || session.isMovingLever) return undefined;
      void session.recalculations;
      return { scenario: session.scenario, scenarios: session.scenarios, cell: asked };
    });
  }

  /**
   * The effects; those of before where a lever moves or the new ones are not there yet, since an order that changes with
   * every movement would only flicker. Undefined where nothing has been found for this cell.
   */
  readonly found: StepEffects | undefined = $derived.by(() => {
    const cell = this.#cell();
    if (!cell) return undefined;
    if (!this.#isSmall) {
      const { shown } = this.inquiry;
      return shown && isSameCell(shown.input.cell, cell) ? shown.output : undefined;
    }
    const { isMovingLever } = this.#session;
    if (!isMovingLever) void this.#session.recalculations;
    if (!isMovingLever || !this.#newest || !isSameCell(this.#newest.cell, cell))
      this.#newest = { cell, effects: untrack(() => this.#findAtOnce(cell)) };
    return this.#newest.effects;
  });

  #findAtOnce(cell: Cell): StepEffects {
    const { engine, scenario, scenarios, compiledLines } = this.#session;
    return finish(tryLeverSteps(engine, { scenario, scenarios, cell }, compiledLines));
  }
}

function isSameCell(a: Cell, b: Cell): boolean {
  return a.line === b.line && a.period === b.period;
}
