/**
 * The model under a learner's hands: a session of its own on the open plan, with one scenario, kept nowhere. The person's
 * own scenarios are not in it, so that nothing of a lesson can touch them.
 */
import { isNumber } from '#quantity';
import { NO_HISTORY, type Scenario } from '#plan';
import type { StepLever } from '#analysis';
import { Levers, type Lever } from './levers.svelte.ts';
import { PlanSession } from './plan-session.svelte.ts';
import type { SessionParts } from './session-parts.ts';

/** A level that was asked for and lies beyond what the step allows; the bound was taken instead. */
export interface HeldBack {
  readonly line: string;
  readonly side: 'low' | 'high';
  /** Unit: of the line, percent as fraction. */
  readonly bound: number;
}

/** What a practice is opened with; the store is one that ends with the page. */
export type PracticeParts = Omit<SessionParts, 'kept' | 'scenarioWord'>;

/** What is looked at first. */
export interface FirstLook {
  readonly line: string;
  readonly period: number;
}

/** A session for one step of a lesson. */
export class Practice extends PlanSession {
  readonly #bounds: readonly StepLever[];
  #heldBack = $state.raw<HeldBack>();

  constructor(parts: PracticeParts, scenario: Scenario, bounds: readonly StepLever[], look?: FirstLook) {
    super({
      ...parts,
      scenarioWord: scenario.name,
      kept: {
        scenarios: [scenario],
        history: NO_HISTORY,
        revision: 0,
        entries: 0,
        view: { scenario: scenario.id, ...look, foldedSections: [] },
      },
    });
    this.#bounds = bounds;
  }

  /** The last level that was beyond the step's limits; undefined since a level within them. */
  get heldBack(): HeldBack | undefined {
    return this.#heldBack;
  }

  /** Moves a lever within the step's limits; a lever that the step does not give stays where it is. */
  override moveLever(line: string, level: number, isDragging = false): void {
    const lever = this.#bounds.find((one) => one.line === line);
    if (!lever) return;
    const { min, max } = lever;
    const bound = Math.min(max, Math.max(min, level));
    this.#heldBack = bound === level ? undefined : { line, bound, side: level < min ? 'low' : 'high' };
    super.moveLever(line, bound, isDragging);
  }

  readonly #all = new Levers(this);

  /** The levers that are live, in the step's order and within its limits. */
  readonly levers: readonly Lever[] = $derived.by(() =>
    this.#bounds.flatMap(({ line: id, min, max, step }): Lever[] => {
      const known = this.#all.all.find(({ line }) => line.id === id);
      const notches = (known?.notches ?? []).filter(({ value }) => value >= min && value <= max);
      if (known) return [{ ...known, min, max, step, notches }];
      const line = this.line(id);
      if (!line) return [];
      const { base } = this.plan.periods;
      const values = this.periods.filter((period) => period > base).map((one) => this.value(id, one));
      const value = values.at(-1) ?? null;
      const varies = values.some((one) => isNumber(one) && one !== value);
      return [{ line, min, max, step, value, varies, isChanged: this.overlay(id) !== null, notches: [] }];
    }),
  );
}
