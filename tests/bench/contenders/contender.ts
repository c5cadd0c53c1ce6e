/** What every contender does, so that all are timed alike. */
import type { Workload } from '../workloads.ts';

/** A driver and its value in all periods but the first. */
export interface DriverChange {
  readonly driver: number;
  readonly value: number;
}

/** A workload that has been calculated. */
export interface Model {
  /** Gives drivers other values, and calculates what follows from that, once. */
  change(changes: readonly DriverChange[]): void;
  /** All values, line by line, each from the first period to the last. */
  values(): Float64Array;
}

/** A program that calculates plans. */
export interface Contender {
  readonly name: string;
  /** Loads what it needs; not timed. */
  load?(): Promise<void>;
  /** Writes the workload as the document that the contender opens; not timed. */
  spell(workload: Workload): unknown;
  /** From the document to first values. */
  build(document: unknown): Model;
}
