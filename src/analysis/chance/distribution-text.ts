/**
 * Distributions as they are typed into a cell, and back: `2% to 6%` is a 90 % interval, `PERT(2%, 4%, 7%) each year`,
 * `正态（4%，1%）`, `discrete({2%: 0.3, 5%: 0.7})`, `history`, each with `moves with GDP growth 0.7` after it where two
 * drivers go together. Nothing is guessed: `2 to 6%` is refused, since 2 might be 2 % or 200 %.
 */
import { parseNumber, problem, toHalfWidth, type Problem } from '#quantity';
import { findDistributionFault, type Distribution, type DistributionFault } from '#plan';
import type { Names } from '#formula';

/** What is wrong with a text that should be a distribution. `distribution_expected`: it is something else, as a formula. */
export type DistributionProblemCode =
  | 'distribution_expected'
  | 'distribution_number'
  | 'distribution_percent'
  | 'distribution_arguments'
  | 'distribution_unclosed'
  | 'distribution_clause'
  | 'distribution_name'
  | 'distribution_rank'
  | DistributionFault;

/** With which line a driver moves together, and how closely. */
export interface MovesWith {
  readonly line: string;
  /** Rank correlation, −1 to 1. */
  readonly rank: number;
}

/** A distribution as read, or why it cannot be read, with the place in the text. */
export type ReadDistribution =
  | { readonly ok: true; readonly distribution: Distribution; readonly movesWith: readonly MovesWith[] }
  | { readonly ok: false; readonly problem: Problem<DistributionProblemCode> };

type Course = NonNullable<Distribution['course']>;
type Kind = Distribution['kind'];

const WORDS: Readonly<Record<Exclude<Kind, 'interval'>, readonly [en: string, zh: string]>> = {
  normal: ['normal', '正态'],
  lognormal: ['lognormal', '对数正态'],
  triangular: ['triangular', '三角'],
  pert: ['PERT', 'PERT'],
  uniform: ['uniform', '均匀'],
  discrete: ['discrete', '离散'],
  history: ['history', '历史'],
};
const COURSES: readonly (readonly [Course, RegExp])[] = [
  ['each', /^(?:each year|each|every year|每年|逐年)/],
  ['once', /^(?:once|一次)/],
  ['walk', /^(?:random walk|walk|随机游走)/],
];
const COURSE_WORDS: Readonly<Record<Course, readonly [en: string, zh: string]>> = {
  each: [' each year', ' 每年'],
  once: [' once', ' 一次'],
  walk: [' random walk', ' 随机游走'],
};
/** The word between the ends of an interval. */
const BETWEEN = /\bto\b|~|至|到/;
const NUMBER = /[+-]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?:\s*[%‰])?/;
const INTERVAL = new RegExp(`^${NUMBER.source}\\s*(?:${BETWEEN.source})\\s*${NUMBER.source}`);
const MOVES = /^(?:moves with|与|随)\s*/;
/** A number that ends what is said; it begins where no digits stand before it. */
const RANK = new RegExp(`(?=[\\d.+-])(?<!\\d,*)${NUMBER.source}(?=[\\s,;]|$)`, 'g');
const SEPARATOR = /^[\s,;]*/;

/** A stretch of the text, with where it begins. */
interface Piece {
  readonly text: string;
  readonly from: number;
}

/** A mistake on its way out of the parser; caught where the text came in. */
class Refusal extends Error {
  readonly problem: Problem<DistributionProblemCode>;
  constructor(code: DistributionProblemCode, { text, from }: Piece) {
    super(code);
    this.problem = problem(code, { from, to: from + text.length }, { text });
  }
}

/** Reads a distribution as typed; `names` gives the lines that `moves with` may name. */
export function parseDistribution(text: string, names?: Pick<Names, 'match'>): ReadDistribution {
  const whole = { text: plainText(text), from: 0 };
  try {
    return read(whole, names);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { ok: false, problem: refusal.problem };
  }
}

const TWINS: ReadonlyMap<string, string> = new Map([
  ['～', '~'],
  ['｛', '{'],
  ['｝', '}'],
  ['：', ':'],
  ['；', ';'],
  ['、', ','],
  ['　', ' '],
]);

/** Full-width signs as their twins and small letters; every character keeps its place. */
function plainText(text: string): string {
  return Array.from(toHalfWidth(text), (one) => {
    const twin = TWINS.get(one) ?? one;
    return twin.toLowerCase().length === twin.length ? twin.toLowerCase() : twin;
  }).join('');
}

function after({ text, from }: Piece, length: number): Piece {
  return { text: text.slice(length), from: from + length };
}

function trimmed({ text, from }: Piece): Piece {
  const start = text.length - text.trimStart().length;
  return { text: text.trim(), from: from + start };
}

