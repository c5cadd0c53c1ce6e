/**
 * From text to checked expression: the tree that the grammar gives is walked, and what it refers to is looked up.
 */
import { hasPeriod, type Periods } from '#plan';
import { withExcelBrackets } from './excel-spelling.ts';
import {
  NOW,
  partsOf,
  type BinaryOperator,
  type Expression,
  type PeriodReference,
  type TextSpan,
} from './expression.ts';
import { arityOf, findFunction, parameterAt } from './function-registry.ts';
import { Refusal, parseGrammar, wordsBelow, type Node } from './grammar.ts';
import type { Names } from './names.ts';
import { formulaProblem, type FormulaProblem, type FormulaProblemCode } from './problem.ts';
import {
  MAX_FORMULA_LENGTH,
  checkTokens,
  isSign,
  readTokens,
  type CellAddress,
  type Token,
} from './tokens.ts';

/** Most parts that one formula may have. */
export const MAX_FORMULA_PARTS = 500;

/** What a name at an A1 address means. */
export interface Sheet {
  /** The line and period that stand at a column and row (from 1); undefined outside of the figures. */
  cellAt(column: number, row: number): { line: string; period: number } | undefined;
}

/** What a formula may refer to. */
export interface FormulaContext {
  readonly names: Names;
  readonly periods: Periods;
  /** The grid as shown, for A1 addresses. */
  readonly sheet?: Sheet | undefined;
  /** The period of the cell in which the formula is typed: relative A1 columns count from it. */
  readonly here?: number | undefined;
}

/** A formula that can be calculated. */
export interface Formula {
  /** As typed. */
  readonly text: string;
  /** A text that begins with `=` is read as Excel reads it, one without as mathematics does. */
  readonly reading: 'excel' | 'mathematics';
  readonly expression: Expression;
}

export type ParsedFormula =
  { readonly ok: true; readonly formula: Formula } | { readonly ok: false; readonly problem: FormulaProblem };

const OPERATORS: ReadonlyMap<string, BinaryOperator> = new Map([
  ['add', '+'],
  ['subtract', '-'],
  ['multiply', '*'],
  ['divide', '/'],
  ['pow', '^'],
  ['smaller', '<'],
  ['smallerEq', '<='],
  ['equal', '=='],
  ['unequal', '!='],
  ['largerEq', '>='],
  ['larger', '>'],
  ['and', 'and'],
  ['or', 'or'],
]);

/** Parses a formula and checks it whole against what it may refer to. */
export function parseFormula(text: string, context: FormulaContext): ParsedFormula {
  const refuse = (code: FormulaProblemCode, span: TextSpan, args = {}): ParsedFormula => ({
    ok: false,
    problem: formulaProblem(code, span, args),
  });
  const whole = { from: 0, to: text.length };
  if (text.length > MAX_FORMULA_LENGTH)
    return refuse('formula_too_long', whole, { length: text.length, limit: MAX_FORMULA_LENGTH });
  const lead = /^\s*[=＝]/.exec(text)?.[0].length ?? 0;
  const reading = lead > 0 ? 'excel' : 'mathematics';
  // the sign that was read stays as a blank, so that every place is a place in the text as typed
  const body = ' '.repeat(lead) + text.slice(lead);
  if (body.trim() === '') return refuse('formula_empty', whole);
  const words = readTokens(body, context.names);
  if (!Array.isArray(words)) return { ok: false, problem: words };
  const wrong = checkTokens(words, reading);
  if (wrong) return { ok: false, problem: wrong };
  const tokens = reading === 'excel' ? withExcelBrackets(words) : words;
  try {
    const expression = new Walk(tokens, context).expressionOf(parseGrammar(tokens, text.length));
    if (isArgumentOnly(expression)) return refuse('formula_list_place', { from: lead, to: text.length });
    const count = countParts(expression);
    if (count > MAX_FORMULA_PARTS)
      return refuse('formula_too_large', whole, { count, limit: MAX_FORMULA_PARTS });
    return { ok: true, formula: { text, reading, expression } };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ok: false, problem: thrown.problem };
    throw thrown;
  }
}

function countParts(expression: Expression): number {
  let count = 1;
  for (const part of partsOf(expression)) count += countParts(part);
  return count;
}

function isArgumentOnly(expression: Expression): boolean {
  return expression.kind === 'list' || expression.kind === 'range';
}

/** Walks mathjs's tree and builds ours; what is not named here is refused. */
class Walk {
  readonly #tokens: readonly Token[];
  readonly #context: FormulaContext;

