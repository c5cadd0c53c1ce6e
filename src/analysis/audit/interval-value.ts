/** What an expression is worth when its cells are known only to lie between ends. */
import type { Expression } from '#formula';
import { ANY, exactly, minus, over, plus, times, toPower, type Interval } from './interval.ts';

/** What is known of a cell. */
export type KnownCells = (line: string, period: number) => Interval;

/** What an expression may be worth; any number where it holds something other than arithmetic on fixed cells. */
export function evaluateInterval(expression: Expression, known: KnownCells): Interval {
  const value = (part: Expression) => evaluateInterval(part, known);
  switch (expression.kind) {
    case 'number':
      return exactly(expression.value);
    case 'reference':
      return expression.at.kind === 'fixed' ? known(expression.line, expression.at.period) : ANY;
    case 'factor':
      return times(value(expression.operand), exactly(expression.by));
    case 'unary':
      return expression.operator === '-' ? minus(exactly(0), value(expression.operand)) : ANY;
    case 'binary': {
      const [left, right] = [value(expression.left), value(expression.right)];
      switch (expression.operator) {
        case '+':
          return plus(left, right);
        case '-':
          return minus(left, right);
        case '*':
          return times(left, right);
        case '/':
          return over(left, right);
        case '^':
          return right.low === right.high ? toPower(left, right.low) : ANY;
        default:
          return ANY;
      }
    }
    default:
      return ANY;
  }
}
