/**
 * The intermediate form of a line's formula: straight-line instructions over registers, with blocks where only one side
 * may be evaluated.
 *
 * It differs from the expression tree: names are line numbers, functions are resolved, lazy functions are branches,
 * factors between units are explicit, and disguises such as YOY are gone. Plain data but for the functions it calls.
 */
import type { FailureCode, FailureReason, Value } from '#quantity';
import type { BinaryOperator, PlainFunction, Takes } from '#formula';

/** Where a value is read, as index into the periods or as lag from the one being calculated. */
export type At =
  { readonly kind: 'lag'; readonly by: number } | { readonly kind: 'index'; readonly index: number };

/** Number of a register of the code it stands in. */
export type Register = number;

/** Instructions and the register that then holds the result. */
export interface Block {
  readonly instructions: readonly Instruction[];
  readonly result: Register;
}

export type Instruction = { readonly to: Register } & (
  | { readonly op: 'value'; readonly value: Value }
  | { readonly op: 'load'; readonly line: number; readonly at: At }
  /** All values of a line between two periods, as a list. */
  | { readonly op: 'span'; readonly line: number; readonly first: At; readonly last: At }
  | { readonly op: 'list'; readonly items: readonly Register[] }
  /** The calendar number of a period. */
  | { readonly op: 'period'; readonly at: At }
  | { readonly op: 'negate' | 'not' | 'isBlank'; readonly of: Register }
  /** A factor between units, of a value or of each item of a list. */
  | { readonly op: 'scale'; readonly of: Register; readonly by: number }
  | {
      readonly op: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Register;
      readonly right: Register;
    }
  | {
      readonly op: 'call';
      readonly spec: PlainFunction;
      readonly args: readonly (Register | undefined)[];
      /** What each argument is taken as. */
      readonly takes: readonly (Takes | undefined)[];
    }
  | { readonly op: 'branch'; readonly test: Register; readonly then: Block; readonly otherwise: Block }
  /** Evaluates `attempt`; where that fails, `instead`. */
  | { readonly op: 'rescue'; readonly attempt: Block; readonly instead: Block }
  | { readonly op: 'fail'; readonly code: FailureCode; readonly reason: FailureReason }
);

/** What a code reads of a line: which line and from which periods. */
export interface Dependency {
  readonly line: number;
  readonly first: At;
  readonly last: At;
}

/** A compiled formula. */
export interface Code extends Block {
  /** Number of registers. */
  readonly registers: number;
  /** Everything that it may read, taken branches or not. */
  readonly dependencies: readonly Dependency[];
}

/** The index into the periods that `at` means when index `now` is calculated; may lie outside. */
export function indexAt(at: At, now: number): number {
  return at.kind === 'lag' ? now + at.by : at.index;
}

/** Tells whether two dependencies read the same. */
export function isSameDependency(a: Dependency, b: Dependency): boolean {
  return a === b || (a.line === b.line && isSameAt(a.first, b.first) && isSameAt(a.last, b.last));
}

function isSameAt(a: At, b: At): boolean {
  return indexAt(a, 0) === indexAt(b, 0) && a.kind === b.kind;
}