function read(whole: Piece, names: Pick<Names, 'match'> | undefined): ReadDistribution {
  const body = trimmed(whole);
  const [bare, afterBody] = readBody(body);
  let course: Course | undefined;
  const movesWith: MovesWith[] = [];
  for (let rest = skip(afterBody); rest.text !== ''; rest = skip(rest)) {
    const found = COURSES.find(([, word]) => word.test(rest.text));
    if (found && course === undefined) {
      course = found[0];
      rest = after(rest, (found[1].exec(rest.text) as RegExpExecArray)[0].length);
    } else if (MOVES.test(rest.text)) {
      const [moves, remaining] = readMoves(rest, names);
      movesWith.push(moves);
      rest = remaining;
    } else throw new Refusal('distribution_clause', rest);
  }
  const distribution: Distribution = { ...bare, ...(course !== undefined && { course }) };
  const fault = findDistributionFault(distribution);
  if (fault !== undefined) throw new Refusal(fault, body);
  return { ok: true, distribution, movesWith };
}

const skip = (piece: Piece): Piece => after(piece, (SEPARATOR.exec(piece.text) as RegExpExecArray)[0].length);

function readMoves(piece: Piece, names: Pick<Names, 'match'> | undefined): [MovesWith, Piece] {
  const named = after(piece, (MOVES.exec(piece.text) as RegExpExecArray)[0].length);
  const [whole, name, number] = namedRank(named.text);
  const match = names?.match(name, 0);
  const [line, ...others] = match?.to === name.length ? match.lines : [];
  if (line === undefined || others.length > 0)
    throw new Refusal('distribution_name', { text: name, from: named.from });
  const from = named.from + (number === '' ? name.length : whole.length - number.length);
  const rank = parseNumber(number);
  if (typeof rank !== 'number' || Math.abs(rank) > 1)
    throw new Refusal('distribution_rank', { text: number, from });
  return [{ line, rank }, after(named, whole.length)];
}

/** A name and the number after it, which in Chinese may follow without a space; the number is empty where there is none. */
function namedRank(text: string): readonly [whole: string, name: string, number: string] {
  for (const { 0: number, index } of text.matchAll(RANK)) {
    const name = text
      .slice(0, index)
      .trimEnd()
      .replace(/(?:相关|同动)$/, '')
      .trimEnd();
    if (name !== '') return [text.slice(0, index + number.length), name, number];
  }
  return ['', text, ''];
}

