/**
 * A move: a change of the nearest scenario whose number is given later, sample by sample or step by step.
 *
 * It means what the same change means in a scenario file (see `resolve.ts`), so that a batch, a derivative and a scenario
 * that somebody types cannot differ.
 */
import type { Change, Scenario } from '#plan';
import type { Transform } from './resolve.ts';

/** What is moved: a line over a span (default: after the base), or in one period where `from` and `to` are the same. */
export interface Move {
  readonly line: string;
  readonly effect: 'set' | Transform['kind'];
  /** First calendar period. A span that is given touches figures and actuals too, as in a scenario. */
  readonly from?: number;
  readonly to?: number;
}

/** Id of the layer that holds the moves; no scenario of a document can have it. */
export const MOVES = '#moves';

/** The number that changes nothing; undefined for `set` and `growth`, which replace. */
export function neutralOf(effect: Move['effect']): number | undefined {
  return effect === 'add' ? 0 : effect === 'scale' ? 1 : undefined;
}

/** Builds the moves as a scenario with these numbers, one each. */
export function layerOf(moves: readonly Move[], numbers: ArrayLike<number>): Scenario {
  return {
    id: MOVES,
    name: { zh: '—', en: '—' },
    changes: moves.map((move, index) => changeOf(move, numbers[index] as number)),
  };
}

function changeOf({ line, effect, from, to }: Move, number: number): Change {
  const span = { line, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  switch (effect) {
    case 'set':
      return { ...span, set: number };
    case 'add':
      return { ...span, add: number };
    case 'scale':
      return { ...span, scale: number };
    case 'growth':
      return { ...span, growth: number };
  }
}
