/**
 * Files from strangers: a hundred thousand that were changed at random or made to harm, over every format.
 *
 * `npm run test:long -- fuzz` (`--runs`, `--seed`). Each is refused with a problem or read whole, within its time limit;
 * nothing is thrown, nothing of the plan that is here changes, nothing is asked of the network, no script runs.
 */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseDistribution } from '#analysis';
import {
  readFile,
  readGiven,
  readLessonFile,
  readLink,
  readPeriodTable,
  readTable,
  toScenarioFile,
  writeBundle,
  writeLessonFile,
  writeLink,
  writeScenarioFile,
  writeTable,
} from '#exchange';
import { buildNames, parseFormula } from '#formula';
import { readPlan, type Plan } from '#plan';
import { parseNumber } from '#quantity';
import { languages, loadWords, wordsIn } from '#words';
import { aPlan, aScenario } from '#tests/builders';
import { CALC_OPTIONS, readArguments } from '../../src/app/calc-arguments.ts';
import { reportOn, reportOnCells } from '../../src/app/calc-report.ts';
import { CalcRefused } from '../../src/app/calc-subject.ts';
import { expectWholeOrRefused, mutate, mutations } from '../exchange/mutated-files.ts';
import {
  byteMutation,
  savedWorkbook,
  survives,
  textMutation,
  withBytes,
  withText,
} from '../exchange/mutated-workbooks.ts';
import { written } from '../exchange/workbook-edits.ts';
import { anatomyOf, hostile } from './hostile-json.ts';
import { option, tell } from './option.ts';

const RUNS = option('runs', 100_000);
const SEED = option('seed', 20_261_121);
/** What one file may take: the promise is 2 s for a whole one; these are small. */
const LIMIT_MS = 2000;

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

const plan: Plan = frozen(
  aPlan()
    .line('gdp', { 2020: 100 })
    .line('loans', { 2020: 50 })
    .driver('growth', '5%')
    .line('next', {}, 'gdp[t-1] * (1 + growth)')
    .target('gdp', 120)
    .build(),
);
const trial = frozen(
  aScenario({
    note: { zh: '更慢', en: 'Slower' },
    values: { growth: { 2023: 0.08 } },
    changes: [
      { line: 'gdp', from: 2022, formula: 'gdp[t-1] * (1 + growth)' },
      { line: 'loans', scale: 1.5 },
    ],
    actuals: { gdp: { 2021: 104 } },
    distributions: { growth: { kind: 'normal', mean: 0.05, sd: 0.01 } },
  }),
);
const scenarios = frozen([...plan.scenarios, trial]);
const before = JSON.stringify([plan, scenarios]);

const lessonPlan = readPlan(JSON.parse(readFileSync('models/lishui-2021-2025.plan.json', 'utf8')));
if (!lessonPlan.ok) throw new Error('the shipped plan is not read');
const lesson: unknown = JSON.parse(readFileSync('models/lishui-2021-2025.ceiling.lesson.json', 'utf8'));
const lessonRead = readLessonFile(JSON.stringify(lesson), lessonPlan.value);
if (!lessonRead.ok) throw new Error('the shipped lesson is not read');

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const encode = (text: string) => new TextEncoder().encode(text);

let requests = 0;
let thrownCount = 0;
let slowest = { ms: 0, what: '' };
const counts: Record<string, number> = {};
let refused = 0;

/** One trial, timed; tells whether something was read. */
function timed(what: string, action: () => boolean): void {
  const began = performance.now();
  let isRead: boolean;
  try {
    isRead = action();
  } catch (thrown) {
    thrownCount += 1;
    throw thrown;
  }
  note(what, performance.now() - began, isRead);
}

function note(what: string, ms: number, isRead: boolean): void {
  counts[what] = (counts[what] ?? 0) + 1;
  if (!isRead) refused += 1;
  if (ms > slowest.ms) slowest = { ms, what };
  expect(ms, `${what} took too long`).toBeLessThan(LIMIT_MS);
}

const share = (part: number) => Math.max(1, Math.round(RUNS * part));
const settings = (part: number) => ({ numRuns: share(part), seed: SEED });
const below = (random: () => number) => (limit: number) => Math.floor(random() * limit);

/** Chance from a seed: a linear congruence. */
function chanceFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return below(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  });
}

beforeAll(() => {
  globalThis.fetch = () => {
    requests += 1;
    return Promise.reject(new Error('no network'));
  };
});

