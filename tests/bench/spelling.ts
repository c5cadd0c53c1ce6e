/** The formulas of the workloads as trees, and the trees as the text of each contender. */
import type { Formula } from './workloads.ts';

type Part =
  | { readonly kind: 'cell'; readonly line: number; readonly lag: 0 | -1 }
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'binary';
      readonly operator: '+' | '-' | '*' | '/' | '^';
      readonly items: readonly Part[];
    }
  | { readonly kind: 'call'; readonly name: 'SUM' | 'MIN' | 'MAX'; readonly items: readonly Part[] }
  | { readonly kind: 'if'; readonly items: readonly Part[] };

/** How a contender writes what differs between them. */
export interface Dialect {
  cell(line: number, lag: 0 | -1): string;
  call(name: 'SUM' | 'MIN' | 'MAX', items: readonly string[]): string;
  /** The third where the first is greater than the second, else the fourth. */
  choose(left: string, right: string, then: string, otherwise: string): string;
}

const cell = (line: number | undefined, lag: 0 | -1 = 0): Part => ({ kind: 'cell', line: line ?? 0, lag });
const number = (value: number): Part => ({ kind: 'number', value });
const binary = (operator: '+' | '-' | '*' | '/' | '^', left: Part, right: Part): Part => ({
  kind: 'binary',
  operator,
  items: [left, right],
});

function treeOf({ kind, reads }: Formula, line: number): Part {
  const [a, b, c, d] = reads;
  switch (kind) {
    case 'growth':
      return binary('*', cell(line, -1), binary('+', number(1), binary('*', cell(a), number(0.5))));
    case 'mean':
      return binary('/', binary('+', cell(a), cell(b, -1)), number(2));
    case 'share':
    case 'total':
      return binary(
        '/',
        { kind: 'call', name: 'SUM', items: reads.map((one) => cell(one)) },
        number(reads.length),
      );
    case 'cap':
      return {
        kind: 'call',
        name: 'MIN',
        items: [
          binary('*', cell(a), number(1.01)),
          binary('+', number(40), binary('*', cell(a), number(0.5))),
        ],
      };
    case 'floor':
      return {
        kind: 'call',
        name: 'MAX',
        items: [binary('-', cell(a), cell(b)), binary('*', cell(a), number(0.1))],
      };
    case 'choice':
      return {
        kind: 'if',
        items: [cell(b), cell(c), binary('*', cell(a), number(0.9)), binary('+', cell(a), cell(d))],
      };
    case 'index':
      return binary(
        '*',
        cell(a),
        binary('/', binary('+', number(1), cell(b)), binary('+', number(1), cell(c, -1))),
      );
    case 'power':
      return binary('*', binary('^', binary('/', cell(a), cell(b)), number(0.3)), cell(c));
    case 'chain':
      return binary('+', binary('*', cell(a), number(0.999)), cell(b));
  }
}

/** Writes the formula of a line. */
export function spell(formula: Formula, line: number, dialect: Dialect): string {
  return print(treeOf(formula, line), dialect);
}

function print(part: Part, dialect: Dialect): string {
  if (part.kind === 'cell') return dialect.cell(part.line, part.lag);
  if (part.kind === 'number') return String(part.value);
  const items = part.items.map((item) => print(item, dialect));
  if (part.kind === 'binary') return `(${items.join(` ${part.operator} `)})`;
  if (part.kind === 'call') return dialect.call(part.name, items);
  const [left = '', right = '', then = '', otherwise = ''] = items;
  return dialect.choose(left, right, then, otherwise);
}

/** Letters of a spreadsheet column, from 0. */
function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** A formula with its equals sign as spreadsheets write it: lines are rows, periods are columns. */
export function spellInCells(formula: Formula, line: number, period: number): string {
  return `=${spell(formula, line, {
    cell: (row, lag) => cellName(row, period + lag),
    call: (name, items) => `${name}(${items.join(',')})`,
    choose: (...items) => `IF(${items[0]}>${items[1]},${items[2]},${items[3]})`,
  })}`;
}

/** The name of a cell in a spreadsheet. */
export function cellName(line: number, period: number): string {
  return `${columnName(period)}${line + 1}`;
}
