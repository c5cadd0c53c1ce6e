/**
 * Generated plans for the benchmarks, as data that every contender can spell in its own way.
 *
 * Three drivers are measured: everything hangs on the first, a tenth of the lines on the second, one in a thousand on the
 * third. Every line goes on from a line of its own group, so that a change of the driver reaches it and changes it.
 */

/** What a formula does; how it is written stands in `spelling.ts`, and as a loop in `contenders/loops.ts`. */
export type FormulaKind =
  'growth' | 'mean' | 'share' | 'cap' | 'floor' | 'choice' | 'index' | 'power' | 'chain' | 'total';

/** A formula over other lines, by line number; what each of them is for depends on the kind. */
export interface Formula {
  readonly kind: FormulaKind;
  readonly reads: readonly number[];
}

/** A line: the value of its first period, and a formula for the others. A driver has none: it keeps its value. */
export interface WorkLine {
  readonly first: number;
  readonly formula?: Formula;
}

/** A workload: `lines` in an order in which they can be calculated, each with a value in every period. */
export interface Workload {
  readonly name: string;
  readonly periods: number;
  /** The first so many lines are drivers. */
  readonly drivers: number;
  readonly lines: readonly WorkLine[];
}

/** What a workload is made of. */
export interface Shape {
  readonly lines: number;
  readonly periods: number;
  readonly kinds: readonly FormulaKind[];
  /** How many lines of its group a line looks back over for the one that it goes on from: 1 makes chains. */
  readonly reach: number;
}

const EVERYDAY: readonly FormulaKind[] = ['growth', 'mean', 'share', 'cap', 'floor', 'choice', 'index'];
/** Powers are rare in plans: one formula in 22. */
const MIX: readonly FormulaKind[] = [...EVERYDAY, ...EVERYDAY, ...EVERYDAY, 'power'];
const ARITHMETIC: readonly FormulaKind[] = ['growth', 'mean', 'index', 'power'];

/** The workloads by name. The first three are those of the goals, the next three an independent look, the last for sampling. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  plan: { lines: 121, periods: 7, kinds: MIX, reach: 60 },
  wide: { lines: 2000, periods: 60, kinds: MIX, reach: 60 },
  large: { lines: 10_000, periods: 100, kinds: MIX, reach: 60 },
  chains: { lines: 2000, periods: 60, kinds: ['chain'], reach: 1 },
  tiny: { lines: 10_000, periods: 6, kinds: MIX, reach: 2000 },
  sums: { lines: 600, periods: 60, kinds: ['total'], reach: 20 },
  sampled: { lines: 121, periods: 7, kinds: ARITHMETIC, reach: 60 },
};

/** The drivers that are measured, and the share of the lines that hangs on each. */
export const MEASURED_DRIVERS = [
  { driver: 0, share: '100 %' },
  { driver: 1, share: '10 %' },
  { driver: 2, share: '0.1 %' },
] as const;

/** One driver in so many lines. */
const LINES_A_DRIVER = 20;
/** Lines in a total. */
const TOTAL_OF = 100;

/** A plain generator of pseudo-random numbers from 0 to 1, the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Generates a workload; the same seed gives the same plan. */
export function buildWorkload(name: string, shape: Shape, seed = 1): Workload {
  const next = chance(seed);
  const below = (count: number) => Math.floor(next() * count);
  const drivers = Math.max(4, Math.floor(shape.lines / LINES_A_DRIVER));
  const lines: WorkLine[] = Array.from({ length: drivers }, () => ({ first: 0.02 + 0.1 * next() }));
  const formulas = shape.lines - drivers;
  const few = Math.max(1, Math.round(formulas / 1000));
  /** Lines by group, each with the driver that it hangs on at its head. */
  const groups = [[0], [1], [2]] as const satisfies number[][];
  for (let line = drivers; line < shape.lines; line += 1) {
    const order = line - drivers;
    const group = order % Math.floor(formulas / few) === 5 ? 2 : order % 10 === 3 ? 1 : 0;
    const own = groups[group] as number[];
    const from = own[Math.max(0, own.length - 1 - below(Math.min(shape.reach, own.length)))] as number;
    const driver = () => 3 + below(drivers - 3);
    // any line of the first group, or another driver while there is none
    const other = () =>
      groups[0].length > 1
        ? (groups[0][Math.max(1, groups[0].length - 1 - below(shape.reach))] as number)
        : driver();
    // the first of its group brings the first driver in; growth hangs on the first driver alone
    const kinds = own.length === 1 && group > 0 ? (['share'] as const) : shape.kinds;
    const drawn = kinds[below(kinds.length)] as FormulaKind;
    const kind = drawn === 'growth' && group > 0 ? 'share' : drawn;
    lines.push({ first: 1 + 9 * next(), formula: { kind, reads: readsOf(kind, from, driver, other) } });
    own.push(line);
  }
  return { name, periods: shape.periods, drivers, lines };
}

function readsOf(
  kind: FormulaKind,
  from: number,
  driver: () => number,
  other: () => number,
): readonly number[] {
  switch (kind) {
    case 'growth':
      return [0];
    case 'mean':
      return [from, other()];
    case 'share':
      return [from, other(), other(), other()];
    case 'cap':
      return [from];
    case 'floor':
    case 'chain':
      return [from, driver()];
    case 'choice':
      return [from, other(), other(), driver()];
    case 'index':
      return [from, driver(), driver()];
    case 'power':
      return [from, other(), other()];
    case 'total':
      return [from, ...Array.from({ length: TOTAL_OF - 1 }, other)];
  }
}

/** Numbers of the lines that hang on a driver, in the order of calculation, the driver itself left out. */
export function hangingOn({ lines }: Workload, driver: number): number[] {
  const reached = new Set([driver]);
  lines.forEach(({ formula }, line) => {
    if (formula?.reads.some((one) => reached.has(one))) reached.add(line);
  });
  reached.delete(driver);
  return [...reached];
}

/** How many cells are calculated by a formula: drivers repeat their second period, and the first period is given. */
export function formulaCells({ lines, drivers, periods }: Workload): number {
  return (lines.length - drivers) * (periods - 1) + drivers * (periods - 2);
}
