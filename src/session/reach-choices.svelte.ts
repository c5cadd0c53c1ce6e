/** What a person has chosen for *what must be true*; it stays as long as the plan is open, however often it is looked at. */
import type { BareFigures, Cell } from '#analysis';

/** How a wanted figure is compared: as the plan prints it, or as the person says. */
export type AskedComparator = 'printed' | 'atLeast' | 'atMost' | 'exactly' | 'between';

/** What was said about one wanted figure; texts as typed, absent where nothing was. */
export interface WantedChoice {
  readonly comparator?: AskedComparator;
  readonly value?: string;
  readonly upTo?: string;
  readonly weight?: string;
}

/** What was said about one driver. */
export interface DriverChoice {
  readonly isFree?: boolean;
  readonly min?: string;
  readonly max?: string;
  readonly weight?: string;
}

/** Which drivers may move where nothing was said about one. */
export type DriverPreset = 'influential' | 'all' | 'none';

/** The choices of one session. */
export class ReachChoices {
  /** By place in the plan's list of targets: the chosen ones. */
  targets: ReadonlyMap<number, WantedChoice>;
  /** Figures that the plan sets no target for. */
  added = $state.raw<readonly (Cell & { readonly choice: WantedChoice })[]>([]);
  bareFigures = $state<BareFigures>('atLeast');
  preset = $state<DriverPreset>('influential');
  drivers = $state.raw<ReadonlyMap<string, DriverChoice>>(new Map());
  /** Undefined until figures to watch are chosen. */
  watched = $state.raw<readonly Cell[]>();

  constructor(targets: readonly number[]) {
    this.targets = $state.raw(new Map(targets.map((place) => [place, {}])));
  }
}
