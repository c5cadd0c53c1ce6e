/**
 * The limits of what is read: at the limit it is read, one above it is refused with the sentence's code, ten times above too,
 * and none of them takes long. Every limit of `exchange/limits.ts` stands in the table below.
 */
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  readFile,
  readLessonFile,
  readLink,
  readTable,
  toScenarioFile,
  writeBundle,
  writeLink,
  writeScenarioFile,
} from '#exchange';
import { MAX_FORMULA_PARTS, parseFormula, buildNames } from '#formula';
import { asName, asNames, readPlan, readScenario, type Plan } from '#plan';
import { loadWords, problemSentence } from '#words';
import { aPlan, aScenario } from '#tests/builders';
import { smallLesson, smallPlan } from '#tests/lessons';
import * as limits from '../../src/exchange/limits.ts';
import { deflate, inflate } from '../../src/exchange/link/deflate.ts';
import { read } from './workbook-edits.ts';

const plan = aPlan().line('gdp', { 2020: 100 }).driver('growth', '5%').build();

/** Periods of a plan that has too many cells. */
const PERIODS = 400;
const trial = aScenario({ values: { growth: { 2023: 0.08 } } });
const scenarios = [...plan.scenarios, trial];
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const scenarioText = decode(writeScenarioFile(plan, scenarios, 'trial'));
const bundleText = decode(writeBundle(plan, scenarios));

/** What was wrong first, or `read`. */
type Outcome = string;
interface Answer {
  readonly ok: boolean;
  readonly problems?: readonly { readonly code: string }[];
}
const outcome = (answer: Answer): Outcome => (answer.ok ? 'read' : (answer.problems?.[0]?.code ?? ''));
const padded = (text: string, size: number) => text + ' '.repeat(size - text.length);

function planOf(lines: number, last: number): string {
  const [line] = plan.lines;
  const many = Array.from({ length: lines }, (_, index) => ({ ...line, id: `line_${index}` }));
  const drawn: Plan = {
    ...plan,
    lines: many as Plan['lines'],
    periods: { ...plan.periods, first: 2020, last },
  };
  return JSON.stringify(drawn);
}

/** A reading of something of a size; `most` is the limit, `code` what is said above it. */
interface Limit {
  readonly most: number;
  readonly code: string;
  readonly read: (size: number) => Outcome | Promise<Outcome>;
  /** What is said ten times above, where another limit is met first. */
  readonly farAbove?: string;
}

const READ: Readonly<Record<string, Limit>> = {
  MAX_SCENARIO_BYTES: {
    most: limits.MAX_SCENARIO_BYTES,
    code: 'import_too_large',
    read: (size) => outcome(readFile(padded(scenarioText, size))),
  },
  MAX_BUNDLE_BYTES: {
    most: limits.MAX_BUNDLE_BYTES,
    code: 'import_too_large',
    read: (size) => outcome(readFile(padded(bundleText, size))),
  },
  MAX_LESSON_BYTES: {
    most: limits.MAX_LESSON_BYTES,
    code: 'import_too_large',
    // read to its end, though it is no lesson
    read: (size) =>
      outcome(readLessonFile(padded('{"format": 0}', size))).replace(/^plan_shape|^lesson_\w+/, 'read'),
  },
  MAX_LESSONS: {
    most: limits.MAX_LESSONS,
    code: 'plan_shape',
    read(size) {
      const lesson = { ...smallLesson(), plan: smallPlan.id };
      const many = Array.from({ length: size }, (_, index) => ({ ...lesson, id: `lesson-${index}` }));
      const bundle = JSON.parse(decode(writeBundle(smallPlan, smallPlan.scenarios))) as object;
      return outcome(readFile(JSON.stringify({ ...bundle, lessons: many })));
    },
  },
  MAX_DEPTH: {
    most: limits.MAX_DEPTH,
    code: 'import_json_depth',
    read: (size) => outcome(readFile('['.repeat(size) + ']'.repeat(size))).replace('import_not_ours', 'read'),
  },
  MAX_PLAN_CELLS: {
    most: limits.MAX_PLAN_CELLS,
    code: 'import_plan_cells',
    // more lines than a plan may have
    farAbove: 'plan_length',
    read: (size) => outcome(readFile(planOf(Math.ceil(size / PERIODS), 2019 + PERIODS))),
  },
  MAX_READ_LINK_CHARACTERS: {
    most: limits.MAX_READ_LINK_CHARACTERS,
    code: 'link_too_large',
    read: (size) =>
      outcome(readLink(`#s1.${'a'.repeat(size - 4)}`)).replace(/link_(none|damaged|cut)/, 'read'),
  },
  MAX_INFLATED_BYTES: {
    most: limits.MAX_INFLATED_BYTES,
    code: 'too_large',
    read(size) {
      const answer = inflate(deflate(new Uint8Array(size)), limits.MAX_INFLATED_BYTES);
      return answer.ok ? 'read' : answer.reason;
    },
  },
  MAX_TABLE_BYTES: {
    most: limits.MAX_TABLE_BYTES,
    code: 'table_too_large',
    // rows of blanks
    read: (size) =>
      outcome(readTable(('a,b\n' + `${' '.repeat(9999)}\n`.repeat(size / 10_000 + 1)).slice(0, size))),
  },
  MAX_TABLE_CELLS: {
    most: limits.MAX_TABLE_CELLS,
    code: 'table_too_many_cells',
    farAbove: 'table_too_large',
    read: (size) => outcome(readTable('1,'.repeat(size - 1) + '1')),
  },
  MAX_CELL_CHARACTERS: {
    most: limits.MAX_CELL_CHARACTERS,
    code: 'table_cell_too_long',
    read: (size) => outcome(readTable(`${'a'.repeat(size)},1`)),
  },
  MAX_WORKBOOK_BYTES: {
    most: limits.MAX_WORKBOOK_BYTES,
    code: 'workbook_too_large',
    // no workbook, which is found only after its size
    read: async (size) => outcome(await read(new Uint8Array(size))).replace('workbook_not_one', 'read'),
  },
  MAX_WORKBOOK_PARTS: {
    most: limits.MAX_WORKBOOK_PARTS,
    code: 'workbook_too_many_parts',
    async read(size) {
      const parts = Object.fromEntries(
        Array.from({ length: size }, (_, index) => [`xl/media/${index}.bin`, new Uint8Array()]),
      );
      return outcome(await read(zipSync(parts, { level: 0 }))).replace(
        /workbook_(not_one|damaged|empty)/,
        'read',
      );
    },
  },
};

