/**
 * An expression as mathematics is set: fractions, powers and roots in two dimensions, brackets only where these leave two
 * readings. Plain data for whoever draws it; the text of a formula is `print.ts`.
 */
import { assertNever, type Expression } from './expression.ts';
import { printPeriod, strengthOf, writtenSign } from './print.ts';
import type { Names } from './names.ts';

/** A part of a formula as it is set. */
export type Mathematics =
  | { readonly kind: 'row' | 'brackets' | 'size'; readonly parts: readonly Mathematics[] }
  /** A line, with its period as an index where it has one. */
  | { readonly kind: 'name'; readonly text: string; readonly period?: string }
  | { readonly kind: 'number' | 'sign'; readonly text: string }
  | { readonly kind: 'fraction'; readonly over: Mathematics; readonly under: Mathematics }
  | { readonly kind: 'power'; readonly base: Mathematics; readonly exponent: Mathematics }
  | { readonly kind: 'root'; readonly of: Mathematics }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Mathematics[] }
  | { readonly kind: 'list'; readonly items: readonly Mathematics[] }
  /** One of two values, as a condition says. */
  | {
      readonly kind: 'cases';
      readonly test: Mathematics;
      readonly then: Mathematics;
      readonly otherwise: Mathematics;
    };

/** Where a name comes from. */
export interface SetOptions {
  readonly names: Names;
  readonly language: 'zh' | 'en';
}

/** Sets an expression as mathematics. */
export function setExpression(expression: Expression, options: SetOptions): Mathematics {
  const set = (part: Expression): Mathematics => setExpression(part, options);
  const within = (part: Expression, least: number): Mathematics => {
    // a bar of a fraction holds together what stands at it
    const isBarred = part.kind === 'binary' && part.operator === '/';
    const isSafe = strengthOf(part) >= least || (isBarred && least <= 7);
    return isSafe ? set(part) : { kind: 'brackets', parts: [set(part)] };
  };
  const row = (...parts: Mathematics[]): Mathematics => ({ kind: 'row', parts });
  const sign = (text: string): Mathematics => ({ kind: 'sign', text });
  switch (expression.kind) {
    case 'number':
      return { kind: 'number', text: expression.text };
    case 'period':
      return { kind: 'number', text: printPeriod(expression.at) };
    case 'reference': {
      const { at } = expression;
      const text = options.names.nameOf(expression.line, options.language);
      return at.kind === 'lag' && at.by === 0
        ? { kind: 'name', text }
        : { kind: 'name', text, period: printPeriod(at) };
    }
    case 'range': {
      const text = options.names.nameOf(expression.line, options.language);
      return {
        kind: 'name',
        text,
        period: `${printPeriod(expression.from)}–${printPeriod(expression.to)}`,
      };
    }
    case 'list':
      return { kind: 'list', items: expression.items.map(set) };
    case 'unary':
      return row(sign(expression.operator === '-' ? '−' : 'not'), within(expression.operand, 8));
    case 'factor':
      return row(within(expression.operand, 6), sign('×'), { kind: 'number', text: String(expression.by) });
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === '/') return { kind: 'fraction', over: set(left), under: set(right) };
      if (operator === '^') return { kind: 'power', base: within(left, 9), exponent: set(right) };
      const strength = strengthOf(expression);
      const isComparison = strength === 4;
      const second: Mathematics =
        right.kind === 'unary' ? { kind: 'brackets', parts: [set(right)] } : within(right, strength + 1);
      return row(within(left, isComparison ? 5 : strength), sign(writtenSign(operator)), second);
    }
    case 'conditional':
      return {
        kind: 'cases',
        test: set(expression.test),
        then: set(expression.then),
        otherwise: set(expression.otherwise),
      };
    case 'call':
      return setCall(expression, set);
    default:
      return assertNever(expression);
  }
}

function setCall(
  { name, args }: Expression & { kind: 'call' },
  set: (part: Expression) => Mathematics,
): Mathematics {
  const [first, second, third] = args;
  if (name === 'SQRT' && first) return { kind: 'root', of: set(first) };
  if (name === 'ABS' && first) return { kind: 'size', parts: [set(first)] };
  if (name === 'POWER' && first && second)
    return set({ kind: 'binary', operator: '^', left: first, right: second });
  if (name === 'IF' && first && second && third)
    return { kind: 'cases', test: set(first), then: set(second), otherwise: set(third) };
  return { kind: 'call', name, args: args.map((arg) => (arg ? set(arg) : { kind: 'row', parts: [] })) };
}
