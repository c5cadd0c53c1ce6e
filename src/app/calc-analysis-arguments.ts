/** The questions of a `calc` call: what to compare, explain, seek and solve, as they were written. */
import { parseNumber } from '#quantity';
import { MAX_SAMPLES, type BareFigures } from '#analysis';

/** `line@period`; without a period the last one is meant. */
export interface CellArgument {
  readonly line: string;
  readonly period?: number;
}

/** `line@period=value`. */
export interface GoalArgument extends CellArgument {
  readonly value: number;
}

/** `line@period>=value`, or a line alone for what the plan wants of it. */
export interface WishArgument extends CellArgument {
  readonly text: string;
  readonly wanted?: {
    readonly comparator: '=' | '>=' | '>' | '<=' | '<' | 'range';
    readonly value: number;
    readonly upTo?: number;
  };
}

/** `driver@period:min..max:weight`; bounds that are not given are those of the lever. */
export interface DriverArgument extends CellArgument {
  readonly bounds?: { readonly min: number; readonly max: number };
  readonly weight?: number;
}

/** `samples:seed`. */
export interface SamplesArgument {
  readonly samples: number;
  readonly seed: number;
}

/** Everything that a call asks beside values. */
export interface AnalysisRequest {
  readonly compare: readonly string[];
  readonly bridge?: string;
  readonly cell?: CellArgument;
  readonly goal?: GoalArgument;
  readonly solve: readonly WishArgument[];
  readonly by: readonly DriverArgument[];
  readonly hold: readonly DriverArgument[];
  readonly watch: readonly CellArgument[];
  readonly bareFigures?: BareFigures;
  readonly tornado?: CellArgument;
  readonly mc?: SamplesArgument;
  /** Whether the plan's own arithmetic is checked. */
  readonly audit?: boolean;
}

/** A question that is not well put: key and values of its sentence. */
export type AnalysisRefusal =
  | {
      readonly key: 'calc_bad_cell' | 'calc_bad_driver';
      readonly values: { readonly option: string; readonly text: string };
    }
  | {
      readonly key: 'calc_bad_goal' | 'calc_bad_solve' | 'calc_bad_bare_figures';
      readonly values: { readonly text: string };
    }
  | { readonly key: 'calc_bad_mc'; readonly values: { readonly text: string; readonly most: number } }
  | { readonly key: 'calc_option_twice'; readonly values: { readonly option: string } }
  | {
      readonly key: 'calc_option_needs_option';
      readonly values: { readonly option: string; readonly other: string };
    }
  | { readonly key: 'calc_one_driver'; readonly values: { readonly count: number } };

/** The options of questions. */
export const ANALYSIS_OPTIONS = [
  '--compare',
  '--bridge',
  '--cell',
  '--goal',
  '--solve',
  '--by',
  '--hold',
  '--watch',
  '--bare-figures',
  '--tornado',
  '--mc',
] as const;

type AnalysisOption = (typeof ANALYSIS_OPTIONS)[number];

/** The option that asks for an audit; it takes no value. */
export const AUDIT_OPTION = '--audit';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Tells whether an option belongs to a question. */
export function isAnalysisOption(option: string): option is AnalysisOption {
  return (ANALYSIS_OPTIONS as readonly string[]).includes(option);
}

/** Collects the options of questions and says what does not fit. */
export class AnalysisReader {
  readonly #request: Mutable<AnalysisRequest> = { compare: [], solve: [], by: [], hold: [], watch: [] };
  readonly #given = new Set<AnalysisOption | typeof AUDIT_OPTION>();

