/**
 * The words of a formula, with their places in the text as typed.
 *
 * This is where all characters that a formula may hold are listed, and where names, A1 addresses, percent and adjacent
 * operands are told apart. Grammar and precedence are mathjs's (`grammar.ts`).
 */
import { toHalfWidth } from '#quantity';
import { findFunction } from './function-registry.ts';
import { comparable, type Names } from './names.ts';
import { formulaProblem, type FormulaProblem, type FormulaProblemCode } from './problem.ts';

/** An A1 address; `$` fixes a part. Column and row count from 1. */
export interface CellAddress {
  readonly column: number;
  readonly row: number;
  readonly columnFixed: boolean;
  readonly rowFixed: boolean;
}

export type Token = { readonly from: number; readonly to: number } & (
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'cells'; readonly start: CellAddress; readonly end: CellAddress }
  /** t, base, first, last */
  | { readonly kind: 'period'; readonly word: 't' | 'base' | 'first' | 'last' }
  | { readonly kind: 'function'; readonly name: string }
  /** Operators, brackets, separators, and the words and, or, not; in their canonical spelling. */
  | { readonly kind: 'sign'; readonly sign: string }
);

/** Longest formula, in characters. */
export const MAX_FORMULA_LENGTH = 2000;
/** Deepest nesting of brackets, conditions, powers and signs together. */
const MAX_FORMULA_DEPTH = 64;

