/** By what a person takes the bearings of a plan: its own first scenario, and where it, the trend and the document put each driver. */
import { isNumber } from '#quantity';
import { linesById, type Turns } from '#plan';
import { drivers } from '#analysis';
import type { Calculation, CompiledLines, Engine } from '#engine';

/** A mark on a lever's track, in stored units. */
export interface Notch {
  readonly kind: 'plan' | 'trend' | 'stated';
  readonly value: number;
}

/** What is found of a plan once: its shipped scenarios never change. */
export interface Bearings {
  /** What the plan's first scenario is worth; undefined where it has none. */
  readonly planned: Calculation | undefined;
  /** Marks at the last period, by driver. */
  readonly notches: ReadonlyMap<string, readonly Notch[]>;
}

/** Finds the bearings of a plan in turns; with `lines` by compiled lines. */
export function* findBearings(engine: Engine, lines: CompiledLines | undefined): Turns<Bearings> {
  const { plan } = engine;
  const [first] = plan.scenarios;
  const planned = first && (yield* engine.calculateInTurns(first, plan.scenarios, lines));
  const calculations: { readonly kind: 'plan' | 'trend'; readonly calculation: Calculation }[] = [];
  for (const kind of ['plan', 'trend'] as const) {
    const scenario = plan.scenarios.find((one) => one.id === kind);
    if (!scenario) continue;
    const calculation =
      planned && scenario === first
        ? planned
        : yield* engine.calculateInTurns(scenario, plan.scenarios, lines);
    calculations.push({ kind, calculation });
  }
  return { planned, notches: notchesOf(engine, calculations) };
}

function notchesOf(
  { plan }: Engine,
  calculations: readonly { readonly kind: 'plan' | 'trend'; readonly calculation: Calculation }[],
): Bearings['notches'] {
  const { base, last } = plan.periods;
  const planned = calculations.find(({ kind }) => kind === 'plan')?.calculation;
  return new Map(
    drivers(plan).map(({ id, drives }) => {
      const notches: Notch[] = calculations.flatMap(({ kind, calculation }) => {
        const value = calculation.value(id, last);
        return isNumber(value) ? [{ kind, value }] : [];
      });
      const driven = drives === undefined ? undefined : linesById(plan).get(drives);
      const stated = driven?.stated?.find(({ kind, from }) => kind === 'growth' && from === base);
      if (driven && stated && planned && setsGrowth(planned, id, driven.id, last)) {
        notches.push({ kind: 'stated', value: stated.value });
      }
      return [id, notches] as const;
    }),
  );
}

/** Two rates that are the same number but for the dust of binary fractions. */
const SAME_RATE = 1e-9;

/** Whether a driver is the growth of the line that it drives, and not a share, a margin or a pace. */
function setsGrowth(calculation: Calculation, driver: string, driven: string, period: number): boolean {
  const rate = calculation.value(driver, period);
  const [before, after] = [calculation.value(driven, period - 1), calculation.value(driven, period)];
  if (!isNumber(rate) || !isNumber(before) || !isNumber(after) || before === 0) return false;
  return Math.abs(after / before - 1 - rate) < SAME_RATE;
}
