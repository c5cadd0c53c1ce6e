/**
 * The tree of a formula: ours, with lines by id and periods resolved in kind.
 *
 * It is not mathjs's tree (that ends in `grammar.ts`) and not the IR (that has registers and line numbers, see
 * `engine/code/lower.ts`). Plain data throughout.
 */

/** Which period a reference means. `lag` counts from the period that is being calculated: −1 is the one before. */
export type PeriodReference =
  | { readonly kind: 'lag'; readonly by: number }
  | { readonly kind: 'fixed'; readonly period: number }
  | { readonly kind: 'base' | 'first' | 'last' };

export type UnaryOperator = '-' | 'not';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '^';
export type ComparisonOperator = '<' | '<=' | '==' | '!=' | '>=' | '>';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | 'and' | 'or';

/** A character range of the text as typed, end exclusive. */
export interface TextSpan {
  readonly from: number;
  readonly to: number;
}

/** A checked formula or a part of one. */
export type Expression =
  /** `text` is the number as written, `8%` included; the value is the fraction then. */
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | {
      readonly kind: 'reference';
      readonly line: string;
      readonly at: PeriodReference;
      readonly span: TextSpan;
    }
  /** All periods of a line from one to another, ends inclusive; only as an argument. */
  | {
      readonly kind: 'range';
      readonly line: string;
      readonly from: PeriodReference;
      readonly to: PeriodReference;
      readonly span: TextSpan;
    }
  /** `{1, 2, 3}`; only as an argument. */
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  /** The calendar number of a period: `t`, `t - 1`, `base`, `first`, `last`. */
  | { readonly kind: 'period'; readonly at: PeriodReference }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  /** `args` holds undefined where an argument was left empty: `PV(8%, 12, 500, , 0)`. */
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly (Expression | undefined)[];
      readonly span: TextSpan;
    }
  /** A power of ten between units, put in by the dimension check: 亿元 ÷ 万人 in a line of 元/人 times 10,000. */
  | { readonly kind: 'factor'; readonly by: number; readonly operand: Expression };

/** This period. */
export const NOW: PeriodReference = { kind: 'lag', by: 0 };

const NO_PARTS: readonly Expression[] = [];

/** Lists the parts of an expression, left to right. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'reference':
    case 'range':
    case 'period':
      return NO_PARTS;
    case 'list':
      return expression.items;
    case 'unary':
    case 'factor':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.test, expression.then, expression.otherwise];
    case 'call':
      return expression.args.filter((arg) => arg !== undefined);
    default:
      return assertNever(expression);
  }
}

/** The expression with `change` applied to each of its parts; the same one where none becomes another. */
export function withParts(expression: Expression, change: (part: Expression) => Expression): Expression {
  switch (expression.kind) {
    case 'number':
    case 'reference':
    case 'range':
    case 'period':
      return expression;
    case 'list': {
      const items = changedItems(expression.items, change);
      return items === expression.items ? expression : { ...expression, items };
    }
    case 'unary':
    case 'factor': {
      const operand = change(expression.operand);
      return operand === expression.operand ? expression : { ...expression, operand };
    }
    case 'binary': {
      const left = change(expression.left);
      const right = change(expression.right);
      return left === expression.left && right === expression.right
        ? expression
        : { ...expression, left, right };
    }
    case 'conditional': {
      const test = change(expression.test);
      const then = change(expression.then);
      const otherwise = change(expression.otherwise);
      return test === expression.test && then === expression.then && otherwise === expression.otherwise
        ? expression
        : { ...expression, test, then, otherwise };
    }
    case 'call': {
      const args = changedItems(expression.args, (arg) => (arg === undefined ? arg : change(arg)));
      return args === expression.args ? expression : { ...expression, args };
    }
    default:
      return assertNever(expression);
  }
}

function changedItems<Item>(items: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  const changed = items.map(change);
  return changed.every((item, index) => item === items[index]) ? items : changed;
}

/** The expression one or more periods earlier (`by` −1) or later: every lag in it moves, fixed periods stay. */
export function shifted(expression: Expression, by: number): Expression {
  const move = (at: PeriodReference): PeriodReference =>
    at.kind === 'lag' ? { kind: 'lag', by: at.by + by } : at;
  switch (expression.kind) {
    case 'reference':
    case 'period':
      return { ...expression, at: move(expression.at) };
    case 'range':
      return { ...expression, from: move(expression.from), to: move(expression.to) };
    default:
      return withParts(expression, (part) => shifted(part, by));
  }
}

/** Proves to the compiler that every kind was handled. */
export function assertNever(value: never): never {
  throw new Error(`unhandled: ${JSON.stringify(value)}`);
}
