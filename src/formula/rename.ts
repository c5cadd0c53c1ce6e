/** The names in a formula's text: in another language or as ids, and followed where lines are renamed; all else stays as typed. */
import { comparable, type Names } from './names.ts';
import type { FormulaContext } from './parse.ts';
import { readTokens, type Token } from './tokens.ts';

type LineToken = Extract<Token, { kind: 'line' }>;

/** The names of lines in a formula's text, in order; undefined where the text cannot be read. */
function lineTokens(text: string, names: Names): readonly LineToken[] | undefined {
  const lead = /^\s*[=＝]/.exec(text)?.[0].length ?? 0;
  const tokens = readTokens(' '.repeat(lead) + text.slice(lead), names);
  return Array.isArray(tokens) ? tokens.filter((token) => token.kind === 'line') : undefined;
}

function rewritten(
  text: string,
  tokens: readonly LineToken[],
  write: (token: LineToken, typed: string) => string,
): string {
  let result = '';
  let at = 0;
  for (const token of tokens) {
    result += text.slice(at, token.from) + write(token, text.slice(token.from, token.to));
    at = token.to;
  }
  return result + text.slice(at);
}

/** Rewrites the names in a formula as ids or in a language; everything else stays as typed. */
export function renameFormula(text: string, context: FormulaContext, language: 'zh' | 'en' | 'id'): string {
  const tokens = lineTokens(text, context.names);
  return tokens ? rewritten(text, tokens, ({ line }) => context.names.nameOf(line, language)) : text;
}

/** The lines that a formula's text names, each once; none where the text cannot be read. */
export function linesNamed(text: string, names: Names): readonly string[] {
  return [...new Set((lineTokens(text, names) ?? []).map(({ line }) => line))];
}

/**
 * Lets a formula follow when lines are called otherwise: a name that would no longer be read as its line is written anew, in
 * the language in which it was typed. The text stays as it is where every name still means the same line.
 */
export function followNames(text: string, before: Names, after: Names): string {
  const tokens = lineTokens(text, before);
  if (!tokens || tokens.length === 0) return text;
  const wanted = tokens.map(({ line }) => line).join(' ');
  const isFaithful = (one: string) =>
    lineTokens(one, after)
      ?.map(({ line }) => line)
      .join(' ') === wanted;
  if (isFaithful(text)) return text;
  const followed = rewritten(text, tokens, ({ line }, typed) => {
    const match = after.match(comparable(typed), 0);
    const isKept = match?.to === typed.length && match.lines.length === 1 && match.lines[0] === line;
    return isKept ? typed : after.nameOf(line, languageOf(typed, line, before));
  });
  // beside each other names can still read as another name; ids do not
  return isFaithful(followed) ? followed : rewritten(text, tokens, ({ line }) => line);
}

function languageOf(typed: string, line: string, names: Names): 'zh' | 'en' | 'id' {
  const is = (language: 'zh' | 'en' | 'id') => comparable(names.nameOf(line, language)) === comparable(typed);
  if (is('id')) return 'id';
  return is('zh') ? 'zh' : 'en';
}
