/** A question that several contenders answer. */
import type { Outcome } from '../table.ts';

/** Takes a number by its name, and values that are compared with those of the first contender. */
export interface Teller {
  number(phase: string, number: number): void;
  values(phase: string, values: Float64Array): void;
}

export interface Question {
  readonly name: string;
  readonly contenders: readonly string[];
  /** How near values have to be, relatively. */
  readonly agreement: number;
  /** One contender's part. */
  run(who: string, tell: Teller): Promise<void>;
  print(outcomes: readonly Outcome[], limitSeconds: number): string;
}
