/** Where a target stands in a scenario: projected, gap, status, and the growth that it needs from the last actual. */
import { isNumber, printedDecimals, roundTo, type Unit, type Value } from '#quantity';
import { hasPeriod, type Periods, type Plan, type Target } from '#plan';
import type { Calculation, Engine } from '#engine';

/** met · atRisk: met, but missed when its most influential driver worsens by one step · missed · unknown: no number to compare. */
export type TargetStatus = 'met' | 'atRisk' | 'missed' | 'unknown';

/** One target in one scenario. Values in the unit of the line, percent as fraction. */
export interface TargetResult {
  readonly target: Target;
  readonly projected: Value;
  readonly status: TargetStatus;
  /** Projected minus target; outside of a range the distance to its nearer end, inside 0. Missing without a number. */
  readonly gap: number | null;
  /** Compound growth a year from the last actual to the target; missing for ratios, zero or negative values. */
  readonly requiredGrowth: number | null;
  /** Change a year from the last actual to the target, in the unit of the line. */
  readonly requiredChange: number | null;
  /** The last period with an observed figure or an actual before the target's. */
  readonly lastActual: number | null;
  /** The first period after the last actual in which the target's condition holds. */
  readonly reached: number | null;
  /** The driver whose step of one lever step moves the projection most, where it was looked for. */
  readonly mostInfluential?: string;
}

/** The decimals of the stored value that the printed target shows: `1.5左右` in a percent line is 3. */
export function targetDecimals(target: Target, unit: Unit): number {
  if (target.precision !== undefined) return Math.round(-Math.log10(target.precision));
  return printedDecimals(target.asPrinted) + Math.round(Math.log10(unit.shown));
}

/** Tells whether a projected number fulfils a target, at its printed precision. */
export function isMet(target: Target, projected: number, unit: Unit): boolean {
  const decimals = targetDecimals(target, unit);
  const slack = target.direction === 'near' ? (target.tolerance ?? 0) : 0;
  const low = target.value - slack;
  const high = (target.upTo ?? target.value) + slack;
  const isHighEnough = target.direction === 'atMost' || isAtLeast(projected, low, decimals);
  const isLowEnough = target.direction === 'atLeast' || isAtLeast(-projected, -high, decimals);
  return isHighEnough && isLowEnough;
}

/** Compares after rounding both at `decimals`, which only matters within one printed digit of the bound. */
function isAtLeast(value: number, bound: number, decimals: number): boolean {
  if (value >= bound) return true;
  return value > bound - 10 ** -decimals && roundTo(value, decimals) >= roundTo(bound, decimals);
}

function gapOf(target: Target, projected: number): number {
  const high = target.upTo ?? target.value;
  if (target.upTo === undefined) return projected - target.value;
  if (projected < target.value) return projected - target.value;
  return projected > high ? projected - high : 0;
}

/** The last period up to the target's in which the line was observed. */
function lastActualOf(calculation: Calculation, periods: Periods, target: Target): number | null {
  for (let period = target.period - 1; hasPeriod(periods, period); period -= 1) {
    const kind = calculation.rule(target.line, period)?.base.kind;
    if ((kind === 'figure' || kind === 'actual') && isNumber(calculation.value(target.line, period)))
      return period;
  }
  return null;
}

/** Compares one target with a calculation; `atRisk` is not looked for here. */
export function targetResult(engine: Engine, calculation: Calculation, target: Target): TargetResult {
  const { periods } = engine.plan;
  const unit = engine.unitOf(target.line);
  const projected = calculation.value(target.line, target.period);
  const lastActual = lastActualOf(calculation, periods, target);
  const start = lastActual === null ? null : calculation.value(target.line, lastActual);
  const years = lastActual === null ? 0 : target.period - lastActual;
  const canGrow = unit.shown === 1 && isNumber(start) && start > 0 && target.value > 0 && years > 0;
  let reached: number | null = null;
  for (
    let period = (lastActual ?? periods.base) + 1;
    hasPeriod(periods, period) && reached === null;
    period += 1
  ) {
    const value = calculation.value(target.line, period);
    if (isNumber(value) && isMet(target, value, unit)) reached = period;
  }
  return {
    target,
    projected,
    status: isNumber(projected) ? (isMet(target, projected, unit) ? 'met' : 'missed') : 'unknown',
    gap: isNumber(projected) ? gapOf(target, projected) : null,
    requiredGrowth: canGrow ? (target.value / start) ** (1 / years) - 1 : null,
    requiredChange: isNumber(start) && years > 0 ? (target.value - start) / years : null,
    lastActual,
    reached,
  };
}

/** Compares all targets of a plan with a calculation; `atRisk` is not looked for. */
export function targetResults(engine: Engine, calculation: Calculation): TargetResult[] {
  return engine.plan.targets.map((target) => targetResult(engine, calculation, target));
}

/** The lines with a lever. */
export function drivers(plan: Plan) {
  return plan.lines.flatMap((line) =>
    line.kind === 'driver' && line.lever ? [{ ...line, lever: line.lever }] : [],
  );
}
