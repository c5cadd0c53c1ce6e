/** Targets wanted at once and the drivers that may move for them, as a scaled landscape that solvers walk. */
import { isNumber, type Failure, type Value } from '#quantity';
import type { Scenario, Target } from '#plan';
import type { Engine } from '#engine';
import type { Cell } from '../cell.ts';
import type { Band, Landscape } from './constrained-search.ts';
import { buildLeverModel, numberOrFault, type LeverModel } from './lever-model.ts';
import { levelCell, type Lever } from '../lever.ts';
import { targetBand, type BareFigures, type TargetBand } from '../targets/target-band.ts';

/** A target that is wanted. */
export interface WantedTarget {
  readonly target: Target;
  /** How much a squared relative miss counts in a compromise; 1 where it is not given. */
  readonly weight?: number;
}

/** A driver that may move. */
export interface FreeDriver {
  readonly lever: Lever;
  /** How much its squared relative change counts; 1 where it is not given. */
  readonly weight?: number;
}

/** Which targets are wanted, and what may move for them. */
export interface Wish {
  readonly scenario: Scenario;
  /** Those that the scenario may build on. */
  readonly scenarios: readonly Scenario[];
  readonly targets: readonly WantedTarget[];
  readonly drivers: readonly FreeDriver[];
  /** Drivers that stay, but are looked at as a way out where the targets contradict each other. */
  readonly held?: readonly FreeDriver[];
  readonly bareFigures: BareFigures;
  /** Further cells: between which values they can lie while the targets are met. */
  readonly watch?: readonly Cell[];
}

/** A driver with what its change is measured against. */
export interface ScaledDriver extends FreeDriver {
  readonly weight: number;
  readonly present: number;
  /** A shift of this size is a relative change of 1. */
  readonly scale: number;
}

/** A target with the band that it is read as. */
export interface ScaledTarget extends WantedTarget {
  readonly weight: number;
  readonly band: TargetBand;
  /** A miss of this size is a relative miss of 1. */
  readonly scale: number;
}

/** A wish as a landscape: coordinates are relative changes of drivers; outputs the targets, then the watched cells. */
export interface WishLandscape extends Landscape {
  readonly drivers: readonly ScaledDriver[];
  readonly targets: readonly ScaledTarget[];
  readonly watched: readonly { readonly cell: Cell; readonly scale: number }[];
  /** One band a target, in the order of the targets; outputs are values over the scale. */
  readonly bands: readonly Band[];
  evaluations(): number;
  /** The first slope that has no number at a point, where there is one. */
  slopeFault(at: readonly number[]): { readonly fault: Failure; readonly cell: Cell } | undefined;
}

/** A driver near zero is measured against this part of its lever's range: 10 % of 0.1 % would be no move at all. */
const LEAST_SCALE = 0.1;

/** Some of a wish, as places in it: what a way out keeps, frees and looks at. */
export interface WishPart {
  readonly targets: readonly number[];
  /** Places among the drivers followed by the held ones. */
  readonly drivers: readonly number[];
  /** Places among the cells of the targets followed by the watched ones. */
  readonly watched: readonly number[];
}

/** The landscape of a part, or the first driver or cell that has no number in the scenario. */
export type BuiltLandscape =
  | { readonly ok: true; readonly landscape: WishLandscape }
  | { readonly ok: false; readonly fault: Failure; readonly cell: Cell };

/**
 * Builds a wish's levers and cells once and gives the landscapes of its parts, which share what is evaluated. Without a part
 * it is the wish as it stands, its held drivers where they are.
 *
 * Scaling: a driver's change is relative to its present level, but never to less than a tenth of its lever's range; a
 * target's miss is relative to its value, for a target of zero to where the line stands now.
 *
 * Fails: as the first driver or cell that has no number in the scenario.
 */
export function surveyWish(engine: Engine, wish: Wish): (part?: WishPart) => BuiltLandscape {
  const drivers = [...wish.drivers, ...(wish.held ?? [])];
  const cells: Cell[] = [
    ...wish.targets.map(({ target: { line, period } }) => ({ line, period })),
    ...(wish.watch ?? []),
  ];
  const levers = drivers.map(({ lever }) => lever);
  const model = remembering(buildLeverModel(engine, wish.scenario, wish.scenarios, levers, cells));
  const whole: WishPart = {
    targets: [...wish.targets.keys()],
    drivers: [...wish.drivers.keys()],
    watched: (wish.watch ?? []).map((_, index) => wish.targets.length + index),
  };
  return (part = whole) => {
    const outputs = [...part.targets, ...part.watched];
    return buildLandscape(engine, partOf(model, part.drivers, outputs), {
      ...wish,
      targets: pick(wish.targets, part.targets),
      drivers: pick(drivers, part.drivers),
      watch: pick(cells, part.watched),
    });
  };
}

