/** What the session of a plan is built from. */
import type { History, Localized, Plan, Scenario, Turns } from '#plan';
import type { Engine } from '#engine';
import type { PlanStore, TabChannel, ViewState } from '#storage';
import type { Analyst } from './inquiry.svelte.ts';
import type { BegunProjection } from './begun-projection.ts';
import type { WorkCare } from './work-care.svelte.ts';

/**
 * Does work in turns when the hand has rested, `restMs` long where that is said; gives a way to call it off, also between two
 * turns.
 */
export type Later = (work: () => Turns<void>, restMs?: number) => () => void;

/** What a session is opened with. */
export interface SessionParts {
  readonly engine: Engine;
  readonly store: PlanStore;
  /** Runs what takes too long for the page's own thread. */
  readonly analyst: Analyst;
  /** The person's own scenarios and history as kept, replayed. */
  readonly kept: {
    readonly scenarios: readonly Scenario[];
    readonly history: History;
    readonly revision: number;
    readonly entries: number;
    readonly view: ViewState | undefined;
    /** The plan with what was edited in it, the one of the engine; absent where the plan is not the person's own. */
    readonly plan?: Plan;
    /** The scenarios that a person begins with, before anything is kept; none where it is absent. */
    readonly start?: readonly Scenario[];
  };
  /** How tabs tell each other of their edits; without it a tab looks when it is asked to. */
  readonly channel?: TabChannel | undefined;
  /** What is done for the work beside saving it; without it only the journal is kept. */
  readonly care?: WorkCare | undefined;
  /** What the scenario that is opened was calculated to already. */
  readonly begun?: BegunProjection;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly later: Later;
  /** The word for a new scenario: 试算, Trial. */
  readonly scenarioWord: Localized;
  /** Makes what goes behind the id of a new scenario, another each time: it tells it from others' of that number. */
  readonly originMark: () => string;
}
