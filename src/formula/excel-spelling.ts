/**
 * Excel's reading of signs and powers, written into the words of a formula as brackets.
 *
 * Excel binds a sign tighter than a power (−2^2 is 4) and reads powers from the left (2^3^2 is 64); mathematics, and so
 * mathjs, does neither. Brackets make both read the same.
 */
import { isSign, type Token } from './tokens.ts';

/** Puts in the brackets that make a mathematical parser read powers as Excel does. */
export function withExcelBrackets(tokens: readonly Token[]): Token[] {
  let at = 0;

  /** Copies tokens up to a closing bracket or the end. */
  function copySequence(): Token[] {
    const output: Token[] = [];
    while (at < tokens.length && !isSign(tokens[at], ')', ']', '}')) {
      const before = output.at(-1);
      const afterValue = before !== undefined && (before.kind !== 'sign' || isSign(before, ')', ']', '}'));
      // after a value a plus or minus is a sum, not a sign
      if (afterValue) output.push(tokens[at++] as Token);
      else output.push(...copyPowers());
    }
    return output;
  }

  /** Copies one value with the powers it is raised to, or one other token. */
  function copyPowers(): Token[] {
    const near = tokens[at] as Token;
    const first = copySigned();
    if (first.tokens.length === 0) return [tokens[at++] as Token];
    if (!isSign(tokens[at], '^')) return first.tokens;
    let chain = first.signed ? bracketed(first.tokens, near) : first.tokens;
    for (let powers = 0; isSign(tokens[at], '^'); powers += 1) {
      const power = tokens[at++] as Token;
      const exponent = copySigned();
      if (powers > 0) chain = bracketed(chain, near);
      chain = [...chain, power, ...(exponent.signed ? bracketed(exponent.tokens, power) : exponent.tokens)];
    }
    return chain;
  }

  /** Copies signs and then a number, name, call or bracket with what belongs to it. */
  function copySigned(): { tokens: Token[]; signed: boolean } {
    const value: Token[] = [];
    while (isSign(tokens[at], '-', '+')) value.push(tokens[at++] as Token);
    const signed = value.length > 0;
    const first = tokens[at];
    if (first && first.kind !== 'sign') {
      value.push(first);
      at += 1;
    }
    while (isSign(tokens[at], '(', '[', '{')) {
      value.push(tokens[at++] as Token, ...copySequence());
      const close = tokens[at];
      if (close) {
        value.push(close);
        at += 1;
      }
    }
    return { tokens: value, signed };
  }
  return copySequence();
}

function bracketed(tokens: readonly Token[], near: Token): Token[] {
  const sign = (text: '(' | ')'): Token => ({ kind: 'sign', sign: text, from: near.from, to: near.from });
  return [sign('('), ...tokens, sign(')')];
}