/** The model of some of its levers and cells; the other levers stay. */
function partOf(model: LeverModel, levers: readonly number[], outputs: readonly number[]): LeverModel {
  const widened = (shifts: readonly number[]) => {
    const all = model.present.map(() => 0);
    levers.forEach((lever, index) => (all[lever] = shifts[index] as number));
    return all;
  };
  return {
    present: pick(model.present, levers),
    get evaluations() {
      return model.evaluations;
    },
    read: (shifts) => pick(model.read(widened(shifts)), outputs),
    slopes: (shifts) => pick(model.slopes(widened(shifts)), outputs).map((row) => pick(row, levers)),
  };
}

/** Searches for parts of a wish start from the same points again and again: what was evaluated there is kept. */
function remembering(model: LeverModel): LeverModel {
  const values = new Map<string, readonly Value[]>();
  const tangents = new Map<string, readonly (readonly Value[])[]>();
  return {
    present: model.present,
    get evaluations() {
      return model.evaluations;
    },
    read: (shifts) => remembered(values, shifts, () => model.read(shifts)),
    slopes: (shifts) => remembered(tangents, shifts, () => model.slopes(shifts)),
  };
}

function buildLandscape(engine: Engine, model: LeverModel, wish: Omit<Wish, 'held'>): BuiltLandscape {
  const levers = wish.drivers.map(({ lever }) => lever);
  const cells: Cell[] = [
    ...wish.targets.map(({ target: { line, period } }) => ({ line, period })),
    ...(wish.watch ?? []),
  ];
  // a lever that stands beyond its bounds starts at the bound
  const start = levers.map(({ min, max }, index) => {
    const present = model.present[index] ?? null;
    return isNumber(present) ? Math.min(max, Math.max(min, present)) - present : 0;
  });
  const now = model.read(start);
  const places = [...levers.map((lever) => levelCell(lever, engine.plan)), ...cells];
  for (const [index, value] of [...model.present, ...now].entries()) {
    const cell = places[index] as Cell;
    const read = numberOrFault(value, cell);
    if (!read.ok) return { ok: false, fault: read.fault, cell };
  }
  const numbers = numbersOf(now) as readonly number[];

  const drivers = wish.drivers.map((driver, index): ScaledDriver => {
    const present = model.present[index] as number;
    const { min, max } = driver.lever;
    const scale = Math.max(Math.abs(present), LEAST_SCALE * (max - min)) || 1;
    return { lever: driver.lever, weight: driver.weight ?? 1, present, scale };
  });
  const targets = wish.targets.map(({ target, weight = 1 }, index): ScaledTarget => {
    const band = targetBand(target, engine.unitOf(target.line), wish.bareFigures);
    return { target, weight, band, scale: sizeOf(target.value, numbers[index] as number) };
  });
  const watched = (wish.watch ?? []).map((cell, index) => ({
    cell,
    scale: sizeOf(numbers[targets.length + index] as number, 0),
  }));
  const scales = [...targets, ...watched].map(({ scale }) => scale);
  const shiftsAt = (at: readonly number[]) =>
    at.map((one, index) => one * (drivers[index] as ScaledDriver).scale);

  return {
    ok: true,
    landscape: {
      drivers,
      targets,
      watched,
      low: drivers.map(({ lever, present, scale }) => (lever.min - present) / scale),
      high: drivers.map(({ lever, present, scale }) => (lever.max - present) / scale),
      bands: targets.map(({ band, weight, scale }, output) => ({
        output,
        weight,
        low: band.low === undefined ? undefined : band.low / scale,
        high: band.high === undefined ? undefined : band.high / scale,
      })),
      evaluations: () => model.evaluations,
      slopeFault(at) {
        const rows = model.slopes(shiftsAt(at));
        for (const [output, cell] of cells.entries()) {
          for (const slope of rows[output] ?? []) {
            const read = numberOrFault(slope, cell);
            if (!read.ok) return { fault: read.fault, cell };
          }
        }
        return undefined;
      },
      read: (at) =>
        numbersOf(model.read(shiftsAt(at)))?.map((value, output) => value / (scales[output] as number)),
      slopes(at) {
        const rows = model.slopes(shiftsAt(at)).map(numbersOf);
        if (!rows.every((row) => row !== undefined)) return undefined;
        return rows.map((row, output) =>
          row.map(
            (slope, index) => (slope * (drivers[index] as ScaledDriver).scale) / (scales[output] as number),
          ),
        );
      },
    },
  };
}

function pick<T>(items: readonly T[], places: readonly number[]): T[] {
  return places.map((place) => items[place] as T);
}

function remembered<T>(memory: Map<string, T>, at: readonly number[], find: () => T): T {
  const key = at.join();
  if (!memory.has(key)) memory.set(key, find());
  return memory.get(key) as T;
}

/** The values as numbers; undefined where one is none. */
function numbersOf(values: readonly Value[]): readonly number[] | undefined {
  return values.every(isNumber) ? values : undefined;
}

function sizeOf(value: number, otherwise: number): number {
  return Math.abs(value) || Math.abs(otherwise) || 1;
}
