/** What a book of scenarios is opened with, and what it tells of what stood before an edit. */
import type { History, Localized, Plan, Scenario } from '#plan';
import type { Made, Told } from './work.ts';

/** What a book of scenarios is opened with. */
export interface BookParts {
  readonly plan: Plan;
  readonly own: readonly Scenario[];
  readonly history: History;
  /** The scenario to open; the first where it is not there. */
  readonly open: string | undefined;
  readonly now: () => number;
  /** The word for a new scenario. */
  readonly scenarioWord: Localized;
  /** Makes what goes behind the id of a new scenario, another each time. */
  readonly originMark: () => string;
  /** Told of every gesture, undo and redo, to keep it. */
  readonly keep: (made: Made) => void;
  /** Told of what could not be taken back, since another tab has gone on with it. */
  readonly tell: (told: readonly Told[]) => void;
  /** Told when the open scenario, or what it builds on, is another; `isPassing` while an edit is only tried. */
  readonly changed: (isPassing: boolean) => void;
  /** Told when other tabs have changed something. */
  readonly followed: () => void;
}

/** What stood before the last edit. */
export interface FormerScenarios {
  /** The open scenario as it was; where the edit began it, the one that it builds on. */
  readonly scenario: Scenario;
  readonly scenarios: readonly Scenario[];
  /** The same object as long as the edit is the same. */
  readonly edit: object;
  /** Whether the edit is only tried yet. */
  readonly isTrial: boolean;
}
