/** How far a guess is off, which wrong way led to it, and whether what was pointed at is a fault. */
import { PLAIN, isFailure, isNumber, parseUnit, type Unit, type Value } from '#quantity';
import type { LessonGuess, LessonStep } from '#plan';
import type { Calculation, Engine } from '#engine';
import { evaluateAlone, type ConditionProblem } from './predicate.ts';

type PredictStep = Extract<LessonStep, { kind: 'predict' }>;
type FindStep = Extract<LessonStep, { kind: 'find' }>;

/** What the model says where a learner guesses. Unit: values as stored, percent as fraction. */
export interface GuessTruth {
  readonly unit: Unit;
  /** Decimals to show, in the unit as shown; absent: as the line has them. */
  readonly decimals?: number;
  /** One for a number, one a period for a course. */
  readonly points: readonly { readonly period: number; readonly value: Value }[];
  /** Why a formula gives no number. */
  readonly problem?: ConditionProblem;
}

/** Reads what a guess is about in a calculation: that of the moment *revealed* of the step. */
export function guessTruth(engine: Engine, calculation: Calculation, guess: LessonGuess): GuessTruth {
  const { plan } = engine;
  if (guess.of === 'formula') {
    const { value, problem } = evaluateAlone(engine, calculation, guess.formula);
    return {
      unit: parseUnit(guess.unit) ?? PLAIN,
      ...(guess.decimals !== undefined && { decimals: guess.decimals }),
      points: [{ period: plan.periods.last, value }],
      ...(problem && { problem }),
    };
  }
  const decimals = plan.lines.find(({ id }) => id === guess.line)?.decimals;
  const [from, to] = guess.of === 'number' ? [guess.period, guess.period] : [guess.from, guess.to];
  return {
    unit: engine.unitOf(guess.line),
    ...(decimals !== undefined && { decimals }),
    points: Array.from({ length: to - from + 1 }, (_, index) => ({
      period: from + index,
      value: calculation.value(guess.line, from + index),
    })),
  };
}

/** A guess beside what the model says. */
export interface GuessResult {
  /** unknown: the model has no number to compare with. */
  readonly answer: 'right' | 'wrong' | 'unknown';
  /** The largest difference as a share of the largest true number; infinite where that is zero or a point is not given. */
  readonly off: number;
  /** Whether the guess lies above the model, below it, on it, or on both sides. */
  readonly side: 'high' | 'low' | 'same' | 'both';
  readonly points: readonly {
    readonly period: number;
    readonly given: number | null;
    readonly value: Value;
    /** Guess minus model; missing without two numbers. */
    readonly difference: number | null;
  }[];
}

/** Compares a guess with the model, point by point in the order of the truth; `given` in stored units, null for no answer. */
export function judgeGuess(
  truth: GuessTruth,
  given: readonly (number | null)[],
  within: number,
): GuessResult {
  const points = truth.points.map(({ period, value }, index) => {
    const one = given[index] ?? null;
    return { period, given: one, value, difference: one !== null && isNumber(value) ? one - value : null };
  });
  // a year without an observation is not asked; one that fails cannot be
  const asked = points.filter(({ value }) => isNumber(value));
  const differences = asked.map(({ difference }) => difference ?? Infinity);
  const largest = Math.max(0, ...asked.map(({ value }) => (isNumber(value) ? Math.abs(value) : 0)));
  const farthest = Math.max(0, ...differences.map(Math.abs));
  const off = farthest === 0 ? 0 : farthest / largest;
  const isUnknown = asked.length === 0 || points.some(({ value }) => isFailure(value));
  return {
    answer: isUnknown ? 'unknown' : off <= within ? 'right' : 'wrong',
    off,
    side: sideOf(asked.map(({ difference }) => difference ?? 0)),
    points,
  };
}

function sideOf(differences: readonly number[]): GuessResult['side'] {
  const isHigh = differences.some((one) => one > 0);
  const isLow = differences.some((one) => one < 0);
  if (isHigh && isLow) return 'both';
  return isHigh ? 'high' : isLow ? 'low' : 'same';
}

/**
 * Finds the wrong way that gives the number that was guessed, in the calculation before the reveal: the nearest, when it is
 * nearer than the truth. Missing: undefined where none is within the step's bound of the guess.
 */
export function findMistake(
  engine: Engine,
  before: Calculation,
  step: PredictStep,
  given: number,
  truth: Value,
): NonNullable<PredictStep['mistakes']>[number] | undefined {
  let nearest: { mistake: NonNullable<PredictStep['mistakes']>[number]; far: number } | undefined;
  for (const mistake of step.mistakes ?? []) {
    const { value } = evaluateAlone(engine, before, mistake.formula);
    if (!isNumber(value)) continue;
    const far = Math.abs(given - value);
    if (far > Math.abs(value) * step.within || (isNumber(truth) && far >= Math.abs(given - truth))) continue;
    if (!nearest || far < nearest.far) nearest = { mistake, far };
  }
  return nearest?.mistake;
}

/** What was pointed at: a fault by its place in the step's list, the right line in the wrong year, or nothing. */
export type Pointed =
  { readonly hit: 'fault' | 'line'; readonly fault: number } | { readonly hit: 'nothing' };

/** Judges what was pointed at; a line without a period is enough where the fault is of the whole line. */
export function judgePoint(
  step: FindStep,
  at: { readonly line: string; readonly period?: number | undefined },
): Pointed {
  const isHit = ({ line, period }: FindStep['faults'][number]) =>
    line === at.line && (period === undefined || period === at.period);
  const fault = step.faults.findIndex(isHit);
  if (fault >= 0) return { hit: 'fault', fault };
  const line = step.faults.findIndex((one) => one.line === at.line);
  return line >= 0 ? { hit: 'line', fault: line } : { hit: 'nothing' };
}