  constructor(tokens: readonly Token[], context: FormulaContext) {
    this.#tokens = tokens;
    this.#context = context;
  }

  expressionOf(node: Node): Expression {
    switch (node.type) {
      case 'ParenthesisNode':
        return this.expressionOf(node.content as Node);
      case 'SymbolNode':
        return this.#valueOf(this.#tokenOf(node));
      case 'OperatorNode':
        return this.#operatorOf(node);
      case 'ConditionalNode':
        return {
          kind: 'conditional',
          test: this.#scalarOf(node.condition),
          then: this.#scalarOf(node.trueExpr),
          otherwise: this.#scalarOf(node.falseExpr),
        };
      case 'FunctionNode':
        return this.#callOf(node);
      case 'AccessorNode':
        return this.#periodsOf(node);
      case 'ArrayNode':
        return { kind: 'list', items: (node.items ?? []).map((item) => this.#scalarOf(item)) };
      case 'RelationalNode':
        return this.#refuse('formula_chained_comparison', node);
      default:
        return this.#refuse('formula_syntax', node);
    }
  }

  #refuse(
    code: FormulaProblemCode,
    node: Node | undefined,
    args: Readonly<Record<string, string | number>> = {},
  ): never {
    throw new Refusal(formulaProblem(code, this.#spanOf(node), args));
  }

  /** The characters from the first to the last word below a node. */
  #spanOf(node: Node | undefined): TextSpan {
    const [first, last] = wordsBelow(node);
    return { from: this.#tokens[first]?.from ?? 0, to: this.#tokens[last]?.to ?? 0 };
  }

  #tokenOf(node: Node | undefined): Token {
    const index = /^w(\d+)$/.exec(node?.type === 'SymbolNode' ? (node.name ?? '') : '')?.[1];
    const token = index === undefined ? undefined : this.#tokens[Number(index)];
    return token ?? this.#refuse('formula_syntax', node);
  }

  #scalarOf(node: Node | undefined): Expression {
    const expression = this.expressionOf(node as Node);
    if (!isArgumentOnly(expression)) return expression;
    throw new Refusal(
      formulaProblem('formula_list_place', 'span' in expression ? expression.span : this.#spanOf(node)),
    );
  }

  #valueOf(token: Token): Expression {
    const span = { from: token.from, to: token.to };
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: token.value, text: token.text };
      case 'line':
        return { kind: 'reference', line: token.line, at: NOW, span };
      case 'period':
        return { kind: 'period', at: token.word === 't' ? NOW : { kind: token.word } };
      case 'cells':
        return this.#cellsOf(token.start, token.end, span);
      default:
        throw new Refusal(formulaProblem('formula_syntax', span));
    }
  }

  #operatorOf(node: Node): Expression {
    const fn = node.fn as string;
    const [left, right] = node.args ?? [];
    if (fn === 'unaryPlus') return this.#scalarOf(left);
    if (fn === 'unaryMinus') return { kind: 'unary', operator: '-', operand: this.#scalarOf(left) };
    if (fn === 'not') return { kind: 'unary', operator: 'not', operand: this.#scalarOf(left) };
    const operator = OPERATORS.get(fn);
    if (operator === undefined || right === undefined) return this.#refuse('formula_syntax', node);
    return { kind: 'binary', operator, left: this.#scalarOf(left), right: this.#scalarOf(right) };
  }

  #callOf(node: Node): Expression {
    const token = this.#tokenOf(node.fn as Node);
    const spec = token.kind === 'function' ? findFunction(token.name) : undefined;
    if (!spec) return this.#refuse('formula_unknown_function', node.fn as Node);
    const span = { from: token.from, to: token.to };
    const nodes = node.args ?? [];
    const { least, most } = arityOf(spec);
    const wrongCount = () => {
      throw new Refusal(
        formulaProblem('formula_argument_count', span, { name: spec.name, given: nodes.length, least, most }),
      );
    };
    if (nodes.length < least || nodes.length > most) wrongCount();
    const args = nodes.map((arg, index) => {
      const parameter = parameterAt(spec, index);
      // Excel reads a gap between commas as zero where it decides, as in IF(test, , 5)
      const mayBeEmpty = parameter?.optional === true || spec.kind === 'lazy';
      if (arg.type === 'SymbolNode' && arg.name === 'empty') return mayBeEmpty ? undefined : wrongCount();
      const takesList = parameter?.takes === 'values' || parameter?.takes === 'list';
      return takesList ? this.expressionOf(arg) : this.#scalarOf(arg);
    });
    if (spec.kind === 'expanded') {
      const expanded = spec.expand(args);
      if (typeof expanded === 'string')
        throw new Refusal(formulaProblem(`formula_${expanded}`, span, { name: spec.name }));
    }
    return { kind: 'call', name: spec.name, args, span };
  }

  #periodsOf(node: Node): Expression {
    const token = this.#tokenOf(node.object);
    const [index, more] = node.index?.dimensions ?? [];
    if (token.kind !== 'line' || index === undefined || more !== undefined)
      return this.#refuse('formula_matrix', node);
    const closing = this.#tokens.find((one) => isSign(one, ']') && one.from >= this.#spanOf(node).to);
    const span = { from: token.from, to: closing?.to ?? token.to };
    if (index.type !== 'RangeNode')
      return { kind: 'reference', line: token.line, at: this.#periodOf(index), span };
    if (index.step) return this.#refuse('formula_period_expected', index);
    return {
      kind: 'range',
      line: token.line,
      from: this.#periodOf(index.start),
      to: this.#periodOf(index.end),
      span,
    };
  }

  /** Reads what stands in brackets after a name: `t`, `t-1`, `2020`, `base`. */
  #periodOf(node: Node | undefined): PeriodReference {
    if (node?.type === 'OperatorNode' && (node.fn === 'add' || node.fn === 'subtract')) {
      const [left, right] = (node.args ?? []).map((arg) =>
        arg.type === 'SymbolNode' ? this.#tokenOf(arg) : undefined,
      );
      if (
        left?.kind === 'period' &&
        left.word === 't' &&
        right?.kind === 'number' &&
        Number.isInteger(right.value)
      ) {
        return { kind: 'lag', by: node.fn === 'add' ? right.value : -right.value };
      }
      return this.#refuse('formula_period_expected', node);
    }
    const token = node?.type === 'SymbolNode' ? this.#tokenOf(node) : undefined;
    if (token?.kind === 'period') return token.word === 't' ? NOW : { kind: token.word };
    if (token?.kind !== 'number') return this.#refuse('formula_period_expected', node);
    if (!hasPeriod(this.#context.periods, token.value)) {
      const { first, last } = this.#context.periods;
      return this.#refuse('formula_period_outside', node, { period: token.value, first, last });
    }
    return { kind: 'fixed', period: token.value };
  }

  /** Turns A1 addresses into names: one row is a line over periods, more rows are a list of cells. */
  #cellsOf(start: CellAddress, end: CellAddress, span: TextSpan): Expression {
    const outside = (): never => {
      throw new Refusal(formulaProblem('formula_cell_outside', span));
    };
    const { sheet, here } = this.#context;
    if (!sheet) return outside();
    const columns = [start, end].sort((a, b) => a.column - b.column) as [CellAddress, CellAddress];
    const rows = [start.row, end.row].sort((a, b) => a - b) as [number, number];
    if ((columns[1].column - columns[0].column + 1) * (rows[1] - rows[0] + 1) > MAX_FORMULA_PARTS) {
      throw new Refusal(
        formulaProblem('formula_too_large', span, { count: MAX_FORMULA_PARTS + 1, limit: MAX_FORMULA_PARTS }),
      );
    }
    const periodAt = (address: CellAddress, period: number): PeriodReference =>
      address.columnFixed || here === undefined
        ? { kind: 'fixed', period }
        : { kind: 'lag', by: period - here };
    if (rows[0] === rows[1]) {
      const from = sheet.cellAt(columns[0].column, rows[0]) ?? outside();
      const to = sheet.cellAt(columns[1].column, rows[1]) ?? outside();
      if (from.line === to.line) {
        const at = periodAt(columns[0], from.period);
        if (columns[0].column === columns[1].column && start === end)
          return { kind: 'reference', line: from.line, at, span };
        return { kind: 'range', line: from.line, from: at, to: periodAt(columns[1], to.period), span };
      }
    }
    const items: Expression[] = [];
    for (let row = rows[0]; row <= rows[1]; row += 1) {
      for (let column = columns[0].column; column <= columns[1].column; column += 1) {
        const cell = sheet.cellAt(column, row) ?? outside();
        const fixed = column === columns[0].column ? columns[0] : columns[1];
        items.push({ kind: 'reference', line: cell.line, at: periodAt(fixed, cell.period), span });
      }
    }
    const [only, ...others] = items;
    return only && others.length === 0 && start === end ? only : { kind: 'list', items };
  }
}
