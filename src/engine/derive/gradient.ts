/**
 * Gradients: by how much a value changes with each of the few things that it was made from, cells before it and moves. What
 * that comes to by every move is found for all cells together (`tape.ts`).
 */

/**
 * Weights by input.
 *
 * Shape: both of one length, each input once. An input is the slot of a reached cell, or the number of reached cells plus
 * that of a move. A weight that is no finite number is told as a failure at the end, where anything comes to it.
 */
export interface Gradient {
  readonly inputs: readonly number[];
  readonly weights: readonly number[];
}

/** The gradient of a value; null where nothing that moves comes to it. */
export type Slope = Gradient | null;

/** The gradient of an input itself. */
export function unit(input: number): Gradient {
  return { inputs: [input], weights: [1] };
}

/** Up to so many inputs are looked through one by one. */
const FEW = 12;

/** The sum of gradients times their weights. A weight without a finite number matters only where there is a gradient. */
export function weigh(parts: readonly (readonly [weight: number, slope: Slope])[]): Slope {
  const inputs: number[] = [];
  const weights: number[] = [];
  let places: Map<number, number> | undefined;
  for (const [weight, slope] of parts) {
    if (slope === null || weight === 0) continue;
    for (let item = 0; item < slope.inputs.length; item += 1) {
      const input = slope.inputs[item] as number;
      const by = weight * (slope.weights[item] as number);
      if (inputs.length >= FEW) places ??= new Map(inputs.map((one, place) => [one, place]));
      const place = places ? (places.get(input) ?? -1) : inputs.indexOf(input);
      if (place === -1) {
        places?.set(input, inputs.length);
        inputs.push(input);
        weights.push(by);
      } else weights[place] = (weights[place] as number) + by;
    }
  }
  return inputs.length === 0 ? null : { inputs, weights };
}

/** Tells whether two gradients are the same as they stand; those that are not may still come to the same by every move. */
export function isSameSlope(one: Slope, other: Slope): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.inputs.length === other.inputs.length &&
    one.inputs.every((input, item) => {
      const place = other.inputs.indexOf(input);
      return place !== -1 && other.weights[place] === one.weights[item];
    })
  );
}
