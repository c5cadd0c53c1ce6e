/** Sentences for what arises elsewhere as codes: failures in cells, problems with what a person wrote, units. */
import type { Failure, Problem } from '#quantity';
import type { MessageKey, Words } from './index.ts';

/**
 * Says one message whose key is known at run time only.
 *
 * Fails: throws when the catalogue lacks the key, which a test excludes for every code.
 */
function sayCode(words: Words, key: string, args: Readonly<Record<string, string | number>>): string {
  const say = words.say as (key: MessageKey, args: Readonly<Record<string, string | number>>) => string;
  return say(key as MessageKey, args);
}

/** Says why a cell has no number, and where that began. `lineName` gives a line's name in the reader's language. */
export function failureSentence(
  words: Words,
  failure: Failure,
  lineName: (id: string) => string = (id) => id,
): string {
  const sentence = sayCode(words, `reason_${failure.reason}`, failure.args);
  if (failure.line === undefined) return sentence;
  return words.say('failure_at', {
    sentence,
    line: lineName(failure.line),
    period: String(failure.period ?? ''),
  });
}

/** Says what to do about a cell that has no number for this reason. */
export function failureRemedy(words: Words, { reason, args }: Failure): string {
  return sayCode(words, `remedy_${reason}`, args);
}

/** Says what is wrong with something a person wrote. */
export function problemSentence(words: Words, problem: Problem): string {
  const { code, args } = problem;
  const { expected, received } = args;
  if (code !== 'plan_shape') return sayCode(words, `problem_${code}`, args);
  return sayCode(words, 'problem_plan_shape', {
    ...args,
    expected: kindsOf(words, String(expected)),
    received: kindsOf(words, String(received)),
  });
}

const KINDS: ReadonlyMap<string, MessageKey> = new Map([
  ['number', 'shape_number'],
  ['string', 'shape_string'],
  ['boolean', 'shape_boolean'],
  ['Array', 'shape_array'],
  ['Object', 'shape_object'],
  ['object', 'shape_object'],
  ['null', 'shape_nothing'],
  ['undefined', 'shape_nothing'],
]);

/** What a schema calls a value, as `(number | string)`, in the reader's language; a value that is meant itself stays. */
function kindsOf(words: Words, kinds: string): string {
  const named = kinds
    .replace(/^\((.*)\)$/, '$1')
    .split(' | ')
    .map((kind) => {
      const key = KINDS.get(kind);
      return key ? sayCode(words, key, {}) : kind;
    });
  return named.reduce((first, last) => words.say('shape_or', { first, last }));
}
