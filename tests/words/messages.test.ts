/** Every message stands in every language, with the same blanks to fill, and says something. */
import { describe, expect, it } from 'vitest';
import { languages, loadWords, wordsIn } from '../../src/words/index.ts';
import { readText } from '../tools/source-files.ts';

await Promise.all([loadWords('zh'), loadWords('en')]);

interface Variants {
  readonly declarations: readonly string[];
  readonly selectors: readonly string[];
  readonly match: Readonly<Record<string, string>>;
}
type Message = string | readonly Variants[];

function readMessages(language: string): Map<string, Message> {
  const { $schema, ...messages } = JSON.parse(readText(`src/words/messages/${language}.json`)) as Record<
    string,
    Message
  >;
  expect($schema).toBe('https://inlang.com/schema/inlang-message-format');
  return new Map(Object.entries(messages));
}

/** Every sentence that a message can become. */
function sentences(message: Message): string[] {
  if (typeof message === 'string') return [message];
  return message.flatMap(({ match }) => Object.values(match));
}

/** The names of the blanks, whether a sentence shows them or only chooses by them. */
function blanks(message: Message): string[] {
  const shown = sentences(message).flatMap((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
  );
  const asked =
    typeof message === 'string'
      ? []
      : message.flatMap(({ declarations }) =>
          declarations.flatMap((text) => /^input (\w+)$/.exec(text)?.[1] ?? []),
        );
  return [...new Set([...shown, ...asked])].sort();
}

const all = new Map(languages.map((language) => [language, readMessages(language)]));
const keys = [...new Set([...all.values()].flatMap((messages) => [...messages.keys()]))].sort();

it('set no space between a value’s unit and the Chinese character after it', () => {
  const said = (low: string, high: string) =>
    wordsIn('zh').say('chance_driver_span', { name: '甲', low, high, mean: '2 家' });
  expect(said('1.4 家', '2.6 家')).toBe('“甲”：90% 区间 1.4 家至 2.6 家，均值 2 家');
  expect(said('1.4%', '2.6%')).toBe('“甲”：90% 区间 1.4% 至 2.6%，均值 2 家');
});

describe('messages', () => {
  it('are those of the project’s languages', () => {
    const { locales } = JSON.parse(readText('src/words/project.inlang/settings.json')) as {
      locales: string[];
    };
    expect(locales).toEqual(languages);
  });

  // The compiler gives a key with a capital another name, so that it does not clash where case is ignored.
  it('have keys in snake_case', () => {
    expect(keys.filter((key) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(key))).toEqual([]);
  });

  it('stand in every language', () => {
    const missing = keys.flatMap((key) =>
      languages.filter((language) => !all.get(language)?.has(key)).map((language) => `${language}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('have the same blanks in every language', () => {
    const different = keys.filter(
      (key) =>
        new Set(languages.map((language) => blanks(all.get(language)?.get(key) ?? '').join())).size > 1,
    );
    expect(different).toEqual([]);
  });

  it('say something', () => {
    const empty = [...all].flatMap(([language, messages]) =>
      [...messages]
        .filter(
          ([, message]) => sentences(message).length === 0 || sentences(message).some((text) => !text.trim()),
        )
        .map(([key]) => `${language}: ${key}`),
    );
    expect(empty).toEqual([]);
  });
});

describe('words', () => {
  it('speak the language that is asked for, side by side', () => {
    const chinese = wordsIn('zh');
    const english = wordsIn('en');
    expect(chinese.say('home')).toBe('首页');
    expect(english.say('home')).toBe('Home');
    expect(chinese.say('home')).toBe('首页');
  });

  it('fill blanks and choose by number', () => {
    expect(wordsIn('zh').say('lines_changed', { count: 1 })).toBe('1 行有变动');
    expect(wordsIn('en').say('lines_changed', { count: 1 })).toBe('1 line changed');
    expect(wordsIn('en').say('lines_changed', { count: 12 })).toBe('12 lines changed');
  });

  it('refuse a blank that is missing or too much, when the types are checked', () => {
    const { say } = wordsIn('en');
    // @ts-expect-error the count is missing
    expect(() => say('lines_changed')).not.toThrow();
    // @ts-expect-error there is nothing to fill
    expect(say('home', { count: 1 })).toBe('Home');
  });
});
