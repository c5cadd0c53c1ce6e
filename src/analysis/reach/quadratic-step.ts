/**
 * The quadratic step of an optimiser: smallest quadratic form under linear conditions. The only place that knows quadprog.
 *
 * Every condition has a slack of its own with a price, so that there is always an answer, and conditions that repeat or
 * contradict each other are no special case.
 */
import { solveQP } from 'quadprog';

/** The conditions of a step, row by row: `value + slopes · step` is 0, or at least 0. */
export interface Row {
  readonly isEquality: boolean;
  readonly value: number;
  readonly slopes: readonly number[];
}

/** A step and how hard each condition presses on it. */
export interface QuadraticStep {
  readonly step: readonly number[];
  /** By row: negative only for equalities. */
  readonly multipliers: readonly number[];
  /** By variable: how hard its lower and upper bound press, at least 0. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/**
 * Minimises ½ dᵀHd + gᵀd + Σ s²/(2·softness) where row + s fulfils its condition and `low` ≤ d ≤ `high`.
 *
 * A row's multiplier is its slack over the softness. Fails: undefined where H is not positive definite, or a number is
 * not finite.
 */
export function solveQuadraticStep(
  hessian: readonly (readonly number[])[],
  gradient: readonly number[],
  rows: readonly Row[],
  softness: number,
  low: readonly number[],
  high: readonly number[],
): QuadraticStep | undefined {
  const inputs = [...hessian.flat(), ...gradient, ...rows.flatMap((row) => [row.value, ...row.slopes])];
  // the library would walk for ever on what is not a number
  if (!inputs.every(Number.isFinite)) return undefined;
  if (gradient.length + rows.length === 0) return { step: [], multipliers: [], lower: [], upper: [] };
  const order = [...rows.keys()].toSorted(
    (a, b) => Number(rows[b]?.isEquality) - Number(rows[a]?.isEquality),
  );
  const variables = gradient.length;
  const size = variables + rows.length;
  // a slack is counted in multiples of √softness, in which its price is ½ as the library's form asks
  const unit = Math.sqrt(softness);

  const D = matrix(size, size);
  const d = vector(size);
  for (let i = 0; i < variables; i += 1) {
    for (let j = 0; j < variables; j += 1) set(D, i, j, hessian[i]?.[j] ?? 0);
    d[i + 1] = -(gradient[i] as number);
  }
  for (let slack = variables; slack < size; slack += 1) set(D, slack, slack, 1);

  const conditions = rows.length + 2 * variables;
  const A = matrix(size, conditions);
  const b = vector(conditions);
  order.forEach((number, place) => {
    const row = rows[number] as Row;
    row.slopes.forEach((slope, i) => set(A, i, place, slope));
    set(A, variables + number, place, unit);
    b[place + 1] = -row.value;
  });
  for (let i = 0; i < variables; i += 1) {
    const place = rows.length + 2 * i;
    set(A, i, place, 1);
    b[place + 1] = low[i] as number;
    set(A, i, place + 1, -1);
    b[place + 2] = -(high[i] as number);
  }

  const { solution, Lagrangian, message } = solveQP(D, d, A, b, rows.filter((row) => row.isEquality).length);
  const found = solution.slice(1);
  if (message !== '' || !found.every(Number.isFinite)) return undefined;
  const boundPrice = (index: number, side: 0 | 1) => Lagrangian[rows.length + 2 * index + side + 1] ?? 0;
  return {
    step: found.slice(0, variables),
    // from the slack and not from the library's multiplier, which has no sign for equalities
    multipliers: found.slice(variables).map((slack) => slack / unit),
    lower: gradient.map((_, index) => boundPrice(index, 0)),
    upper: gradient.map((_, index) => boundPrice(index, 1)),
  };
}

function matrix(rows: number, columns: number): number[][] {
  return Array.from({ length: rows + 1 }, () => vector(columns));
}

function vector(size: number): number[] {
  return new Array<number>(size + 1).fill(0);
}

function set(target: number[][], row: number, column: number, value: number): void {
  (target[row + 1] as number[])[column + 1] = value;
}
