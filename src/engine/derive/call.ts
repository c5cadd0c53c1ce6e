/** One call to be differentiated: what a rule of a function is given and what it answers. */
import { isNumber, type Value } from '#quantity';
import type { Argument, CallPlace, PlainFunction } from '#formula';

/** Slopes by the arguments of `compute`; a list has one for each of its items. Undefined is 0. */
export type Partials = readonly (number | readonly number[] | undefined)[];

/** A call that gave a number. */
export interface DerivedCall {
  readonly spec: PlainFunction;
  readonly args: readonly (Argument | undefined)[];
  readonly value: number;
  readonly place: CallPlace;
  /**
   * Says that the two sides of the point differ in slope by this argument, or that the function moves in jumps with it;
   * with places of a list, that this matters where the slopes of those items differ.
   */
  readonly note: (what: 'kink' | 'step', argument: number, items?: readonly number[]) => void;
}

/** The slopes of a call. */
export type Rule = (call: DerivedCall) => Partials;

/** A number argument, or what it is where it was left out. */
export function numberAt(args: DerivedCall['args'], index: number, otherwise = 0): number {
  const held = args[index];
  return typeof held === 'number' ? held : otherwise;
}

/** A list argument. */
export function listAt(args: DerivedCall['args'], index: number): readonly Value[] {
  const held = args[index];
  return Array.isArray(held) ? (held as readonly Value[]) : [];
}

/** Slopes by the items of a list from slopes by its numbers; what is missing has none. */
export function spread(items: readonly Value[], byNumber: (one: number, order: number) => number): number[] {
  let order = -1;
  return items.map((item) => {
    if (!isNumber(item)) return 0;
    order += 1;
    return byNumber(item, order);
  });
}