afterAll(() => {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  tell({
    ...counts,
    'files in all': all,
    'refused whole': refused,
    'read whole': all - refused,
    thrown: thrownCount,
    requests,
    longest: `${slowest.ms.toFixed(0)} ms (${slowest.what})`,
  });
  expect(JSON.stringify([plan, scenarios])).toBe(before);
  expect(requests).toBe(0);
  expect((globalThis as { escaped?: unknown }).escaped).toBeUndefined();
  expect(({} as { escaped?: unknown }).escaped).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

it.each([
  ['scenario file, bytes', writeScenarioFile(plan, scenarios, 'trial'), 0.2],
  ['bundle, bytes', writeBundle(plan, scenarios, 'trial'), 0.15],
] as const)('%s', (what, bytes, part) => {
  fc.assert(
    fc.property(mutations, (changes) => {
      const given = changes.reduce<Uint8Array>(mutate, bytes);
      timed(what, () => expectWholeOrRefused(readFile(given), plan));
    }),
    settings(part),
  );
});

it.each([
  ['scenario file, one hostile value', writeScenarioFile(plan, scenarios, 'trial'), 0.1],
  ['bundle, one hostile value', writeBundle(plan, scenarios, 'trial'), 0.1],
] as const)('%s', (what, bytes, part) => {
  const anatomy = anatomyOf(JSON.parse(decode(bytes)));
  const chance = chanceFrom(SEED);
  for (let run = 0; run < share(part); run += 1) {
    const given = hostile(anatomy, chance);
    timed(what, () => expectWholeOrRefused(readGiven(run % 2 === 0 ? given : encode(given)), plan));
  }
});

it('lessons', () => {
  const bytes = writeLessonFile(lessonRead.lesson);
  const anatomy = anatomyOf(lesson);
  const chance = chanceFrom(SEED + 1);
  const isWhole = (given: Uint8Array | string) => {
    const read = readLessonFile(given, lessonPlan.value);
    if (!read.ok) expect(read.problems.length).toBeGreaterThan(0);
    // what was read is read again
    else expect(readLessonFile(writeLessonFile(read.lesson), lessonPlan.value).ok).toBe(true);
    return read.ok;
  };
  for (let run = 0; run < share(0.05); run += 1) {
    const given = hostile(anatomy, chance);
    timed('lesson, one hostile value', () => isWhole(given));
  }
  fc.assert(
    fc.property(mutations, (changes) => {
      const given = changes.reduce<Uint8Array>(mutate, bytes);
      timed('lesson, bytes', () => isWhole(given));
    }),
    settings(0.05),
  );
});

it('links', () => {
  const made = writeLink(toScenarioFile(plan, scenarios, 'trial'), '');
  if (!made.ok) throw new Error('too long');
  const whole = readLink(made.link);
  fc.assert(
    fc.property(mutations, (changes) => {
      const given = decode(changes.reduce<Uint8Array>(mutate, encode(made.link)));
      timed('link', () => {
        const read = readLink(given);
        if (read.ok) expect(read).toEqual(whole);
        return expectWholeOrRefused(read, plan);
      });
    }),
    settings(0.15),
  );
});

it('tables, as files and as pasted', () => {
  const table = writeTable([
    ['指标', '单位', 2020, 2021, 2022],
    ['GDP', '亿元', 100, 105.5, -3],
    ['贷款“增速”', '%', { percent: 0.05 }, null, { percent: 0.061 }],
  ]);
  fc.assert(
    fc.property(mutations, fc.boolean(), fc.boolean(), (changes, isPasted, hasTabs) => {
      const bytes = changes.reduce<Uint8Array>(mutate, table);
      const text = hasTabs ? decode(bytes).replaceAll(',', '\t') : decode(bytes);
      timed(isPasted ? 'pasted table' : 'table file', () => {
        const read = readTable(isPasted ? text : encode(text));
        if (!read.ok) {
          expect(read.problems.length).toBeGreaterThan(0);
          return false;
        }
        for (const cell of read.table.rows.flat())
          if (cell.kind === 'number') expect(Number.isFinite(cell.value)).toBe(true);
        const byPeriod = readPeriodTable(read.table.rows);
        if (!byPeriod.ok) expect(byPeriod.problems.length).toBeGreaterThan(0);
        return byPeriod.ok;
      });
    }),
    settings(0.06),
  );
});

it('formulas, distributions, numbers', () => {
  const context = { names: buildNames(plan.lines), periods: plan.periods, here: 2022 };
  const words = fc.constantFrom(
    ...[
      'gdp',
      'loans',
      'growth',
      '[t-1]',
      '[2020:t]',
      '[base]',
      '(',
      ')',
      '{',
      '}',
      ',',
      ';',
      '+',
      '-',
      '*',
      '/',
    ],
    ...[
      '^',
      '%',
      '=',
      '==',
      '<',
      '>=',
      '<>',
      '?',
      ':',
      '.',
      '!',
      '"',
      "'",
      '#',
      '1',
      '8%',
      '1e999',
      '0x1f',
      '１',
    ],
    ...[
      'SUM(',
      'IF(',
      'NPV(',
      'PMT(',
      'constructor',
      '__proto__',
      'import',
      '.constructor(',
      '=>',
      '\\',
      '`',
      ' ',
    ],
    ...[
      'normal(',
      'PERT(',
      ' to ',
      '至',
      'each year',
      'moves with ',
      '正态(',
      '\u202e',
      '\ud800',
      '贷款',
      '\n',
      '（',
    ],
  );
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 60 }), (parts) => {
      const text = parts.join('');
      timed('formula, distribution or number', () => {
        const formula = parseFormula(text, context);
        if (!formula.ok) expect(formula.problem.code).toMatch(/^formula_/);
        const distribution = parseDistribution(text, context.names);
        if (!distribution.ok) expect(distribution.problem.kind).toBe('problem');
        const number = parseNumber(text);
        if (typeof number === 'number') expect(Number.isFinite(number)).toBe(true);
        return formula.ok;
      });
    }),
    settings(0.1),
  );
});

