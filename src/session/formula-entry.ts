/** What helps a person to read and write formulas: a formula in the reader's language, completion, signatures. Pure. */
import {
  findFunction,
  functionList,
  parseFormula,
  printExpression,
  renameFormula,
  signatureOf,
  type FormulaContext,
} from '#formula';
import type { Line } from '#plan';
import { isFormulaEntry } from './formula-start.ts';

/** Something that could stand where the caret is. */
export interface Completion {
  readonly kind: 'line' | 'function';
  /** The line's id or the function's name. */
  readonly id: string;
  /** What is shown first: the line's name as a formula writes it, the function's signature. */
  readonly label: string;
  /** The line's name in the other language. */
  readonly detail: string;
  /** What takes the place of the characters `from` to `to`. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The call around the caret. */
export interface CallHint {
  readonly signature: string;
  /** Which argument the caret is in, from 0. */
  readonly argument: number;
}

/** More would be a list to read, not a help to write. */
const MAX_COMPLETIONS = 8;

/** Of these, functions: names of lines are what a plan is written in. */
const MAX_FUNCTIONS = 4;

/** Characters that end a name: operators, brackets, separators, in both widths. */
const BREAK = /[=＝+\-−－*×/÷^<>!&|,，;；:：(（)）{}[\]?？"]/u;

/** Writes a formula for a cell: with `=`, names in the reader's language. */
export function formulaInWords(text: string, context: FormulaContext, language: 'zh' | 'en'): string {
  if (/^\s*[=＝]/.test(text)) return renameFormula(text, context, language);
  const parsed = parseFormula(text, context);
  if (!parsed.ok) return `=${renameFormula(text, context, language)}`;
  return `=${printExpression(parsed.formula.expression, { names: context.names, language })}`;
}

/** The characters before the caret that may be the beginning of a name. */
function wordBefore(text: string, caret: number): { from: number; word: string } {
  let from = caret;
  while (from > 0 && !BREAK.test(text.charAt(from - 1))) from -= 1;
  const word = text.slice(from, caret);
  const blanks = word.length - word.trimStart().length;
  return { from: from + blanks, word: word.slice(blanks) };
}

/** How well a name answers a word: 0 it is the word's beginning, 1 the word stands inside, -1 not at all. */
function fit(name: string, word: string): number {
  const at = name.toLowerCase().indexOf(word);
  return at === -1 ? -1 : Math.min(at, 1);
}

/** Lists what could be meant by the word before the caret, best first: lines by both names and id, then functions. */
export function completionsAt(
  text: string,
  caret: number,
  lines: readonly Line[],
  context: FormulaContext,
  language: 'zh' | 'en',
): Completion[] {
  if (!isFormulaEntry(text)) return [];
  const { from, word } = wordBefore(text, caret);
  const sought = word.trim().toLowerCase();
  if (sought === '' || /^[\d.%]+$/.test(sought) || /^[a-z]{1,3}\d+$/.test(sought)) return [];
  const other = language === 'zh' ? 'en' : 'zh';
  const found = lines.flatMap((line) => {
    const fits = [line.name[language], line.name[other], line.id].map((name) => fit(name, sought));
    const best = Math.min(...fits.map((one) => (one === -1 ? Infinity : one)));
    return best === Infinity ? [] : [{ line, best }];
  });
  const [only, ...others] = found;
  const isWritten = only && context.names.nameOf(only.line.id, language).toLowerCase() === sought;
  if (isWritten && others.length === 0) return [];
  const named = found
    .sort((a, b) => a.best - b.best)
    .slice(0, MAX_COMPLETIONS)
    .map(({ line, best }) => ({ best, completion: namedCompletion(line, from, caret, context, language) }));
  const called = functionList
    .filter((spec) => /^[a-z.]+$/.test(sought) && spec.name.toLowerCase().startsWith(sought))
    .slice(0, MAX_FUNCTIONS)
    .map((spec): Completion => ({
      kind: 'function',
      id: spec.name,
      label: signatureOf(spec),
      detail: '',
      text: `${spec.name}(`,
      from,
      to: caret,
    }));
  const beginning = named.filter(({ best }) => best === 0).map(({ completion }) => completion);
  const within = named.filter(({ best }) => best > 0).map(({ completion }) => completion);
  const isFunctionFirst = called.some((one) => one.id.toLowerCase() === sought);
  const room = MAX_COMPLETIONS - called.length;
  const best = isFunctionFirst
    ? [...called, ...beginning.slice(0, room)]
    : [...beginning.slice(0, room), ...called];
  return [...best, ...within].slice(0, MAX_COMPLETIONS);
}

function namedCompletion(
  line: Line,
  from: number,
  to: number,
  context: FormulaContext,
  language: 'zh' | 'en',
): Completion {
  const text = context.names.nameOf(line.id, language);
  // a name that two lines share is written as the id
  const detail = text === line.id ? line.id : line.name[language === 'zh' ? 'en' : 'zh'];
  return { kind: 'line', id: line.id, label: line.name[language], detail, text, from, to };
}

/** Finds the function call that the caret is in. */
export function callAround(text: string, caret: number): CallHint | undefined {
  if (!isFormulaEntry(text)) return undefined;
  let depth = 0;
  let argument = 0;
  for (let at = caret - 1; at >= 0; at -= 1) {
    const sign = text.charAt(at);
    if (/[)）\]}]/.test(sign)) depth += 1;
    else if (/[(（[{]/.test(sign)) {
      if (depth === 0) {
        const spec = findFunction(functionBefore(text, at));
        if (spec) return { signature: signatureOf(spec), argument };
        argument = 0;
      } else depth -= 1;
    } else if (/[,，]/.test(sign) && depth === 0) argument += 1;
  }
  return undefined;
}

/** The letters and points that stand before a place, blanks between left out. */
function functionBefore(text: string, at: number): string {
  const before = text.slice(0, at).trimEnd();
  let from = before.length;
  while (/[A-Za-z.]/.test(before[from - 1] ?? '')) from -= 1;
  return before.slice(from);
}

/** Writes a reference to a cell as a formula in another period of the plan needs it: `贷款余额[t-1]`. */
export function referenceTo(
  line: string,
  period: number,
  here: number,
  context: FormulaContext,
  language: 'zh' | 'en',
): string {
  const name = context.names.nameOf(line, language);
  if (period === here) return name;
  const by = period - here;
  return `${name}[t${by < 0 ? '-' : '+'}${Math.abs(by)}]`;
}
