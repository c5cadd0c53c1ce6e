/** The names in a formula's text, in another language or as ids; everything else stays as typed. */
import type { FormulaContext } from './parse.ts';
import { readTokens } from './tokens.ts';

/** Rewrites the names in a formula as ids or in a language; everything else stays as typed. */
export function renameFormula(text: string, context: FormulaContext, language: 'zh' | 'en' | 'id'): string {
  const lead = /^\s*[=＝]/.exec(text)?.[0].length ?? 0;
  const tokens = readTokens(' '.repeat(lead) + text.slice(lead), context.names);
  if (!Array.isArray(tokens)) return text;
  let result = '';
  let at = 0;
  for (const token of tokens) {
    if (token.kind !== 'line') continue;
    result += text.slice(at, token.from) + context.names.nameOf(token.line, language);
    at = token.to;
  }
  return result + text.slice(at);
}
