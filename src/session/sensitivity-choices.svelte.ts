/** What a person has chosen in the sensitivity view; it stays as long as the plan is open. */
import type { Cell } from '#analysis';
import type { PlanSession } from './plan-session.svelte.ts';

/** The parts of the view, one of them open. */
export type SensitivityPart = 'tornado' | 'influence' | 'distance' | 'table';

/** From where to where a driver is moved. Unit: of its line. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/** What a table is made of; what is not chosen is found for the figure that it is about. */
export interface TableChoice {
  readonly isTwoWay: boolean;
  /** Along the picture's lower edge. */
  readonly across?: string;
  /** Along its left edge. */
  readonly up?: string;
  /** Levels of a driver. */
  readonly size: number;
  /** What a table of one driver shows: chosen figures, or the figure over the periods. */
  readonly shows: 'figures' | 'periods';
  /** Figures beside the subject. */
  readonly figures: readonly Cell[];
}

/** Levels of a driver that are offered: as many steps between them as divide round ends into round levels. */
export const TABLE_SIZES: readonly number[] = [11, 21, 51, 101, 200];

const FIRST_SIZE = 51;

/** The choices of a session. */
export class SensitivityChoices {
  part = $state<SensitivityPart>('tornado');
  /** Ranges of the tornado that were typed, by driver. */
  ranges = $state.raw<ReadonlyMap<string, Ends>>(new Map());
  areAllBarsShown = $state(false);
  table = $state.raw<TableChoice>({
    isTwoWay: true,
    size: FIRST_SIZE,
    shows: 'figures',
    figures: [],
  });
  /** Ranges of the tables' axes that were typed, by driver. */
  axes = $state.raw<ReadonlyMap<string, Ends>>(new Map());

  /** Gives a driver of the tornado its range; undefined gives back the one that was found. */
  setRange(line: string, ends: Ends | undefined): void {
    this.ranges = withEnds(this.ranges, line, ends);
  }

  /** Gives an axis its range; undefined gives back the ends of the lever. */
  setAxis(line: string, ends: Ends | undefined): void {
    this.axes = withEnds(this.axes, line, ends);
  }
}

function withEnds(all: ReadonlyMap<string, Ends>, line: string, ends: Ends | undefined): Map<string, Ends> {
  const next = new Map(all);
  if (ends) next.set(line, ends);
  else next.delete(line);
  return next;
}

const known = new WeakMap<PlanSession, SensitivityChoices>();

/** The choices of a session, the same object every time. */
export function sensitivityChoicesOf(session: PlanSession): SensitivityChoices {
  const choices = known.get(session) ?? new SensitivityChoices();
  known.set(session, choices);
  return choices;
}
