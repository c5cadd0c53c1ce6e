/**
 * The grammar, which is mathjs's and ends in this file: it sees placeholders only, one for each word of the formula, so that
 * every node leads back to a place in the text.
 */
import { create, parseDependencies, type FactoryFunctionMap } from 'mathjs/number';
import { formulaProblem, type FormulaProblem } from './problem.ts';
import { isSign, type Token } from './tokens.ts';

const math = create(parseDependencies as FactoryFunctionMap);

/** The few members of mathjs's nodes that are read here. */
export interface Node {
  readonly type: string;
  readonly name?: string;
  readonly fn?: string | Node;
  readonly args?: readonly Node[];
  readonly content?: Node;
  readonly object?: Node;
  readonly index?: Node;
  readonly dimensions?: readonly Node[];
  readonly start?: Node;
  readonly end?: Node;
  readonly step?: Node | null;
  readonly condition?: Node;
  readonly trueExpr?: Node;
  readonly falseExpr?: Node;
  readonly items?: readonly Node[];
}

/** Leaves the walk at the first thing that is wrong; caught in `parseFormula` only. */
export class Refusal extends Error {
  readonly problem: FormulaProblem;
  constructor(problem: FormulaProblem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** Trees by what mathjs was given: formulas of one shape have one tree, and plans have few shapes. Never changed. */
const grammars = new Map<string, Node>();
const MAX_GRAMMARS = 2000;

/** How a sign is written for mathjs, where that is another; lists are written as its rows. */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['{', '['],
  ['}', ']'],
  ['=', '=='],
]);

/** Lets mathjs read placeholders: `w3 + w5(w7, w9)`, each the number of a token. */
export function parseGrammar(tokens: readonly Token[], length: number): Node {
  const words = placeholdersOf(tokens);
  const text = words.join('');
  const known = grammars.get(text);
  if (known) return known;
  try {
    const node: Node = math.parse(text);
    if (grammars.size >= MAX_GRAMMARS) grammars.clear();
    grammars.set(text, node);
    return node;
  } catch (thrown) {
    // mathjs throws a SyntaxError with the number of a character; anything else is not about the text
    const character = thrown instanceof Error ? /\(char (\d+)\)/.exec(thrown.message)?.[1] : undefined;
    if (character === undefined) throw thrown;
    throw new Refusal(
      formulaProblem(
        'formula_syntax',
        tokenAt(Number(character) - 1, tokens, words) ?? { from: Math.max(0, length - 1), to: length },
      ),
    );
  }
}

/** What mathjs reads of each token. */
function placeholdersOf(tokens: readonly Token[]): string[] {
  let braces = 0;
  return tokens.map((token, index) => {
    if (token.kind !== 'sign') return `w${index} `;
    const { sign } = token;
    if (sign === '{') braces += 1;
    if (sign === '}') braces -= 1;
    const written = sign === ';' && braces > 0 ? ',' : (WRITTEN.get(sign) ?? sign);
    const next = tokens[index + 1];
    const opensCall = sign === '(' && tokens[index - 1]?.kind === 'function';
    const leavesEmpty = (sign === ',' && isSign(next, ',', ')')) || (opensCall && isSign(next, ','));
    return leavesEmpty ? ` ${written} empty ` : ` ${written} `;
  });
}

/** The first token that begins at a character of what mathjs read, or after it. */
function tokenAt(character: number, tokens: readonly Token[], words: readonly string[]): Token | undefined {
  let at = 0;
  return tokens.find((token, index) => {
    // a sign is written after a blank
    const start = at + (token.kind === 'sign' ? 1 : 0);
    at += words[index]?.length ?? 0;
    return start >= character;
  });
}

const wordsOf = new WeakMap<Node, readonly [number, number]>();

/** The numbers of the first and the last word below a node; found once, since trees are shared. */
export function wordsBelow(node: Node | undefined): readonly [number, number] {
  const known = node && wordsOf.get(node);
  if (known) return known;
  const indexes: number[] = [];
  const visit = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return;
    const { type, name } = one as Node;
    if (type === 'SymbolNode' && name?.startsWith('w')) indexes.push(Number(name.slice(1)));
    for (const child of Object.values(one)) {
      if (Array.isArray(child)) child.forEach(visit);
      else visit(child);
    }
  };
  visit(node);
  const found = [Math.min(...indexes), Math.max(...indexes)] as const;
  if (node) wordsOf.set(node, found);
  return found;
}
