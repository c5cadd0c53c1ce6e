/**
 * The check of units: what may be added and compared, and which power of ten stands between 亿元 ÷ 万人 and 元/人.
 *
 * A mismatch is a warning on the line, never a stop: the number is still calculated. A number written in a formula has
 * the unit that its place needs; a percent is a pure number.
 */
import {
  PLAIN,
  isSameDimension,
  printDimension,
  timesDimension,
  warning,
  type Dimension,
  type Problem,
  type Unit,
} from '#quantity';
import { assertNever, partsOf, withParts, type Expression, type TextSpan } from './expression.ts';
import { findFunction, parameterAt } from './function-registry.ts';
import type { FunctionSpec } from './function-spec.ts';
import type { FormulaProblemCode } from './problem.ts';

/** An expression with its factors put in, and what does not fit. */
export interface DimensionCheck {
  readonly expression: Expression;
  readonly warnings: readonly Problem<FormulaProblemCode>[];
}

/** literal: takes the unit that is needed · unknown: not followed further (a root, a product of a range). */
type Inferred =
  | { readonly kind: 'known'; readonly dimension: Dimension; readonly power: number }
  | { readonly kind: 'literal' | 'unknown' };

interface Checked {
  readonly expression: Expression;
  readonly unit: Inferred;
}

const LITERAL: Inferred = { kind: 'literal' };
const UNKNOWN: Inferred = { kind: 'unknown' };
const NUMBER: Inferred = { kind: 'known', dimension: {}, power: 0 };

const inferredOf = new WeakMap<Unit, Inferred>();

/** Every unit's scale is a power of ten; exponents add up exactly where scales would not. */
function known(unit: Unit): Inferred {
  const found = inferredOf.get(unit);
  if (found) return found;
  const power = Math.round(Math.log10(unit.scale));
  const inferred: Inferred = { kind: 'known', dimension: unit.dimension, power };
  inferredOf.set(unit, inferred);
  return inferred;
}

function scaled(expression: Expression, power: number): Expression {
  return power === 0 ? expression : { kind: 'factor', by: Number(`1e${power}`), operand: expression };
}

/** An expression with these parts in place of its own, in order; the same one where they are its own. */
function withEach(expression: Expression, parts: readonly Expression[]): Expression {
  let next = 0;
  return withParts(expression, (part) => {
    next += 1;
    return parts[next - 1] ?? part;
  });
}