/** Limits that other tests hold, and why not here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  MAX_LINK_CHARACTERS: 'of what is written: below',
  MAX_LISTED_PROBLEMS: 'of what is listed, nothing is refused: table.test.ts',
  MAX_LISTED_CELLS: 'of what is listed, nothing is refused: workbook-model.test.ts',
  MAX_WORKBOOK_INFLATED_BYTES: 'workbook-fuzz.test.ts, and tests/long/fuzz',
  MAX_WORKBOOK_CELLS: 'workbook-fuzz.test.ts',
  MAX_WORKBOOK_SLOTS: 'workbook-fuzz.test.ts',
};

it('every limit is held by a test', () => {
  expect([...Object.keys(READ), ...Object.keys(ELSEWHERE)].sort()).toEqual(Object.keys(limits).sort());
});

describe.each(Object.entries(READ))('%s', (_, { most, code, farAbove = code, read: readSize }) => {
  it('is read at the limit', async () => expect(await readSize(most)).toBe('read'));
  it('is refused one above', async () => expect(await readSize(most + 1)).toBe(code));
  it('is refused ten times above', async () => expect(await readSize(10 * most)).toBe(farAbove));
});

it('a link is made up to its length, and not one longer', () => {
  const noted = (length: number) => {
    // letters that do not deflate
    let state = 7;
    const note = Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return String.fromCharCode(0x4e00 + (state % 20_000));
    }).join('');
    const one = aScenario({ note: { zh: note, en: 'x' } });
    return writeLink(toScenarioFile(plan, [...plan.scenarios, one], 'trial'), '');
  };
  const link = noted(100);
  if (!link.ok) throw new Error('too long');
  const address = (total: number) => 'a'.repeat(total - link.link.length);
  const file = toScenarioFile(plan, [...plan.scenarios, aScenario({ note: { zh: 'x', en: 'x' } })], 'trial');
  const short = writeLink(file, '');
  if (!short.ok) throw new Error('too long');
  const most = limits.MAX_LINK_CHARACTERS;
  expect(address(most).length).toBeGreaterThan(0);
  expect(writeLink(file, 'a'.repeat(most - short.link.length)).ok).toBe(true);
  for (const length of [most - short.link.length + 1, 10 * most])
    expect(writeLink(file, 'a'.repeat(length))).toMatchObject({
      ok: false,
      problem: { code: 'link_too_long' },
    });
});

describe('a plan', () => {
  const readsWith = (change: (json: Record<string, unknown>) => void) => {
    const json = structuredClone(plan) as unknown as Record<string, unknown>;
    change(json);
    return readPlan(json).ok;
  };
  const withLine = (change: Record<string, unknown>) =>
    readsWith((json) => {
      json['lines'] = [{ ...(plan.lines[0] as object), ...change }, ...plan.lines.slice(1)];
    });
  const titled = (change: Record<string, unknown>) => readsWith((json) => void Object.assign(json, change));
  it.each([
    ['lines', 10_000, (size: number) => readPlan(JSON.parse(planOf(size, 2025))).ok],
    ['characters of an id', 64, (size: number) => withLine({ id: 'a'.repeat(size) })],
    ['characters of a name', 200, (size: number) => withLine({ name: { zh: 'a'.repeat(size), en: 'a' } })],
    // each of them is two in a string
    [
      'rare characters of a name',
      200,
      (size: number) => withLine({ name: { zh: '𠀀'.repeat(size), en: 'a' } }),
    ],
    ['characters of a title', 200, (size: number) => titled({ title: { zh: '题'.repeat(size), en: 'a' } })],
    [
      'characters of a section',
      200,
      (size: number) =>
        titled({ sections: [{ id: plan.sections[0]?.id, name: { zh: '板'.repeat(size), en: 'a' } }] }),
    ],
    [
      'characters of what is printed',
      200,
      (size: number) =>
        withLine({
          figures: [
            {
              period: 2020,
              value: 1,
              origin: 'printed',
              asPrinted: '1'.repeat(size),
              source: { section: 's' },
            },
          ],
        }),
    ],
    [
      'characters of a formula',
      2000,
      (size: number) => withLine({ kind: 'result', formula: '1' + ' '.repeat(size - 1) }),
    ],
    ['decimals', 8, (size: number) => withLine({ decimals: size })],
    [
      'periods',
      600,
      (size: number) =>
        readsWith((json) => (json['periods'] = { unit: 'year', first: 1500, last: 1499 + size, base: 2020 })),
    ],
    ['characters of a note', 4000, (size: number) => withLine({ note: { zh: 'a'.repeat(size), en: 'a' } })],
    [
      'rounds of a circle',
      100,
      (size: number) => readsWith((json) => (json['iteration'] = { limit: size, tolerance: 1e-9 })),
    ],
    [
      'scenarios',
      1000,
      (size: number) =>
        readsWith((json) => {
          const more = Array.from({ length: size - 1 }, (_, index) => ({
            id: `s${index}`,
            name: { zh: 's', en: 's' },
            basedOn: 'plan',
          }));
          json['scenarios'] = [...plan.scenarios, ...more];
        }),
    ],
    [
      'scenarios in a stack',
      100,
      (size: number) => {
        const all = Array.from({ length: size }, (_, index) => aScenario({ id: `s${index}` }));
        const stacked = aScenario({ id: 'top', stack: all.map(({ id }) => id) });
        return readScenario(JSON.parse(JSON.stringify(stacked)), {
          ...plan,
          scenarios: [...plan.scenarios, ...all],
        }).ok;
      },
    ],
  ] as const)('has at most so many %s: %i', (_, most, reads) => {
    expect([most, most + 1, 10 * most].map(reads)).toEqual([true, false, false]);
  });
});

it('says in words which name is too long, and by how much', async () => {
  const long = { ...plan, title: { zh: '题'.repeat(201), en: 'a' } };
  const read = readPlan(JSON.parse(JSON.stringify(long)));
  const words = { zh: await loadWords('zh'), en: await loadWords('en') };
  const said = (language: 'zh' | 'en') =>
    read.ok ? [] : read.problems.map((one) => problemSentence(words[language], one));
  expect(said('en')).toEqual([
    'title.zh: the length must be <=200, and it is 201. Correct it and open the file again.',
  ]);
  expect(said('zh')).toEqual(['title.zh：长度应为 <=200，实为 201。请改正后再打开文件。']);
});

it('cuts a name that grows on its way to what a name may be', () => {
  expect(asName('a\u202eb\u0007c')).toBe('abc');
  expect(Array.from(asName('𠀀'.repeat(201)))).toHaveLength(200);
  expect(asNames({ zh: '甲'.repeat(300), en: 'x' }, 10)).toEqual({ zh: '甲'.repeat(10), en: 'x' });
});

describe('a formula', () => {
  const context = { names: buildNames(plan.lines), periods: plan.periods };
  const answer = (text: string) => {
    const parsed = parseFormula(text, context);
    return parsed.ok ? 'read' : parsed.problem.code;
  };
  it.each([
    ['characters', 2000, 'formula_too_long', (size: number) => ' '.repeat(size - 1) + '1'],
    ['levels', 64, 'formula_too_deep', (size: number) => `${'('.repeat(size)}1${')'.repeat(size)}`],
    [
      'parts',
      MAX_FORMULA_PARTS - 1,
      'formula_too_large',
      // each operator is a part too
      (size: number) => `1${'+1'.repeat((size - 1) / 2)}`,
    ],
    ['arguments', 255, 'formula_argument_count', (size: number) => `SUM(${'1,'.repeat(size - 1)}1)`],
  ] as const)('has at most so many %s: %i', (name, most, code, text) => {
    expect(answer(text(most))).toBe('read');
    expect(answer(text(most + (name === 'parts' ? 2 : 1)))).toBe(code);
    // ten times as many parts or arguments are too many characters
    expect(answer(text(10 * most))).toMatch(
      name === 'parts' || name === 'arguments' ? /^formula_too_(large|long)$/ : new RegExp(code),
    );
  });
});
