/** Every sentence that a person reads, in Chinese and English. Knows codes and keys, not where they arise. */

import type * as chinese from './compiled/messages/zh.js';

/** A language of the app. */
export type Language = 'zh' | 'en';

/** The languages of the app, the one of the plans first. */
export const languages: readonly Language[] = ['zh', 'en'];

type Messages = typeof chinese;

/** The key of a message in `messages/<language>.json`. */
export type MessageKey = keyof Messages;

type Named<Key extends MessageKey> = Parameters<Messages[Key]>[0];

/** What stands in a message's braces: nothing for a plain message, else one value for each name. */
export type MessageArguments<Key extends MessageKey> = keyof Named<Key> extends never
  ? []
  : [values: { readonly [Name in keyof Named<Key>]: string | number }];

/** The words of one language. */
export interface Words {
  readonly language: Language;
  /** Says one message; a number in a sentence arrives as text that `quantity` has formatted, or as a plain count. */
  readonly say: <Key extends MessageKey>(key: Key, ...values: MessageArguments<Key>) => string;
}

/** The messages that have arrived: a page loads those of its reader's language, and the others when they are asked for. */
const arrived = new Map<Language, Messages>();

/** Brings the words of a language. Fails: rejects when its file cannot be loaded. */
export async function loadWords(language: Language): Promise<Words> {
  const messages =
    language === 'zh' ? import('./compiled/messages/zh.js') : import('./compiled/messages/en.js');
  arrived.set(language, await messages);
  return wordsIn(language);
}

/**
 * Gives the words of a language that has been loaded.
 *
 * The language is an argument and nowhere else: two panes, a printed briefing and a workbook may each speak
 * their own. So the compiled messages of a language are called directly, and not through a current locale.
 *
 * Fails: throws when the language was never loaded.
 */
export function wordsIn(language: Language): Words {
  const spoken = arrived.get(language);
  if (!spoken) throw new Error(`the words of ${language} have not been loaded`);
  return {
    language,
    say(key, ...values) {
      const message = spoken[key] as (named?: object) => string;
      const named = values[0] ?? {};
      return language === 'zh' ? closedUp(message(named), Object.values(named)) : message(named);
    },
  };
}

/** A number whose unit ends in a Chinese character. */
const WITH_UNIT = /^[−+<>]?\d.*\p{Script=Han}$/u;

/** A Chinese sentence without the space that stands after a number, where the number has a Chinese unit behind it. */
function closedUp(sentence: string, values: readonly (string | number)[]): string {
  let text = sentence;
  for (const value of values) {
    if (typeof value !== 'string' || !WITH_UNIT.test(value)) continue;
    text = text.replaceAll(`${value} `, (found, at: number) =>
      /^\p{Script=Han}/u.test(text.slice(at + found.length)) ? value : found,
    );
  }
  return text;
}

export { failureRemedy, failureSentence, problemSentence } from './sentences.ts';
export { auditTeller } from './audit-sentences.ts';
export type { AuditPen, AuditTeller } from './audit-sentences.ts';
export { unitName, unitNamed } from './unit-names.ts';
export { besideUnit, nameBeside, withUnit } from './with-unit.ts';
export { runCostTeller } from './run-cost.ts';
export type { RunCostTeller } from './run-cost.ts';
export { workbookWords } from './workbook-words.ts';
