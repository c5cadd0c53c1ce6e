/** From our expression tree to Excel's words: operators, references, choices. Functions stand in `translate-call.ts`. */
import { assertNever, findFunction, type Expression, type PeriodReference } from '#formula';
import {
  CLOSED,
  EMPTY,
  anyOf,
  condition,
  constant,
  guarded,
  joined,
  nothing,
  numeric,
  whole,
  within,
  type Piece,
} from './piece.ts';
import { translateCall } from './translate-call.ts';
import { Untranslatable } from './untranslatable.ts';

/** Where a formula stands and what it can see. */
export interface Site {
  /** Whether failures must show even where something is missing (see `joined`). */
  readonly isExact: boolean;
  /** The value of a line; outside of the plan's periods there is nothing. */
  cell(line: string, at: PeriodReference): Piece;
  /** The cells of a line between two periods, in order, and their address; nothing where they lie outside. */
  range(line: string, from: PeriodReference, to: PeriodReference): CellRange;
  /** The calendar number of a period. */
  year(at: PeriodReference): Piece;
  /** An address that is always empty: a list skips it. */
  readonly blank: string;
}

/** Cells side by side in one row. */
export interface CellRange {
  readonly address: string;
  readonly cells: readonly Piece[];
}

const STRENGTH = { '+': 3, '-': 3, '*': 4, '/': 4, '^': 6 } as const;

/** How the comparisons are written. */
const COMPARISON = { '<': '<', '<=': '<=', '==': '=', '!=': '<>', '>=': '>=', '>': '>' } as const;

/** Translates an expression. Fails: throws `Untranslatable` where Excel has no faithful words. */
export function translate(expression: Expression, site: Site): Piece {
  switch (expression.kind) {
    case 'number':
      return constant(numberText(expression.value, expression.text));
    case 'reference':
      return site.cell(expression.line, expression.at);
    case 'period':
      return site.year(expression.at);
    case 'range':
    case 'list':
      throw new Error('a list outside of a call');
    case 'unary':
      return expression.operator === '-'
        ? negative(translate(expression.operand, site), site)
        : opposite(translate(expression.operand, site), site);
    case 'factor':
      return scaled(numeric(translate(expression.operand, site)), expression.by, site);
    case 'binary':
      return binary(expression, site);
    case 'conditional':
      return choice(
        translate(expression.test, site),
        () => translate(expression.then, site),
        () => translate(expression.otherwise, site),
        site,
      );
    case 'call':
      return call(expression, site);
    default:
      return assertNever(expression);
  }
}

function call(expression: Extract<Expression, { kind: 'call' }>, site: Site): Piece {
  const spec = findFunction(expression.name);
  if (!spec) throw new Untranslatable('function', expression.name);
  if (spec.kind === 'expanded') {
    const expanded = spec.expand(expression.args);
    if (typeof expanded === 'string') throw new Untranslatable('invalid', expression.name);
    return translate(expanded, site);
  }
  return translateCall(spec, expression.args, site);
}

/** The smallest number that Excel holds; it has none that are nearer to 0. */
const SMALLEST = 2.2250738585072014e-308;

/** The number as Excel can hold it. */
export function excelNumber(value: number): number {
  return Math.abs(value) < SMALLEST ? 0 : value;
}

/** Writes a number so that Excel reads the same one: a percent as it was typed, else the shortest digits. */
export function numberText(value: number, typed = ''): string {
  if (/^\d+(\.\d+)?%$/.test(typed)) return typed;
  return String(excelNumber(value)).replace('e', 'E');
}

function negative(operand: Piece, site: Site): Piece {
  const value = numeric(operand);
  // a sign binds more tightly than a power in Excel: what it stands before is always closed, and so is the whole
  return { ...joined([value], site.isExact), text: `-${within(value, CLOSED)}`, strength: 2 };
}

function opposite(operand: Piece, site: Site): Piece {
  const test = condition(operand);
  return { ...joined([test], site.isExact), text: `NOT(${test.text})`, strength: CLOSED, isLogical: true };
}

/** A piece by a factor between units. */
export function scaled(operand: Piece, by: number, site: Site): Piece {
  const text = by >= 1 ? `*${numberText(by)}` : `/${numberText(1 / by)}`;
  return { ...joined([operand], site.isExact), text: within(operand, 4) + text, strength: 4 };
}

function binary(expression: Extract<Expression, { kind: 'binary' }>, site: Site): Piece {
  const { operator } = expression;
  const [left, right] = [translate(expression.left, site), translate(expression.right, site)];
  if (operator === 'and' || operator === 'or') {
    const tests = [condition(left), condition(right)];
    const text = `${operator.toUpperCase()}(${tests.map((test) => test.text).join(',')})`;
    return { ...joined(tests, site.isExact), text, strength: CLOSED, isLogical: true };
  }
  const sides = [numeric(left), numeric(right)] as const;
  const both = joined(sides, site.isExact);
  if (operator in COMPARISON) {
    const sign = COMPARISON[operator as keyof typeof COMPARISON];
    const text = `${within(sides[0], 3)}${sign}${within(sides[1], 3)}`;
    return { ...both, text, strength: 1, isLogical: true };
  }
  if (operator === '^') return power(sides[0], sides[1], site);
  const strength = STRENGTH[operator as keyof typeof STRENGTH];
  const text = `${within(sides[0], strength)}${operator}${within(sides[1], strength + 1)}`;
  return { ...both, text, strength, mayFail: operator === '/' || both.mayFail };
}

/** A power; 0^0 is a failure in Excel and 1 elsewhere, so that it is said where the exponent can be 0. */
export function power(base: Piece, exponent: Piece, site: Site): Piece {
  const both = { ...joined([base, exponent], site.isExact), mayFail: true };
  const text = `${within(base, CLOSED)}^${within(exponent, CLOSED)}`;
  if ([base, exponent].some(isPlainlyNotZero)) return { ...both, text, strength: 6 };
  const isUndefined = `AND(${within(base, 3)}=0,${within(exponent, 3)}=0)`;
  return { ...both, text: `IF(${isUndefined},#NUM!,${text})`, strength: CLOSED };
}

function isPlainlyNotZero({ text }: Piece): boolean {
  return /^[\d.]+%?$/.test(text) && parseFloat(text) !== 0;
}

/** One of two, of which only the chosen one is looked at. */
export function choice(test: Piece, then: () => Piece, otherwise: () => Piece, site: Site): Piece {
  const asked = condition(test);
  const { missing, tests } = joined([asked], site.isExact);
  if (missing === 'always') return nothing();
  const [one, other] = [then(), otherwise()];
  const text = `IF(${asked.text},${whole(one)},${whole(other)})`;
  if (missing === 'maybe') return guarded(`IF(${anyOf(tests)},${EMPTY},${text})`);
  return chosen(text, [one, other], site);
}

/** A text that gives one of these pieces, each written whole. */
export function chosen(text: string, pieces: readonly Piece[], site: Pick<Site, 'isExact'>): Piece {
  if (pieces.every((piece) => piece.missing === 'never')) {
    return { text, strength: CLOSED, tests: [], missing: 'never', mayFail: true };
  }
  const isNowhere = pieces.every((piece) => piece.missing === 'always') && !site.isExact;
  return isNowhere ? nothing() : guarded(text);
}
