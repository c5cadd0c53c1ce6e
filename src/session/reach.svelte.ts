/**
 * What must be true: chosen targets and the drivers that may move for them, asked as one question whenever either changes.
 * Where the question is not complete there is no answer instead of one to another question.
 */
import { untrack } from 'svelte';
import { isNumber, roundTo, type Unit, type Value } from '#quantity';
import type { Line, Target } from '#plan';
import { layersOf } from '#engine';
import {
  drivers,
  findKinship,
  targetBand,
  type BareFigures,
  type Cell,
  type Feasibility,
  type FreeDriver,
  type Kinship,
  type MovedDriver,
  type TargetBand,
  type TargetStatus,
  type Wish,
} from '#analysis';
import { Inquiry } from './inquiry.svelte.ts';
import type { LeverMove } from './lever-moves.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import {
  ReachChoices,
  type AskedComparator,
  type DriverChoice,
  type DriverPreset,
  type WantedChoice,
} from './reach-choices.svelte.ts';
import { readDriver, readWanted, type ReadDriver, type ReadWanted } from './reach-entry.ts';
import { findSets, openingTargets, type OfferedTarget, type TargetSet } from './target-sets.ts';
import { watchedAtFirst } from './watched-figures.ts';

/** A figure that is wanted. */
export interface WantedFigure extends ReadWanted, Cell {
  /** Names it among the wanted ones. */
  readonly key: string;
  readonly of: Line;
  readonly unit: Unit;
  readonly comparator: AskedComparator;
  readonly choice: WantedChoice;
  /** The plan's own target; undefined for a figure that was added. */
  readonly printed: Target | undefined;
  readonly present: Value;
  /** What it is read as; undefined while it cannot be. */
  readonly band: TargetBand | undefined;
}

/** A driver that may move, or is held. */
export interface ReachDriver extends ReadDriver {
  readonly line: Line;
  readonly unit: Unit;
  readonly isFree: boolean;
  readonly choice: DriverChoice;
  readonly present: Value;
  /** Whether the periods after the base differ, so that each moves by the same amount. */
  readonly isVarying: boolean;
}

/** What was found, with the question that it answers. */
export interface ReachAnswer {
  readonly wish: Wish;
  /** The keys of the wanted figures, in the order of the wish. */
  readonly keys: readonly string[];
  readonly found: Feasibility;
  readonly isOutdated: boolean;
}

/** Why there is no question. */
export type ReachGap = 'moving' | 'problem' | 'no_targets' | 'no_drivers';

/** Relative changes up to this are what the search rounds: the driver stays. */
const STAYS = 1e-9;

const known = new WeakMap<PlanSession, ReachChoices>();

function choicesOf(session: PlanSession, opening: () => readonly number[]): ReachChoices {
  const choices = known.get(session) ?? new ReachChoices(opening());
  known.set(session, choices);
  return choices;
}

/** The question of a session; what was chosen outlives it. */
export class Reach {
  readonly #session: PlanSession;
  readonly #choices: ReachChoices;
  readonly #keys = new WeakMap<Wish, readonly string[]>();
  /** Keep it going with `$effect(() => reach.inquiry.follow())`. */
  readonly inquiry: Inquiry<'leastChange'>;