/** Checks an expression for a line and puts in the factors between units. */
export function checkDimensions(
  expression: Expression,
  unitOf: (line: string) => Unit,
  lineUnit: Unit,
): DimensionCheck {
  const warnings: Problem<FormulaProblemCode>[] = [];
  const warn = (code: FormulaProblemCode, span: TextSpan, args: Record<string, string>) => {
    warnings.push(warning(code, { from: span.from, to: span.to }, args));
  };

  /** Brings `other` to the unit of `first`, or warns. */
  function unify(
    first: Checked,
    other: Checked,
    where: Expression,
  ): { unit: Inferred; expression: Expression } {
    if (other.unit.kind !== 'known') {
      return { unit: first.unit.kind === 'literal' ? other.unit : first.unit, expression: other.expression };
    }
    if (first.unit.kind !== 'known') return { unit: other.unit, expression: other.expression };
    if (!isSameDimension(first.unit.dimension, other.unit.dimension)) {
      warn('formula_unit_sum', spanOf(where), {
        left: printDimension(first.unit.dimension),
        right: printDimension(other.unit.dimension),
      });
      return { unit: first.unit, expression: other.expression };
    }
    return { unit: first.unit, expression: scaled(other.expression, other.unit.power - first.unit.power) };
  }

  function multiplied(left: Inferred, right: Inferred, sign: 1 | -1): Inferred {
    if (left.kind === 'unknown' || right.kind === 'unknown') return UNKNOWN;
    if (left.kind === 'literal' && right.kind === 'literal') return LITERAL;
    const a = left.kind === 'known' ? left : { dimension: {}, power: 0 };
    const b = right.kind === 'known' ? right : { dimension: {}, power: 0 };
    return {
      kind: 'known',
      dimension: timesDimension(a.dimension, b.dimension, sign),
      power: a.power + sign * b.power,
    };
  }

  function infer(part: Expression): Checked {
    switch (part.kind) {
      case 'number':
        return { expression: part, unit: /[%‰]$/.test(part.text) ? NUMBER : LITERAL };
      case 'period':
        return { expression: part, unit: LITERAL };
      case 'reference':
      case 'range':
        return { expression: part, unit: known(unitOf(part.line)) };
      case 'list':
        return inferList(part);
      case 'unary': {
        const operand = infer(part.operand);
        return {
          expression: withEach(part, [operand.expression]),
          unit: part.operator === 'not' ? NUMBER : operand.unit,
        };
      }
      case 'factor':
        return { ...infer(part.operand), expression: part };
      case 'binary':
        return inferBinary(part);
      case 'conditional': {
        const test = infer(part.test);
        const then = infer(part.then);
        const otherwise = unify(then, infer(part.otherwise), part);
        return {
          expression: withEach(part, [test.expression, then.expression, otherwise.expression]),
          unit: otherwise.unit,
        };
      }
      case 'call':
        return inferCall(part);
      default:
        return assertNever(part);
    }
  }

  function inferList(part: Expression & { kind: 'list' }): Checked {
    const items: Expression[] = [];
    let sum: Checked = { expression: part, unit: LITERAL };
    for (const item of part.items) {
      const next = unify(sum, infer(item), part);
      items.push(next.expression);
      sum = { expression: part, unit: next.unit };
    }
    return { expression: withEach(part, items), unit: sum.unit };
  }

  function inferBinary(part: Expression & { kind: 'binary' }): Checked {
    const left = infer(part.left);
    const right = infer(part.right);
    const rebuilt = (unit: Inferred, other = right.expression): Checked => ({
      expression: withEach(part, [left.expression, other]),
      unit,
    });
    switch (part.operator) {
      case '+':
      case '-': {
        const same = unify(left, right, part);
        return rebuilt(same.unit, same.expression);
      }
      case '*':
      case '/':
        return rebuilt(multiplied(left.unit, right.unit, part.operator === '*' ? 1 : -1));
      case '^':
        return rebuilt(inferPower(part, left.unit));
      case 'and':
      case 'or':
        return rebuilt(NUMBER);
      default:
        return rebuilt(NUMBER, unify(left, right, part).expression);
    }
  }

  function inferPower(part: Expression & { kind: 'binary' }, base: Inferred): Inferred {
    if (base.kind !== 'known') return base;
    if (Object.keys(base.dimension).length === 0 && base.power === 0) return NUMBER;
    if (part.right.kind === 'number' && Number.isInteger(part.right.value)) {
      const exponent = part.right.value;
      return {
        kind: 'known',
        dimension: timesDimension({}, base.dimension, exponent),
        power: base.power * exponent,
      };
    }
    warn('formula_unit_exponent', spanOf(part), { unit: printDimension(base.dimension) });
    return UNKNOWN;
  }

  function inferCall(part: Expression & { kind: 'call' }): Checked {
    const spec = findFunction(part.name) as FunctionSpec;
    const groups = new Map<string, Checked>();
    const args = part.args.flatMap((arg, index): Expression[] => {
      if (arg === undefined) return [];
      const checked = infer(arg);
      const group = parameterAt(spec, index)?.unit ?? '?';
      if (group === '?') return [checked.expression];
      const first = group === '1' ? { expression: arg, unit: NUMBER } : groups.get(group);
      if (!first) {
        groups.set(group, checked);
        return [checked.expression];
      }
      if (group === '1' && checked.unit.kind === 'known' && Object.keys(checked.unit.dimension).length > 0) {
        warn('formula_unit_argument', part.span, {
          name: spec.name,
          unit: printDimension(checked.unit.dimension),
        });
        return [checked.expression];
      }
      const same = unify(first, checked, part);
      if (group !== '1') groups.set(group, { expression: part, unit: same.unit });
      return [same.expression];
    });
    const result =
      spec.result === '1'
        ? NUMBER
        : spec.result === '?'
          ? UNKNOWN
          : (groups.get(spec.result)?.unit ?? LITERAL);
    return { expression: withEach(part, args), unit: result };
  }

  const checked = infer(expression);
  const wanted = known(lineUnit);
  if (checked.unit.kind !== 'known' || wanted.kind !== 'known')
    return { expression: checked.expression, warnings };
  if (!isSameDimension(checked.unit.dimension, wanted.dimension)) {
    warn('formula_unit_line', spanOf(expression), {
      found: printDimension(checked.unit.dimension),
      wanted: printDimension(wanted.dimension),
      unit: lineUnit.text || PLAIN.text,
    });
    return { expression: checked.expression, warnings };
  }
  return { expression: scaled(checked.expression, checked.unit.power - wanted.power), warnings };
}

/** The characters from the first to the last reference or call in an expression. */
function spanOf(expression: Expression): TextSpan {
  const own = 'span' in expression ? [expression.span] : [];
  const spans = [...own, ...partsOf(expression).map(spanOf)].filter((span) => span.to > 0);
  return {
    from: spans.length === 0 ? 0 : Math.min(...spans.map((span) => span.from)),
    to: Math.max(0, ...spans.map((span) => span.to)),
  };
}