  /** Takes one option with its value. */
  take(option: AnalysisOption, text: string): AnalysisRefusal | undefined {
    const request = this.#request;
    const isOnce = ['--bridge', '--cell', '--goal', '--bare-figures', '--tornado', '--mc'].includes(option);
    if (isOnce && this.#given.has(option)) return { key: 'calc_option_twice', values: { option } };
    this.#given.add(option);
    const parts = text.split(',');
    switch (option) {
      case '--compare':
        request.compare = [...request.compare, ...parts.map((one) => one.trim())];
        return undefined;
      case '--bridge':
        request.bridge = text;
        return undefined;
      case '--cell':
      case '--tornado': {
        const cell = readCell(text);
        if (!cell) return { key: 'calc_bad_cell', values: { option, text } };
        request[option === '--cell' ? 'cell' : 'tornado'] = cell;
        return undefined;
      }
      case '--watch': {
        const cells = parts.map(readCell);
        if (!isComplete(cells)) return { key: 'calc_bad_cell', values: { option, text } };
        request.watch = [...request.watch, ...cells];
        return undefined;
      }
      case '--goal': {
        const goal = readGoal(text);
        if (!goal) return { key: 'calc_bad_goal', values: { text } };
        request.goal = goal;
        return undefined;
      }
      case '--solve': {
        const wishes = parts.map(readWish);
        if (!isComplete(wishes)) return { key: 'calc_bad_solve', values: { text } };
        request.solve = [...request.solve, ...wishes];
        return undefined;
      }
      case '--by':
      case '--hold': {
        const drivers = parts.map(readDriver);
        if (!isComplete(drivers)) return { key: 'calc_bad_driver', values: { option, text } };
        if (option === '--by') request.by = [...request.by, ...drivers];
        else request.hold = [...request.hold, ...drivers];
        return undefined;
      }
      case '--mc': {
        const mc = readSamples(text);
        if (!mc) return { key: 'calc_bad_mc', values: { text, most: MAX_SAMPLES } };
        request.mc = mc;
        return undefined;
      }
      case '--bare-figures':
        if (text !== 'equal' && text !== 'atLeast') return { key: 'calc_bad_bare_figures', values: { text } };
        request.bareFigures = text;
        return undefined;
    }
  }

  /** Takes the wish for an audit. */
  takeAudit(): void {
    this.#request.audit = true;
    this.#given.add(AUDIT_OPTION);
  }

  /** The questions, or what one of them lacks. */
  finish(): { ok: true; analysis: AnalysisRequest } | { ok: false; refusal: AnalysisRefusal } {
    const needs: readonly (readonly [AnalysisOption, readonly (AnalysisOption | typeof AUDIT_OPTION)[]])[] = [
      ['--bridge', ['--cell']],
      ['--cell', ['--bridge']],
      ['--goal', ['--by']],
      ['--solve', ['--by']],
      ['--by', ['--goal', '--solve']],
      ['--hold', ['--solve']],
      ['--watch', ['--solve']],
      ['--bare-figures', ['--solve', AUDIT_OPTION]],
    ];
    for (const [option, others] of needs) {
      if (this.#given.has(option) && !others.some((one) => this.#given.has(one))) {
        const values = { option, other: others.join(' / ') };
        return { ok: false, refusal: { key: 'calc_option_needs_option', values } };
      }
    }
    const count = this.#request.by.length;
    if (this.#request.goal && count !== 1)
      return { ok: false, refusal: { key: 'calc_one_driver', values: { count } } };
    return { ok: true, analysis: this.#request };
  }

  /** The first option that was given. */
  get first(): AnalysisOption | typeof AUDIT_OPTION | undefined {
    return [...this.#given][0];
  }
}

function isComplete<T>(items: readonly (T | undefined)[]): items is readonly T[] {
  return items.every((one) => one !== undefined);
}

function readNumber(text: string): number | undefined {
  const number = parseNumber(text);
  return typeof number === 'number' ? number : undefined;
}

function readCell(text: string): CellArgument | undefined {
  const match = /^([^@]+)(?:@(\d{4}))?$/.exec(text.trim());
  const line = match?.[1]?.trim();
  if (!match || !line) return undefined;
  return { line, ...(match[2] !== undefined && { period: Number(match[2]) }) };
}

function readGoal(text: string): GoalArgument | undefined {
  const match = /^([^=]+)=(.+)$/.exec(text);
  const cell = readCell(match?.[1] ?? '');
  const value = readNumber(match?.[2] ?? '');
  return cell && value !== undefined ? { ...cell, value } : undefined;
}

const COMPARATORS = { '=': '=', '>=': '>=', '>': '>', '<=': '<=', '<': '<', '≥': '>=', '≤': '<=' } as const;

/** Reads `loans@2025>=4300`, `ratio=0.4..0.5` or a line alone. */
function readWish(text: string): WishArgument | undefined {
  const match = /^([^<>=≥≤]+)(?:(>=|<=|[<>=≥≤])(.+))?$/.exec(text);
  const cell = readCell(match?.[1] ?? '');
  if (!match || !cell) return undefined;
  if (match[2] === undefined) return { ...cell, text: text.trim() };
  const comparator = COMPARATORS[match[2] as keyof typeof COMPARATORS];
  const ends = (match[3] ?? '').split('..').map(readNumber);
  if (!isComplete(ends)) return undefined;
  const [value, upTo, ...rest] = ends;
  if (value === undefined || rest.length > 0) return undefined;
  if (upTo === undefined) return { ...cell, text: text.trim(), wanted: { comparator, value } };
  if (comparator !== '=' || upTo < value) return undefined;
  return { ...cell, text: text.trim(), wanted: { comparator: 'range', value, upTo } };
}

/** The seed where none is given: the same call gives the same answer. */
const DEFAULT_SEED = 1;

/** Reads `10000` or `10000:7`. */
function readSamples(text: string): SamplesArgument | undefined {
  const match = /^(\d{1,9})(?::(\d{1,9}))?$/.exec(text.trim());
  const samples = Number(match?.[1] ?? 0);
  if (samples < 1 || samples > MAX_SAMPLES) return undefined;
  return { samples, seed: match?.[2] === undefined ? DEFAULT_SEED : Number(match[2]) };
}

/** Reads `growth`, `growth:2%..9%` or `growth:2%..9%:3`; `growth::3` keeps the bounds of the lever. */
function readDriver(text: string): DriverArgument | undefined {
  const [name = '', bounds = '', weighted, ...rest] = text.split(':');
  const cell = readCell(name);
  const weight = weighted === undefined ? undefined : readNumber(weighted);
  if (!cell || rest.length > 0 || (weighted !== undefined && (weight === undefined || weight < 0)))
    return undefined;
  const driver = { ...cell, ...(weight !== undefined && { weight }) };
  if (bounds.trim() === '') return text.includes(':') && weight === undefined ? undefined : driver;
  const [min, max, ...more] = bounds.split('..').map(readNumber);
  if (min === undefined || max === undefined || more.length > 0 || min >= max) return undefined;
  return { ...driver, bounds: { min, max } };
}
