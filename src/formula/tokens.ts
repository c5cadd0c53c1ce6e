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
  const stickyMatch = (pattern: RegExp, source: string) => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };

  while (at < half.length) {
    const character = half.charAt(at);
    if (/\s/.test(character)) {
      at += 1;
      continue;
    }
    const number = stickyMatch(NUMBER, lower);
    if (number) {
      let to = at + number[0].length;
      let value = Number(number[0]);
      if (!Number.isFinite(value)) return refuse('formula_number_not_finite', to);
      if (half.charAt(to) === '%') {
        value /= 100;
        to += 1;
      }
      tokens.push({ kind: 'number', value, text: half.slice(at, to), from: at, to });
      at = to;
      continue;
    }
    const word = stickyMatch(WORD, lower)?.[0];
    const known = names.match(lower, at);
    const address = stickyMatch(ADDRESS, lower);
    const wordEnd = at + (word?.length ?? 0);
    const calls = word !== undefined && /^\s*\(/.test(half.slice(wordEnd));
    const spec = word === undefined ? undefined : findFunction(word);
    if (known && (known.to > wordEnd || !(calls && spec))) {
      const [line, ...others] = known.lines;
      if (line === undefined || others.length > 0) {
        return refuse('formula_ambiguous_name', known.to, { ids: known.lines.join(', ') });
      }
      tokens.push({ kind: 'line', line, from: at, to: known.to });
      at = known.to;
      continue;
    }
    if (calls && spec) {
      tokens.push({ kind: 'function', name: spec.name, from: at, to: wordEnd });
      at = wordEnd;
      continue;
    }
    if (word === 'and' || word === 'or' || word === 'not') {
      tokens.push({ kind: 'sign', sign: word, from: at, to: wordEnd });
      at = wordEnd;
      continue;
    }
    if (word === 't' || word === 'base' || word === 'first' || word === 'last') {
      tokens.push({ kind: 'period', word, from: at, to: at + word.length });
      at += word.length;
      continue;
    }
    if (word === 'true' || word === 'false') {
      tokens.push({
        kind: 'number',
        value: word === 'true' ? 1 : 0,
        text: word,
        from: at,
        to: at + word.length,
      });
      at += word.length;
      continue;
    }
    if (address) {
      const read = (match: RegExpExecArray): CellAddress => ({
        column: columnNumber(match[2] ?? ''),
        row: Number(match[4]),
        columnFixed: match[1] === '$',
        rowFixed: match[3] === '$',
      });
      const start = read(address);
      const from = at;
      at += address[0].length;
      let end = start;
      if (half.charAt(at) === ':') {
        at += 1;
        const second = stickyMatch(ADDRESS, lower);
        if (second) {
          end = read(second);
          at += second[0].length;
        } else at -= 1;
      }
      tokens.push({ kind: 'cells', start, end, from, to: at });
      continue;
    }
    if (word !== undefined) {
      if (calls) return refuse('formula_unknown_function', wordEnd);
      return refuse(spec ? 'formula_function_needs_call' : 'formula_unknown_name', wordEnd);
    }
    const pair = half.slice(at, at + 2);
    const closing = /^['‘]/.test(character) ? half.slice(at + 1).search(/['’]/) : -1;
    if (closing !== -1) return refuse('formula_unknown_name', at + closing + 2);
    const sign = SIGNS.get(pair) ?? SIGNS.get(character);
    if (sign === undefined) return refuse(REFUSED.get(character) ?? 'formula_character', at + 1);
    const length = pair.length === 2 && SIGNS.has(pair) ? 2 : 1;
    tokens.push({ kind: 'sign', sign, from: at, to: at + length });
    at += length;
  }
  return tokens;
}

/** Tells whether a token is this sign. */
export function isSign(token: Token | undefined, ...signs: readonly string[]): boolean {
  return token?.kind === 'sign' && signs.includes(token.sign);
}

/** Tells whether a value can begin with this token. */
function beginsValue(token: Token): boolean {
  return token.kind !== 'sign' || ['(', '{', 'not'].includes(token.sign);
}

/** Tells whether a value can end with this token. */
function endsValue(token: Token | undefined): boolean {
  if (token === undefined || token.kind === 'function') return false;
  return token.kind !== 'sign' || [')', ']', '}'].includes(token.sign);
}

/**
 * Checks what can be checked on words alone and is better said here, with its exact place, than by a grammar: implied
 * multiplication, brackets, matrices, depth, assignment, separators outside calls.
 */
export function checkTokens(
  tokens: readonly Token[],
  reading: 'excel' | 'mathematics',
): FormulaProblem | undefined {
  const open: { sign: string; token: Token; conditions: number; call: boolean }[] = [];
  let depth = 0;
  const depths: number[] = [];
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const span = { from: token.from, to: token.to };
    if (endsValue(before) && beginsValue(token)) {
      return formulaProblem('formula_implied_multiplication', {
        from: before?.from ?? token.from,
        to: token.to,
      });
    }
    if (token.kind !== 'sign') continue;
    const { sign } = token;
    if (['(', '[', '{'].includes(sign)) {
      if (sign === '[' && before?.kind !== 'line') return formulaProblem('formula_matrix', span);
      open.push({ sign, token, conditions: 0, call: sign === '(' && before?.kind === 'function' });
      depths.push(depth);
      depth += 1;
    } else if ([')', ']', '}'].includes(sign)) {
      const last = open.pop();
      depth = depths.pop() ?? 0;
      if (!last || { '(': ')', '[': ']', '{': '}' }[last.sign] !== sign)
        return formulaProblem('formula_unclosed', span, { sign });
    } else if (
      sign === '?' ||
      sign === '^' ||
      sign === 'not' ||
      (['-', '+'].includes(sign) && !endsValue(before))
    ) {
      depth += 1;
    } else if (sign === '=' && reading === 'mathematics' && open.length === 0) {
      return formulaProblem('formula_assignment', span);
    } else if (sign === ',' && !(open.at(-1)?.call || open.at(-1)?.sign === '{')) {
      const grouping = before?.kind === 'number' && tokens[index + 1]?.kind === 'number';
      return formulaProblem(grouping ? 'formula_number_grouping' : 'formula_character', span, { text: sign });
    } else if (sign === ';' && open.at(-1)?.sign !== '{') {
      return formulaProblem('formula_character', span, { text: sign });
    }
    if (depth > MAX_FORMULA_DEPTH)
      return formulaProblem('formula_too_deep', span, { limit: MAX_FORMULA_DEPTH });
  }
  const unclosed = open.at(-1);
  return unclosed && formulaProblem('formula_unclosed', unclosed.token, { sign: unclosed.sign });
}