/** What somebody could put behind `calc`, whole words and torn ones. */
const calcWords = fc.oneof(
  fc.constantFrom(
    ...CALC_OPTIONS,
    ...['--mc=50:3', '--mc=1e9', '--mc=0', '--mc=-1', '--mc=9999999999', 'plan', 'trial'],
    ...[
      'growth',
      'gdp',
      'next@2025',
      'next@9999',
      'gdp=1e999',
      'growth=8%',
      'growth=normal(5%, 1%)',
      'next=gdp*2',
    ],
    ...[
      'growth:2%..9%:3',
      'growth:9%..2%',
      'growth::',
      'next@2025>=4300',
      'next=0.4..0.5',
      'A1=1,B2=',
      'zh',
      'en',
    ],
    ...[
      'equal',
      'atLeast',
      '=A1+B2',
      'SUM(1,2)',
      '__proto__',
      'constructor=1',
      '--set=__proto__=1',
      '--',
      '--=',
      '-',
    ],
  ),
  fc.string({ maxLength: 24, unit: 'grapheme' }),
);

it('arguments of calc', async () => {
  const say: Record<string, (key: string, values: object) => string> = {};
  for (const language of languages) {
    await loadWords(language);
    say[language] = wordsIn(language).say as (key: string, values: object) => string;
  }
  const named = (name: string) => {
    const found = scenarios.find(({ id }) => id === name);
    if (!found) throw new CalcRefused(name);
    return found;
  };
  fc.assert(
    fc.property(
      fc.array(calcWords, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(...languages),
      fc.boolean(),
      (words, language, isOnPlan) => {
        const argv = isOnPlan ? ['plan', ...words.filter((one) => one !== 'plan')] : words;
        timed('arguments of calc', () => {
          const read = readArguments(argv, language);
          if (!read.ok) {
            const { key, values } = read.refusal;
            expect(say[read.language]?.(key, values)).toMatch(/.{4}/s);
            return false;
          }
          try {
            const report =
              read.request.plan === undefined
                ? reportOnCells(read.request)
                : reportOn(plan, trial, read.request, named);
            return JSON.stringify(report).length > 0;
          } catch (thrown) {
            // what the plan cannot answer is said; all else is a mistake of the program
            if (!(thrown instanceof CalcRefused)) throw thrown;
            expect(thrown.message).not.toBe('');
            return false;
          }
        });
      },
    ),
    settings(0.1),
  );
});

it('workbooks', async () => {
  const files = [
    'loan.calculated',
    'region',
    'three-statements.calculated',
    'project',
    'region.calculated',
  ].map(savedWorkbook);
  const known = await written(plan);
  const ofBytes = fc.sample(fc.record({ file: fc.nat(2), change: byteMutation }), settings(0.02));
  const ofText = fc.sample(
    fc.record({
      file: fc.nat(files.length - 1),
      edits: fc.array(textMutation, { minLength: 1, maxLength: 4 }),
    }),
    settings(0.02),
  );
  for (const { file, change } of ofBytes) {
    const given = withBytes([known, files[0], files[1]][file] ?? known, change);
    const began = performance.now();
    const answer = await survives(given, [plan]);
    note('workbook, bytes', performance.now() - began, answer === 'own' || answer === 'model');
  }
  for (const { file, edits } of ofText) {
    const given = withText(files[file] ?? known, edits);
    const began = performance.now();
    const answer = await survives(given);
    note('workbook, text of its parts', performance.now() - began, answer === 'own' || answer === 'model');
  }
});

it('archives that unpack to more than a page can hold, and headers that lie', async () => {
  const model = 'xl/worksheets/sheet1.xml';
  for (const megabytes of [201, 260, 400]) {
    const bomb = zipSync({ [model]: new Uint8Array(megabytes * 1_000_000) }, { level: 1 });
    const began = performance.now();
    const answer = await survives(bomb);
    expect(answer).not.toBe('model');
    note('archive bomb', performance.now() - began, false);
    // the size that the headers state, made a thousand bytes
    const lying = bomb.slice();
    const view = new DataView(lying.buffer);
    for (let at = 0; at + 30 < lying.length; at += 1) {
      const mark = view.getUint32(at, true);
      if (mark === 0x04034b50) view.setUint32(at + 22, 1000, true);
      if (mark === 0x02014b50) view.setUint32(at + 24, 1000, true);
    }
    const again = performance.now();
    expect(await survives(lying)).not.toBe('model');
    note('lying header', performance.now() - again, false);
  }
});