const SIGNS: ReadonlyMap<string, string> = new Map([
  ...[
    '<=',
    '>=',
    '==',
    '!=',
    '<',
    '>',
    '+',
    '-',
    '*',
    '/',
    '^',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ';',
    '?',
    ':',
    '=',
  ].map((sign) => [sign, sign] as const),
  ['<>', '!='],
  ['×', '*'],
  ['÷', '/'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
  ['–', '-'],
  ['；', ';'],
  ['：', ':'],
  ['？', '?'],
  ['＊', '*'],
  ['／', '/'],
  ['＜', '<'],
  ['＞', '>'],
  ['＾', '^'],
  ['［', '['],
  ['］', ']'],
  ['｛', '{'],
  ['｝', '}'],
]);

/** What the signs of two characters begin with. */
const PAIR_STARTS: ReadonlySet<string> = new Set(
  [...SIGNS.keys()].filter((sign) => sign.length === 2).map((sign) => sign.charAt(0)),
);

const REFUSED: ReadonlyMap<string, FormulaProblemCode> = new Map([
  ['"', 'formula_text_constant'],
  ["'", 'formula_text_constant'],
  ['“', 'formula_text_constant'],
  ['”', 'formula_text_constant'],
  ['‘', 'formula_text_constant'],
  ['’', 'formula_text_constant'],
  ['.', 'formula_property'],
  ['%', 'formula_percent_place'],
]);

const BLANK = /\s/;
const OPENING = /\s*\(/y;
const NUMBER = /(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/y;
const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
const ADDRESS = /(\$?)([a-z]{1,3})(\$?)(\d{1,7})(?![\p{L}\p{N}_(])/uy;

function columnNumber(letters: string): number {
  return Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** Reads the words of a formula, or says what is wrong at the first place that is. `text` comes without its leading `=`. */
export function readTokens(text: string, names: Names): Token[] | FormulaProblem {
  const half = toHalfWidth(text).replaceAll('＝', '=');
  const lower = comparable(half);
  const tokens: Token[] = [];
  let at = 0;
  const refuse = (code: FormulaProblemCode, to: number, args: Record<string, string | number> = {}) =>
    formulaProblem(code, { from: at, to }, { text: text.slice(at, to), ...args });
  const take = (token: Token) => {
    tokens.push(token);
    at = token.to;
  };

  while (at < half.length) {
    const character = half.charAt(at);
    if (BLANK.test(character)) {
      at += 1;
      continue;
    }
    // no number, name or address begins with a sign
    const pair = PAIR_STARTS.has(character) ? SIGNS.get(half.slice(at, at + 2)) : undefined;
    const sign = pair ?? SIGNS.get(character);
    if (sign !== undefined) {
      take({ kind: 'sign', sign, from: at, to: at + (pair === undefined ? 1 : 2) });
      continue;
    }
    const end = endOf(NUMBER, lower, at);
    if (end > at) {
      const number = Number(lower.slice(at, end));
      if (!Number.isFinite(number)) return refuse('formula_number_not_finite', end);
      const isPercent = half.charAt(end) === '%';
      const to = isPercent ? end + 1 : end;
      const value = isPercent ? number / 100 : number;
      take({ kind: 'number', value, text: half.slice(at, to), from: at, to });
      continue;
    }
    const wordEnd = endOf(WORD, lower, at);
    const word = wordEnd > at ? lower.slice(at, wordEnd) : undefined;
    const spec = word === undefined ? undefined : findFunction(word);
    const isCalled = word !== undefined && endOf(OPENING, half, wordEnd) > wordEnd;
    const known = names.match(lower, at);
    if (known && (known.to > wordEnd || !(spec && isCalled))) {
      const [line, ...others] = known.lines;
      if (line === undefined || others.length > 0) {
        return refuse('formula_ambiguous_name', known.to, { ids: known.lines.join(', ') });
      }
      take({ kind: 'line', line, from: at, to: known.to });
      continue;
    }
    if (spec && isCalled) {
      take({ kind: 'function', name: spec.name, from: at, to: wordEnd });
      continue;
    }
    if (word === 'and' || word === 'or' || word === 'not') {
      take({ kind: 'sign', sign: word, from: at, to: wordEnd });
      continue;
    }
    if (word === 't' || word === 'base' || word === 'first' || word === 'last') {
      take({ kind: 'period', word, from: at, to: wordEnd });
      continue;
    }
    if (word === 'true' || word === 'false') {
      take({ kind: 'number', value: word === 'true' ? 1 : 0, text: word, from: at, to: wordEnd });
      continue;
    }
    const cells = readCells(half, lower, at);
    if (cells) {
      take(cells);
      continue;
    }
    if (word !== undefined) {
      if (isCalled) return refuse('formula_unknown_function', wordEnd);
      return refuse(spec ? 'formula_function_needs_call' : 'formula_unknown_name', wordEnd);
    }
    const closing = /^['‘]/.test(character) ? half.slice(at + 1).search(/['’]/) : -1;
    if (closing !== -1) return refuse('formula_unknown_name', at + closing + 2);
    return refuse(REFUSED.get(character) ?? 'formula_character', at + 1);
  }
  return tokens;
}

/** Where what a sticky pattern matches ends; `at` where it does not match. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Reads an A1 address or two with a colon between them. */
function readCells(half: string, lower: string, from: number): Token | undefined {
  const first = matchAt(ADDRESS, lower, from);
  if (!first) return undefined;
  const start = addressOf(first);
  const to = from + first[0].length;
  const second = half.charAt(to) === ':' ? matchAt(ADDRESS, lower, to + 1) : null;
  if (!second) return { kind: 'cells', start, end: start, from, to };
  return { kind: 'cells', start, end: addressOf(second), from, to: to + 1 + second[0].length };
}

function addressOf(match: RegExpExecArray): CellAddress {
  return {
    column: columnNumber(match[2] ?? ''),
    row: Number(match[4]),
    columnFixed: match[1] === '$',
    rowFixed: match[3] === '$',
  };
}

/** Tells whether a token is this sign. */
export function isSign(token: Token | undefined, ...signs: readonly string[]): boolean {
  return token?.kind === 'sign' && signs.includes(token.sign);
}

/** The sign that closes what a sign opens. */
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const CLOSED: ReadonlySet<string> = new Set(CLOSING.values());

function isPlusOrMinus(sign: string): boolean {
  return sign === '+' || sign === '-';
}

/** Tells whether a value can begin with this token. */
function beginsValue(token: Token): boolean {
  return token.kind !== 'sign' || token.sign === '(' || token.sign === '{' || token.sign === 'not';
}

/** Tells whether a value can end with this token. */
function endsValue(token: Token | undefined): boolean {
  if (token === undefined || token.kind === 'function') return false;
  return token.kind !== 'sign' || CLOSED.has(token.sign);
}

/**
 * Checks what can be checked on words alone and is better said here, with its exact place, than by a grammar: implied
 * multiplication, brackets, matrices, depth, assignment, separators outside calls.
 */
export function checkTokens(
  tokens: readonly Token[],
  reading: 'excel' | 'mathematics',
): FormulaProblem | undefined {
  const open: { sign: string; token: Token; depth: number; isCall: boolean }[] = [];
  let depth = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    const before = tokens[index - 1];
    if (endsValue(before) && beginsValue(token)) {
      return formulaProblem('formula_implied_multiplication', {
        from: before?.from ?? token.from,
        to: token.to,
      });
    }
    if (token.kind !== 'sign') continue;
    const { sign } = token;
    if (CLOSING.has(sign)) {
      if (sign === '[' && before?.kind !== 'line') return refuse(token, 'formula_matrix');
      open.push({ sign, token, depth, isCall: sign === '(' && before?.kind === 'function' });
      depth += 1;
    } else if (CLOSED.has(sign)) {
      const last = open.pop();
      if (!last || CLOSING.get(last.sign) !== sign) return refuse(token, 'formula_unclosed', { sign });
      depth = last.depth;
    } else if (
      sign === '?' ||
      sign === '^' ||
      sign === 'not' ||
      (isPlusOrMinus(sign) && !endsValue(before))
    ) {
      depth += 1;
    } else if (sign === '=' && reading === 'mathematics' && open.length === 0) {
      return refuse(token, 'formula_assignment');
    } else if (sign === ',' && !(open.at(-1)?.isCall || open.at(-1)?.sign === '{')) {
      const isGrouping = before?.kind === 'number' && tokens[index + 1]?.kind === 'number';
      return refuse(token, isGrouping ? 'formula_number_grouping' : 'formula_character', { text: sign });
    } else if (sign === ';' && open.at(-1)?.sign !== '{') {
      return refuse(token, 'formula_character', { text: sign });
    }
    if (depth > MAX_FORMULA_DEPTH) return refuse(token, 'formula_too_deep', { limit: MAX_FORMULA_DEPTH });
  }
  const unclosed = open.at(-1);
  return unclosed && refuse(unclosed.token, 'formula_unclosed', { sign: unclosed.sign });
}

function refuse(
  { from, to }: Token,
  code: FormulaProblemCode,
  args: Record<string, string | number> = {},
): FormulaProblem {
  return formulaProblem(code, { from, to }, args);
}
