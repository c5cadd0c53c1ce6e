/**
 * A formula at one period, with every cell named by line and period and the functions of growth written out as arithmetic.
 *
 * Between base and target a plan prints nothing. The growth of a year in between is taken to be the mean growth since the base,
 * and what follows from that says so (`evenGrowth`).
 */
import type { Plan } from '#plan';
import { assertNever, type Expression, type PeriodReference } from '#formula';
import { exactly } from './interval.ts';
import { binary, number, reference } from './movement.ts';
import { evaluateInterval } from './interval-value.ts';

/** Written out for one period. */
export interface FixedExpression {
  readonly expression: Expression;
  readonly evenGrowth: boolean;
}

/** What is known of the plan in which a formula stands. */
export interface FormulaGround {
  readonly periods: Plan['periods'];
  /** Tells whether a line moves by points, so that no mean growth stands for a year's. */
  readonly isRate: (line: string) => boolean;
  /** The line that gains each year what this one says, and nothing else. */
  readonly stockOf: (flow: string) => string | undefined;
}

/** What this file cannot write out: thrown inside, never out of it. */
const UNWRITABLE = new Error('more than arithmetic');

/**
 * Writes a formula out for one period; undefined where it holds more than arithmetic, growth and sums over periods.
 *
 * The years' additions to a stock are written as what the stock has gained: nothing prints the single years.
 */
export function fixExpression(
  expression: Expression,
  period: number,
  { periods, isRate, stockOf }: FormulaGround,
): FixedExpression | undefined {
  let evenGrowth = false;
  const refuse = (): never => {
    throw UNWRITABLE;
  };
  const periodOf = (at: PeriodReference): number => {
    if (at.kind === 'lag') return period + at.by;
    return at.kind === 'fixed' ? at.period : periods[at.kind];
  };

  function cell(line: string, at: number): Expression {
    return at < periods.first || at > periods.last ? refuse() : reference({ line, period: at });
  }

  /** Growth a year from one expression to another. */
  function growth(first: Expression, last: Expression, years: number): Expression {
    if (!(years > 0)) return refuse();
    const multiple = binary('/', last, first);
    const yearly = years === 1 ? multiple : binary('^', multiple, binary('/', number(1), number(years)));
    return binary('-', yearly, number(1));
  }

  /** A line over itself a year before, which is how growth on the year before is written. */
  function yearOnYear(left: Expression, right: Expression): Expression | undefined {
    if (left.kind !== 'reference' || right.kind !== 'reference' || left.line !== right.line) return undefined;
    const [at, before] = [periodOf(left.at), periodOf(right.at)];
    if (before !== at - 1 || before <= periods.base || at > period || isRate(left.line)) return undefined;
    evenGrowth = true;
    const { line } = left;
    const multiple = binary('/', cell(line, period), cell(line, periods.base));
    return binary('^', multiple, binary('/', number(1), number(period - periods.base)));
  }

  function constant(part: Expression): number {
    const fixed = fix(part);
    let isConstant = true;
    const { low, high } = evaluateInterval(fixed, () => {
      isConstant = false;
      return exactly(NaN);
    });
    return isConstant && low === high ? low : refuse();
  }

  function call(name: string, args: readonly (Expression | undefined)[]): Expression {
    const [first, second, third] = args;
    switch (name.toUpperCase()) {
      case 'CAGR':
        return first && second && third ? growth(fix(first), fix(second), constant(third)) : refuse();
      case 'RRI':
        return first && second && third ? growth(fix(second), fix(third), constant(first)) : refuse();
      case 'PERIODYEAR':
        return first?.kind === 'period' ? number(periodOf(first.at)) : refuse();
      case 'SUM':
        return sum(args).expression;
      case 'AVERAGE': {
        const { expression: all, count } = sum(args);
        return binary('/', all, number(count));
      }
      default:
        return refuse();
    }
  }

  function sum(args: readonly (Expression | undefined)[]): { expression: Expression; count: number } {
    let count = 0;
    const parts = args.flatMap((arg): Expression[] => {
      if (!arg) return refuse();
      if (arg.kind !== 'range') {
        count += 1;
        return [fix(arg)];
      }
      const [from, to] = [periodOf(arg.from), periodOf(arg.to)];
      count += Math.max(0, to - from + 1);
      const stock = stockOf(arg.line);
      if (stock !== undefined && from > periods.base && to >= from)
        return [binary('-', cell(stock, to), cell(stock, from - 1))];
      return Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => cell(arg.line, from + step));
    });
    const [head, ...rest] = parts;
    if (!head) return refuse();
    return { expression: rest.reduce((all, one) => binary('+', all, one), head), count };
  }

  function fix(part: Expression): Expression {
    switch (part.kind) {
      case 'number':
        return part;
      case 'reference':
        return cell(part.line, periodOf(part.at));
      case 'period':
        return number(periodOf(part.at));
      case 'factor':
        return { ...part, operand: fix(part.operand) };
      case 'unary':
        return part.operator === '-' ? { ...part, operand: fix(part.operand) } : refuse();
      case 'binary':
        switch (part.operator) {
          case '/':
            return yearOnYear(part.left, part.right) ?? binary('/', fix(part.left), fix(part.right));
          case '+':
          case '-':
          case '*':
          case '^':
            return binary(part.operator, fix(part.left), fix(part.right));
          default:
            return refuse();
        }
      case 'call':
        return call(part.name, part.args);
      case 'range':
      case 'list':
      case 'conditional':
        return refuse();
      default:
        return assertNever(part);
    }
  }

  try {
    const fixed = fix(expression);
    return { expression: fixed, evenGrowth };
  } catch (thrown) {
    if (thrown === UNWRITABLE) return undefined;
    throw thrown;
  }
}
