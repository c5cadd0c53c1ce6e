/** What a learner is to guess, and what was typed for it. */
import { PLAIN, parseNumber, parseUnit, type NumberProblemCode, type Problem, type Unit } from '#quantity';
import type { LessonGuess } from '#plan';
import type { Engine } from '#engine';

/** What is asked for, without the answer. Unit: of the line or the formula. */
export interface Asked {
  readonly unit: Unit;
  /** Decimals of the number as shown; absent: as many as it has. */
  readonly decimals?: number;
  /** One for a number; every year of a course. */
  readonly periods: readonly number[];
  /** The line that is guessed; absent for a formula. */
  readonly line?: string;
}

/** Tells what a guess asks for. */
export function askedBy(engine: Engine, guess: LessonGuess): Asked {
  const { plan } = engine;
  if (guess.of === 'formula') {
    return {
      unit: parseUnit(guess.unit) ?? PLAIN,
      ...(guess.decimals !== undefined && { decimals: guess.decimals }),
      periods: [plan.periods.last],
    };
  }
  const decimals = plan.lines.find(({ id }) => id === guess.line)?.decimals;
  const [from, to] = guess.of === 'number' ? [guess.period, guess.period] : [guess.from, guess.to];
  return {
    unit: engine.unitOf(guess.line),
    ...(decimals !== undefined && { decimals }),
    periods: Array.from({ length: to - from + 1 }, (_, index) => from + index),
    line: guess.line,
  };
}

/** Reads a typed guess: a sign decides, else the number is in the unit that stands beside the field, so 8 is 8 %. */
export function readGuess(text: string, unit: Unit): number | Problem<NumberProblemCode> {
  const value = parseNumber(text);
  if (typeof value !== 'number' || unit.shown === 1 || /[%％‰]/.test(text)) return value;
  return value / unit.shown;
}
