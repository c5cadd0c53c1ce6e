/** Generated plans for the benchmarks, as lines with what each formula means, so that every contender can spell it. */

/** A formula over other lines, by line number; `lag` is 0 or −1. */
export type Part =
  | { readonly kind: 'cell'; readonly line: number; readonly lag: 0 | -1 }
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'binary';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Part;
      readonly right: Part;
    }
  | { readonly kind: 'power'; readonly of: Part; readonly exponent: number }
  | { readonly kind: 'call'; readonly name: 'SUM' | 'MIN' | 'MAX'; readonly items: readonly Part[] }
  | {
      readonly kind: 'if';
      readonly left: Part;
      readonly right: Part;
      readonly then: Part;
      readonly otherwise: Part;
    };

/** A line: the value of its first period, and a formula for the others; drivers have values alone. */
export interface WorkLine {
  readonly first: number;
  readonly formula?: Part;
}

/** A workload: every line has a value or formula in every period. */
export interface Workload {
  readonly name: string;
  readonly periods: number;
  readonly drivers: number;
  readonly lines: readonly WorkLine[];
}

/** A plain generator of pseudo-random numbers from 0 to 1, the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** One driver in so many lines. */
const LINES_A_DRIVER = 20;
/** How far back a line looks for what it reads: short makes long chains. */
const REACH = 60;

/** Builds a plan of a mix of formulas as plans have them: growth, sums, shares, limits, choices and powers. */
export function buildWorkload(name: string, lines: number, periods: number, seed = 1): Workload {
  const next = chance(seed);
  const drivers = Math.max(1, Math.floor(lines / LINES_A_DRIVER));
  const number = (value: number): Part => ({ kind: 'number', value });
  const cell = (line: number, lag: 0 | -1 = 0): Part => ({ kind: 'cell', line, lag });
  const binary = (operator: '+' | '-' | '*' | '/', left: Part, right: Part): Part => ({
    kind: 'binary',
    operator,
    left,
    right,
  });
  const made: WorkLine[] = [];
  for (let line = 0; line < lines; line += 1) {
    if (line < drivers) {
      made.push({ first: 0.02 + 0.1 * next() });
      continue;
    }
    const driver = () => Math.floor(next() * drivers);
    const near = () => Math.max(0, line - 1 - Math.floor(next() * REACH));
    const first = 1 + 9 * next();
    const kinds: (() => Part)[] = [
      () => binary('*', cell(line, -1), binary('+', number(1), binary('*', cell(driver()), number(0.5)))),
      () => binary('/', binary('+', cell(near()), cell(near(), -1)), number(2)),
      () =>
        binary(
          '/',
          { kind: 'call', name: 'SUM', items: [cell(near()), cell(near()), cell(near()), cell(near())] },
          number(4),
        ),
      () => ({ kind: 'call', name: 'MIN', items: [binary('*', cell(near()), number(1.01)), number(50)] }),
      () => ({ kind: 'call', name: 'MAX', items: [binary('-', cell(near()), cell(driver())), number(0.1)] }),
      () => ({
        kind: 'if',
        left: cell(near()),
        right: cell(near()),
        then: binary('*', cell(near()), number(0.9)),
        otherwise: binary('+', cell(near()), cell(driver())),
      }),
      () =>
        binary(
          '*',
          cell(near()),
          binary('/', binary('+', number(1), cell(driver())), binary('+', number(1), cell(driver(), -1))),
        ),
    ];
    made.push({ first, formula: (kinds[Math.floor(next() * kinds.length)] as () => Part)() });
  }
  return { name, periods, drivers, lines: made };
}