  constructor(session: PlanSession) {
    this.#session = session;
    this.#choices = untrack(() => choicesOf(session, () => this.#opening()));
    this.inquiry = new Inquiry(session, 'leastChange', () => this.#wish);
  }

  // what is wanted

  readonly #formulas: string = $derived.by(() =>
    layersOf(this.#session.scenario, this.#session.scenarios)
      .flatMap((layer) => (layer.changes ?? []).flatMap((one) => ('formula' in one ? [one] : [])))
      .map(({ line, formula }) => `${line} ${formula}`)
      .join('\n'),
  );

  /** Found anew only when a scenario brings other formulas, not with every movement of a lever. */
  readonly #kinship: Kinship = $derived.by(() => {
    void this.#formulas;
    return untrack(() => {
      const { engine, scenario, scenarios } = this.#session;
      return findKinship(engine, layersOf(scenario, scenarios));
    });
  });

  readonly offered: readonly OfferedTarget[] = $derived.by(() =>
    this.#session.targets.map(({ target, status }, place) => ({
      ...this.#offer(target, status, place),
      isChosen: this.#choices.targets.has(place),
    })),
  );

  /** Sets of targets to choose at once: missed, all, by section, and those that a target's own sources have. */
  readonly sets: readonly TargetSet[] = $derived.by(() =>
    findSets(this.#session.plan, this.offered, this.#kinship),
  );

  readonly wanted: readonly WantedFigure[] = $derived.by(() => {
    const { engine, plan } = this.#session;
    const figure = (key: string, cell: Cell, choice: WantedChoice, printed?: Target): WantedFigure => {
      const unit = engine.unitOf(cell.line);
      const present = this.#session.value(cell.line, cell.period);
      const read = readWanted(cell, choice, unit, printed);
      return {
        ...cell,
        ...read,
        band: read.target && targetBand(read.target, unit, this.bareFigures),
        key,
        unit,
        choice,
        printed,
        present,
        of: this.#session.line(cell.line) as Line,
        comparator: choice.comparator ?? (printed ? 'printed' : 'atLeast'),
      };
    };
    const chosen = [...this.#choices.targets].toSorted(([a], [b]) => a - b);
    return [
      ...chosen.flatMap(([place, choice]) => {
        const target = plan.targets[place];
        const cell = target && { line: target.line, period: target.period };
        return cell ? [figure(`target:${place}`, cell, choice, target)] : [];
      }),
      ...this.#choices.added.map(({ choice, ...cell }) =>
        figure(`added:${cell.line}@${cell.period}`, cell, choice),
      ),
    ];
  });

  /** How bare figures are read. */
  get bareFigures(): BareFigures {
    return this.#choices.bareFigures;
  }

  readBareFigures(as: BareFigures): void {
    this.#choices.bareFigures = as;
  }

  /** Chooses these targets and no others; what was said about one that stays chosen is kept. */
  chooseTargets(places: readonly number[]): void {
    const { targets } = this.#choices;
    this.#choices.targets = new Map(places.map((place) => [place, targets.get(place) ?? {}]));
    this.#choices.added = [];
  }

  chooseTarget(place: number, isChosen: boolean): void {
    const next = new Map(this.#choices.targets);
    if (isChosen) next.set(place, next.get(place) ?? {});
    else next.delete(place);
    this.#choices.targets = next;
  }

  /** Wants a figure that the plan sets no target for; where it does, that target is chosen. */
  want(cell: Cell): void {
    const place = this.#session.plan.targets.findIndex(
      ({ line, period }) => line === cell.line && period === cell.period,
    );
    const { added } = this.#choices;
    if (place >= 0) this.chooseTarget(place, true);
    else if (!added.some(({ line, period }) => line === cell.line && period === cell.period)) {
      const value = this.#shownValue(cell);
      this.#choices.added = [...added, { line: cell.line, period: cell.period, choice: { value } }];
    }
  }

  /** Wants a figure no more. */
  leaveOut(key: string): void {
    if (key.startsWith('target:')) this.chooseTarget(placeOf(key), false);
    else this.#choices.added = this.#choices.added.filter((one) => keyOf(one) !== key);
  }

  /** Takes what was said about a wanted figure; undefined takes a word back. */
  say(key: string, said: { [K in keyof WantedChoice]: WantedChoice[K] | undefined }): void {
    const merged = (choice: WantedChoice): WantedChoice => withoutGaps({ ...choice, ...said });
    if (key.startsWith('target:')) {
      const place = placeOf(key);
      this.#choices.targets = new Map(this.#choices.targets).set(
        place,
        merged(this.#choices.targets.get(place) ?? {}),
      );
    } else {
      this.#choices.added = this.#choices.added.map((one) =>
        keyOf(one) === key ? { ...one, choice: merged(one.choice) } : one,
      );
    }
  }

  // what may move

  readonly #influential: ReadonlySet<string> = $derived.by(
    () => new Set(this.wanted.flatMap(({ line }) => [...(this.#kinship.get(line) ?? [])])),
  );

  /** The drivers that are free, and those that would have an influence but are held. */
  readonly drivers: readonly ReachDriver[] = $derived.by(() => {
    const { plan, engine, periods } = this.#session;
    const ahead = periods.filter((period) => period > plan.periods.base);
    return drivers(plan).flatMap((line): ReachDriver[] => {
      const choice = this.#choices.drivers.get(line.id) ?? {};
      const isInfluential = this.#influential.has(line.id);
      const { preset } = this.#choices;
      const isFree = choice.isFree ?? (preset === 'all' || (preset === 'influential' && isInfluential));
      if (!isFree && !isInfluential) return [];
      const unit = engine.unitOf(line.id);
      const values = ahead.map((period) => this.#session.value(line.id, period));
      return [
        {
          line,
          unit,
          isFree,
          choice,
          present: values.at(-1) ?? null,
          isVarying: values.some((value) => value !== values[0]),
          ...readDriver(line.id, choice, unit, line.lever),
        },
      ];
    });
  });

  get preset(): DriverPreset {
    return this.#choices.preset;
  }

  /** Lets all drivers move, or those with an influence, or none; what was said about single ones in this is taken back. */
  choosePreset(preset: DriverPreset): void {
    this.#choices.preset = preset;
    this.#choices.drivers = new Map(
      [...this.#choices.drivers].map(([line, { isFree: _, ...choice }]) => [line, choice]),
    );
  }

  /** Takes what was said about a driver; undefined takes a word back. */
  sayDriver(line: string, said: { [K in keyof DriverChoice]: DriverChoice[K] | undefined }): void {
    const next: DriverChoice = withoutGaps({ ...this.#choices.drivers.get(line), ...said });
    this.#choices.drivers = new Map(this.#choices.drivers).set(line, next);
  }

  // what is watched

  /** Figures whose range is looked for while the targets hold: the chosen ones, else what leads from drivers to targets. */
  readonly watched: readonly Cell[] = $derived.by(() => {
    const { plan } = this.#session;
    const isWanted = ({ line, period }: Cell) =>
      this.wanted.some((one) => one.line === line && one.period === period);
    if (this.#choices.watched) return this.#choices.watched.filter((cell) => !isWanted(cell));
    const period = this.wanted[0]?.period ?? plan.periods.last;
    const free = this.drivers.filter(({ isFree }) => isFree).map(({ line }) => line.id);
    const fits = (cell: Cell) => !isWanted(cell) && isNumber(this.#session.value(cell.line, cell.period));
    return watchedAtFirst(plan, this.#kinship, { among: this.#influential, free, period, fits });
  });

  watch(cell: Cell): void {
    const rest = this.watched.filter((one) => one.line !== cell.line || one.period !== cell.period);
    this.#choices.watched = [...rest, cell];
  }

  unwatch(cell: Cell): void {
    this.#choices.watched = this.watched.filter(
      (one) => one.line !== cell.line || one.period !== cell.period,
    );
  }

  // the answer

  /** Why nothing is asked; undefined while something is. */
  readonly gap: ReachGap | undefined = $derived.by(() => {
    if (this.#session.isMovingLever) return 'moving';
    if (this.wanted.length === 0) return 'no_targets';
    const free = this.drivers.filter(({ isFree }) => isFree);
    if (free.length === 0) return 'no_drivers';
    const isClear = this.wanted.every(({ target }) => target) && free.every(({ free: one }) => one);
    return isClear ? undefined : 'problem';
  });

  readonly #wish: Wish | undefined = $derived.by(() => {
    const { scenario, scenarios } = this.#session;
    void this.#session.recalculations;
    if (this.gap !== undefined) return undefined;
    const driversWhere = (isFree: boolean) =>
      this.drivers.flatMap((one): FreeDriver[] => (one.isFree === isFree && one.free ? [one.free] : []));
    const wish: Wish = {
      scenario,
      scenarios,
      targets: this.wanted.flatMap(({ target, weight }) =>
        target ? [{ target, ...(weight !== undefined && { weight }) }] : [],
      ),
      drivers: driversWhere(true),
      held: driversWhere(false),
      bareFigures: this.bareFigures,
      watch: this.watched,
    };
    this.#keys.set(
      wish,
      this.wanted.map(({ key }) => key),
    );
    return wish;
  });

  /** What was found; of inputs of before only where nothing newer is known yet. */
  readonly answer: ReachAnswer | undefined = $derived.by(() => {
    const wish = this.inquiry.answered;
    const found = this.inquiry.answer ?? this.inquiry.outdated;
    if (!wish || !found) return undefined;
    return {
      wish,
      keys: this.#keys.get(wish) ?? [],
      found,
      isOutdated: this.inquiry.answer === undefined,
    };
  });

  /** Moves drivers to where an answer puts them, as one edit. */
  apply(moved: readonly MovedDriver[]): void {
    const varying = new Set(this.drivers.filter((one) => one.isVarying).map(({ line }) => line.id));
    const moves = moved
      .filter(({ relativeChange }) => Math.abs(relativeChange) > STAYS)
      .map(({ lever: { line }, level, shift }): LeverMove =>
        varying.has(line) ? { line, by: shift } : { line, level },
      );
    this.#session.moveLevers(moves);
  }

  /** Takes a way out into the question: leaves targets out, by their places in the answer's wish. */
  drop({ keys }: ReachAnswer, places: readonly number[]): void {
    for (const place of places) {
      const key = keys[place];
      if (key !== undefined) this.leaveOut(key);
    }
  }

  // how it is done

  /** What a cell is worth now, as it would be typed; empty where it has no number. */
  #shownValue({ line, period }: Cell): string {
    const value = this.#session.value(line, period);
    const { shown } = this.#session.engine.unitOf(line);
    return isNumber(value) ? String(roundTo(value * shown, this.#session.line(line)?.decimals ?? 2)) : '';
  }

  #opening(): readonly number[] {
    const { plan, targets } = this.#session;
    const offered = targets.map(({ target, status }, place) => this.#offer(target, status, place));
    return openingTargets(plan, offered, this.#kinship);
  }

  #offer(target: Target, status: TargetStatus, place: number): Omit<OfferedTarget, 'isChosen'> {
    return { place, target, status, line: this.#session.line(target.line) as Line };
  }
}

function keyOf({ line, period }: Cell): string {
  return `added:${line}@${period}`;
}

function placeOf(key: string): number {
  return Number(key.slice('target:'.length));
}

/** A choice without the words that were taken back. */
function withoutGaps<T extends object>(choice: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined)) as T;
}
