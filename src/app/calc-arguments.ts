/** The command line of `calc`: what was asked, or what is wrong with the asking. */
import { parseNumber } from '#quantity';
import {
  ANALYSIS_OPTIONS,
  AUDIT_OPTION,
  AnalysisReader,
  isAnalysisOption,
  type AnalysisRefusal,
  type AnalysisRequest,
} from './calc-analysis-arguments.ts';

export type { CellArgument } from './calc-analysis-arguments.ts';

/** One `--set`: a value or a formula for a line, in one period or in all after the base. */
export interface SetArgument {
  readonly line: string;
  readonly value: string;
  readonly period?: number;
}

/** One `--eval`. */
export interface EvalArgument {
  readonly text: string;
  readonly period?: number;
}

/** What a call of `calc` asks for. */
export interface CalcRequest {
  readonly plan?: string;
  readonly scenario?: string;
  /** Scenarios laid on the open one, nearest first. */
  readonly stack: readonly string[];
  readonly sets: readonly SetArgument[];
  readonly lines: readonly string[];
  readonly evals: readonly EvalArgument[];
  /** Values of A1 cells by upper-case address; null is an empty cell. */
  readonly cells: ReadonlyMap<string, number | null>;
  /** What is asked beside values. */
  readonly analysis: AnalysisRequest;
  /** The first option of a question, for the sentence that it needs a plan. */
  readonly question?: string;
  readonly language: 'zh' | 'en';
  readonly json: boolean;
}

/** A call that cannot be answered: key and values of its sentence. */
export type CalcRefusal =
  | AnalysisRefusal
  | {
      readonly key: 'calc_unknown_option' | 'calc_option_needs_value';
      readonly values: { readonly option: string };
    }
  | { readonly key: 'calc_bad_set' | 'calc_bad_cells'; readonly values: { readonly text: string } }
  | { readonly key: 'calc_nothing_to_do' | 'calc_usage'; readonly values: Record<never, never> };

/** Options with a value that are of no question. */
const VALUE_OPTIONS = ['--scenario', '--stack', '--set', '--line', '--eval', '--cells', '--language'];

/** Every option of `calc`. */
export const CALC_OPTIONS: readonly string[] = [
  '--json',
  AUDIT_OPTION,
  ...VALUE_OPTIONS,
  ...ANALYSIS_OPTIONS,
];

/** Reads the arguments; `systemLanguage` is what the reader's environment prefers. */
export function readArguments(
  argv: readonly string[],
  systemLanguage: 'zh' | 'en',
): { ok: true; request: CalcRequest } | { ok: false; refusal: CalcRefusal; language: 'zh' | 'en' } {
  const cells = new Map<string, number | null>();
  const sets: SetArgument[] = [];
  const stack: string[] = [];
  const lines: string[] = [];
  const evals: EvalArgument[] = [];
  const questions = new AnalysisReader();
  const one: { plan?: string; scenario?: string } = {};
  let language = systemLanguage;
  let json = false;
  const refuse = (refusal: CalcRefusal) => ({ ok: false, refusal, language }) as const;

  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] as string;
    if (word === '--json') {
      json = true;
      continue;
    }
    if (word === AUDIT_OPTION) {
      questions.takeAudit();
      continue;
    }
    if (!word.startsWith('--')) {
      if (one.plan !== undefined) return refuse({ key: 'calc_unknown_option', values: { option: word } });
      one.plan = word;
      continue;
    }
    const [option = '', inline] = splitOnce(word, '=');
    const isQuestion = isAnalysisOption(option);
    if (!isQuestion && !VALUE_OPTIONS.includes(option)) {
      return refuse({ key: 'calc_unknown_option', values: { option: word } });
    }
    const value = inline ?? argv[(at += 1)];
    if (value === undefined) return refuse({ key: 'calc_option_needs_value', values: { option } });
    if (isQuestion) {
      const refusal = questions.take(option, value);
      if (refusal) return refuse(refusal);
    } else if (option === '--scenario') one.scenario = value;
    else if (option === '--stack') stack.push(...value.split(',').map((name) => name.trim()));
    else if (option === '--line') lines.push(value);
    else if (option === '--eval') evals.push(withPeriod(value));
    else if (option === '--language' && (value === 'zh' || value === 'en')) language = value;
    else if (option === '--language')
      return refuse({ key: 'calc_unknown_option', values: { option: `${option} ${value}` } });
    else if (option === '--set') {
      const set = readSet(value);
      if (!set) return refuse({ key: 'calc_bad_set', values: { text: value } });
      sets.push(set);
    } else if (!readCells(value, cells)) return refuse({ key: 'calc_bad_cells', values: { text: value } });
  }
  const asked = questions.finish();
  if (!asked.ok) return refuse(asked.refusal);
  if (one.plan === undefined && evals.length === 0 && questions.first === undefined)
    return refuse({ key: 'calc_nothing_to_do', values: {} });
  const question = questions.first;
  const { analysis } = asked;
  return {
    ok: true,
    request: {
      ...one,
      stack,
      sets,
      lines,
      evals,
      cells,
      analysis,
      ...(question !== undefined && { question }),
      language,
      json,
    },
  };
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Takes a trailing `@2023` off a text. */
function withPeriod(text: string): { text: string; period?: number } {
  const match = /^(.*)@(\d{4})$/s.exec(text);
  return match ? { text: match[1] ?? '', period: Number(match[2]) } : { text };
}

function readSet(text: string): SetArgument | undefined {
  const [line, rest] = splitOnce(text, '=');
  if (rest === undefined || line.trim() === '') return undefined;
  const { text: value, period } = withPeriod(rest);
  return { line: line.trim(), value, ...(period !== undefined && { period }) };
}

/** Reads `A1=8%,A2=,B1=1200`; an address without a value is an empty cell. */
function readCells(text: string, cells: Map<string, number | null>): boolean {
  return text.split(',').every((part) => {
    const [address, value = ''] = splitOnce(part.trim(), '=');
    if (!/^[A-Z]{1,3}[1-9]\d{0,6}$/i.test(address)) return false;
    const number = value.trim() === '' ? null : parseNumber(value);
    if (number !== null && typeof number !== 'number') return false;
    cells.set(address.toUpperCase(), number);
    return true;
  });
}