/** Reads the distribution itself; gives what follows it. */
function readBody(body: Piece): [Distribution, Piece] {
  const interval = INTERVAL.exec(body.text);
  if (interval) {
    const [low, high] = sameScale(intervalOf({ text: interval[0], from: body.from }) ?? []);
    return [
      { kind: 'interval', low: low ?? 0, high: high ?? 0, curve: 'normal' },
      after(body, interval[0].length),
    ];
  }
  const history = /^(?:from history|history|来自历史|历史)(?:\s*\(\s*\))?/.exec(body.text);
  if (history) return [{ kind: 'history' }, after(body, history[0].length)];
  const called = /^([a-z]+|[\u4e00-\u9fff]+)\s*\(/.exec(body.text);
  const kind = called ? kindOf(called[1] ?? '') : undefined;
  if (!called || kind === undefined) throw new Refusal('distribution_expected', body);
  const close = body.text.indexOf(')', called[0].length);
  if (close === -1) throw new Refusal('distribution_unclosed', body);
  const inside = { text: body.text.slice(called[0].length, close), from: body.from + called[0].length };
  return [readCall(kind, inside), after(body, close + 1)];
}

function kindOf(word: string): Exclude<Kind, 'interval' | 'history'> | undefined {
  const found = Object.entries(WORDS).find(([, words]) => words.some((one) => one.toLowerCase() === word));
  return found?.[0] as ReturnType<typeof kindOf>;
}

function readCall(kind: Exclude<Kind, 'interval' | 'history'>, inside: Piece): Distribution {
  if (kind === 'discrete') return readOutcomes(inside);
  const interval = intervalOf(inside);
  if (interval && (kind === 'normal' || kind === 'lognormal' || kind === 'uniform')) {
    const [low = 0, high = 0] = sameScale(interval);
    return kind === 'uniform' ? { kind, low, high } : { kind: 'interval', low, high, curve: kind };
  }
  const args = sameScale(pieces(inside));
  const [first = 0, second = 0, third = 0] = args;
  if (args.length !== (kind === 'triangular' || kind === 'pert' ? 3 : 2))
    throw new Refusal('distribution_arguments', inside);
  switch (kind) {
    case 'normal':
    case 'lognormal':
      return { kind, mean: first, sd: second };
    case 'uniform':
      return { kind, low: first, high: second };
    case 'triangular':
    case 'pert':
      return { kind, low: first, mode: second, high: third };
  }
}

function readOutcomes(inside: Piece): Distribution {
  const braces = /^(\s*\{)(.*)\}\s*$/.exec(inside.text);
  const list = braces ? { text: braces[2] ?? '', from: inside.from + (braces[1] ?? '').length } : inside;
  const pairs = pieces(list).map((pair) => {
    const colon = pair.text.indexOf(':');
    if (colon === -1) throw new Refusal('distribution_arguments', pair);
    return [{ text: pair.text.slice(0, colon), from: pair.from }, after(pair, colon + 1)] as const;
  });
  const values = sameScale(pairs.map(([value]) => value));
  const outcomes = pairs.map(([, probability], index) => ({
    value: values[index] ?? 0,
    probability: numberIn(probability),
  }));
  return { kind: 'discrete', outcomes };
}

function intervalOf(piece: Piece): [Piece, Piece] | undefined {
  const between = BETWEEN.exec(piece.text);
  if (!between) return undefined;
  return [
    { text: piece.text.slice(0, between.index), from: piece.from },
    after(piece, between.index + between[0].length),
  ];
}

function pieces(list: Piece): Piece[] {
  let from = list.from;
  return list.text.split(/[,;]/).map((text) => {
    const piece = { text, from };
    from += text.length + 1;
    return piece;
  });
}

function numberIn(piece: Piece): number {
  const value = parseNumber(piece.text);
  if (typeof value !== 'number') throw new Refusal('distribution_number', trimmed(piece));
  return value;
}

/** The numbers of pieces that are written on one scale: all with a percent sign, or none; zero needs none. */
function sameScale(all: readonly Piece[]): number[] {
  const numbers = all.map(numberIn);
  const isPercent = all.map(({ text }) => /[%‰]\s*$/.test(text));
  const bare = all.find((_, index) => isPercent[index] === false && numbers[index] !== 0);
  if (bare && isPercent.includes(true)) throw new Refusal('distribution_percent', trimmed(bare));
  return numbers;
}

/** How a distribution is to be written. */
export interface DistributionFormat {
  /** What the distribution moves together with, written after it with the name that `nameOf` gives a line. */
  readonly movesWith?: readonly MovesWith[];
  readonly nameOf?: (line: string) => string;
  readonly language: 'zh' | 'en';
  /** Whether the line's numbers are shown as percent. */
  readonly isPercent: boolean;
}

/** Writes a distribution so that reading it gives the same numbers, to the last bit. */
export function printDistribution(
  distribution: Distribution,
  { language, isPercent, movesWith = [], nameOf = (line) => line }: DistributionFormat,
): string {
  const side = language === 'en' ? 0 : 1;
  const write =
    isPercent && numbersOf(distribution).every((one) => percentText(one) !== undefined)
      ? percentText
      : String;
  const to = language === 'en' ? ' to ' : '至';
  const call = (kind: Exclude<Kind, 'interval'>, ...args: number[]) =>
    `${WORDS[kind][side]}(${args.map(write).join(', ')})`;
  const body = (): string => {
    switch (distribution.kind) {
      case 'interval': {
        const ends = `${write(distribution.low)}${to}${write(distribution.high)}`;
        return distribution.curve === 'normal' ? ends : `${WORDS.lognormal[side]}(${ends})`;
      }
      case 'normal':
      case 'lognormal':
        return call(distribution.kind, distribution.mean, distribution.sd);
      case 'triangular':
      case 'pert':
        return call(distribution.kind, distribution.low, distribution.mode, distribution.high);
      case 'uniform':
        return call(distribution.kind, distribution.low, distribution.high);
      case 'discrete': {
        const outcomes = distribution.outcomes.map(
          ({ value, probability }) => `${write(value)}: ${probability}`,
        );
        return `${WORDS.discrete[side]}({${outcomes.join(', ')}})`;
      }
      case 'history':
        return WORDS.history[side];
    }
  };
  const course = distribution.course === undefined ? '' : COURSE_WORDS[distribution.course][side];
  const moves = movesWith.map(({ line, rank }) =>
    language === 'en' ? ` moves with ${nameOf(line)} ${rank}` : ` 与${nameOf(line)}相关 ${rank}`,
  );
  return body() + course + moves.join('');
}

function numbersOf(distribution: Distribution): number[] {
  if (distribution.kind === 'discrete') return distribution.outcomes.map(({ value }) => value);
  return Object.values(distribution).filter((one) => typeof one === 'number');
}

/** A fraction as percent, where a decimal text gives it back exactly. */
function percentText(fraction: number): string | undefined {
  for (const digits of [15, 16, 17]) {
    const percent = Number((fraction * 100).toPrecision(digits));
    if (percent / 100 === fraction) return `${percent}%`;
  }
  return undefined;
}
