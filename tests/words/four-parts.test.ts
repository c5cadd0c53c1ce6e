/**
 * Every error says what happened, where, what was not changed and what to do: each code once, in both languages.
 *
 * What happened and what to do stand in the sentence of the code. Where it is: in its arguments, or at the marked place of
 * what was typed. What was not changed is said by the surface that shows codes of a family.
 */
import { describe, expect, it } from 'vitest';
import { languages, loadWords, wordsIn } from '#words';
import { readText } from '../tools/source-files.ts';
import { codesBySource } from './codes.ts';

await Promise.all(languages.map((language) => loadWords(language)));

type Say = (key: string, args: object) => string;
const sayIn = (language: 'zh' | 'en') => wordsIn(language).say as unknown as Say;

/** Something real for every blank. */
const ARGUMENTS: Readonly<Record<string, string | number>> = {
  ...{ length: 2048, limit: 2000, count: 501, least: 1, most: 8, given: 4, size: '12', known: 1, format: 99 },
  ...{
    line: 17,
    column: 4,
    row: 12,
    sheet: '资产负债',
    cell: 'C12',
    period: 2031,
    periods: '2031',
    base: 2020,
  },
  ...{
    first: 2015,
    last: 2025,
    from: 2024,
    to: 2021,
    path: 'lines[3].formula',
    expected: 'string',
    rounds: 100,
  },
  ...{
    text: 'abc',
    found: ':',
    cells: 3,
    key: '__proto__',
    id: 'loans',
    ids: 'loans, loans_2',
    name: '贷款余额',
    sign: '(',
  },
  ...{
    unit: '亿元',
    wanted: '%',
    left: '亿元',
    given: '试算（2）',
    right: '%',
    characters: 'U+202E',
    title: '规划',
    version: '2.0.0',
  },
  ...{
    what: 'loans[2025]',
    formula: 'loans * 2',
    drives: 'GDP',
    needed: 3,
    a: '增速',
    b: '占比',
    plan: '规划',
  },
  ...{ scenario: '试算 1', label: '贷款', before: '8%', after: '9%', subject: 'A1', value: '3', reason: '…' },
  ...{
    fraction: '5',
    percent: '5%',
    min: 3,
    max: 2,
    code: '#DIV/0!',
    received: 4012,
    workbook: '1',
    lines: 'a, b',
  },
};
const args = new Proxy(ARGUMENTS, {
  get(known, name) {
    const value = known[String(name)];
    if (value === undefined) throw new Error(`no argument ${String(name)}`);
    return value;
  },
});

/** What a sentence tells a person to do. */
const DOES = {
  en: /(^|[.;:,] |\bor |\bthen |\band |: )(Add|Ask|Begin|Bring|Change|Check|Choose|Collect|Copy|Correct|Delete|Divide|Exchange|Export|Fill|Free|Give|Keep|Leave|Let|Look|Make|Move|Name|Open|Paste|Put|Reload|Remove|Save|See|Split|Swap|Take|Turn|Type|Unpack|Update|Use|Write|add|ask|begin|change|check|choose|clear|correct|delete|give|join|leave|let|look|make|move|open|put|reload|save|see|split|take|try|turn|type|unpack|use|write|put)\b/,
  zh: /请|可以写/,
} as const;

/** Codes without a thing to do, and why. */
const NOTHING_TO_DO: readonly (readonly [RegExp, string])[] = [
  [/_more_problems$/, 'counts what is not listed'],
  [/^import_other_(version|content)$/, 'what follows is a choice, made in the dialog that shows it'],
  [/^(import|table|workbook)_((head_)?characters_dropped|name_twice)$/, 'was made good'],
  [
    /^(import_(line_unknown|period_outside|formula)|table_(line|period|row|column|cell|number|unit_percent)\w*)$/,
    'stands in the list of what was left out or how it was read, before anything is taken; the list is the choice',
  ],
  [
    /^workbook_(macros|links|input|cell|row|sheet_(new|gone|hidden|chart)|name|unit|units|formula|value|values)\w*$/,
    'stands in the list of what was not taken from a workbook, before anything is taken; the list is the choice',
  ],
  [/^uncertain_(unknown_line|not_driver)$/, 'tells what of a file is not used, nothing else hangs on it'],
];

/** Where the codes of a family are shown with what was not changed: the message that says so. */
const KEPT: readonly (readonly [RegExp, string])[] = [
  [/^(formula|number|entry|distribution|history|uncertain|draft)_/, 'grid_refused_kept'],
  [/^(import|link|table|workbook)_/, 'arrival_nothing_changed'],
  [/^plan_/, 'shell_failed_kept'],
  [/^lesson_/, 'author_kept'],
];

const codes = codesBySource();

describe.each(languages)('%s', (language) => {
  const say = sayIn(language);

  it.each(codes.problems)('%s is said with its arguments, and with what to do', (code) => {
    const sentence = say(`problem_${code}`, args);
    expect(sentence).not.toMatch(/\{\w+\}|\bNaN\b/);
    expect(sentence.length).toBeGreaterThan(8);
    expect(sentence).toMatch(language === 'zh' ? /[。！]$/ : /[.!]$/);
    if (!NOTHING_TO_DO.some(([pattern]) => pattern.test(code))) expect(sentence).toMatch(DOES[language]);
  });

  it.each(codes.reasons)('a cell that failed for %s says why, and what to do', (reason) => {
    expect(say(`reason_${reason}`, args)).not.toMatch(/\{\w+\}/);
    expect(say(`remedy_${reason}`, args)).toMatch(DOES[language]);
  });

  it.each(codes.storage)('trouble with storage (%s) says what is not saved, and what to do', (code) => {
    const sentence = say(`storage_${code}`, args);
    expect(sentence).toMatch(DOES[language]);
    expect(sentence).toMatch(language === 'zh' ? /保存|保留|数据/ : /sav|keep|data|gone|could not/);
  });

  it.each(KEPT.map(([, key]) => key))('%s says what stayed as it was', (key) => {
    expect(say(key, args)).toMatch(
      language === 'zh'
        ? /没有(动|改|任何|变)|不变|保持|原样|仍是|未|不受/
        : /not|nothing|unchanged|stay|keeps|as (it|they) (was|were)/i,
    );
  });
});

it('names the place: characters, cell, row, path or what it is about', () => {
  /** Blanks that name a place or the thing itself. */
  const places =
    /\{(line|column|row|cell|sheet|path|period|periods|id|ids|text|name|sign|formula|what|label|scenario|key|unit|a|b|title|subject|drives|from|first|left|found)\}/;
  const english = JSON.parse(readText('src/words/messages/en.json')) as Record<string, unknown>;
  const bare = codes.problems.filter((code) => !places.test(JSON.stringify(english[`problem_${code}`])));
  // these are marked at their characters in the text as typed, are about the whole of what was given, or stand at their field
  const whole = bare.filter(
    (code) => !/^(formula|import|link|table|workbook|model|entry|plan|lesson|collect|author)_/.test(code),
  );
  expect(whole).toEqual([]);
});

it('every family of problems is shown where it is said what stayed', () => {
  const silent = codes.problems.filter(
    (code) => !KEPT.some(([pattern]) => pattern.test(code)) && !/^(model|collect|author)_/.test(code),
  );
  expect(silent).toEqual([]);
});

it('exempts nothing that is not there, and gives each exemption its reason', () => {
  for (const [pattern, reason] of NOTHING_TO_DO) {
    expect(codes.problems.some((code) => pattern.test(code))).toBe(true);
    expect(reason.length).toBeGreaterThan(10);
  }
});
