/** The command `calc`, run as a person runs it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'calc-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function calc(...args: string[]) {
  const run = spawnSync(process.execPath, ['src/app/build/run-calc.mjs', '--language', 'en', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, INIT_CWD: folder },
  });
  return { status: run.status, out: run.stdout.trimEnd(), error: run.stderr.trimEnd() };
}

interface Answer {
  periods: number[];
  lines: Record<string, { unit: string; values: (number | null)[]; formula?: string }>;
  targets: { line: string; status: string; projected: number }[];
  eval?: { value: unknown }[];
}
const answer = (...args: string[]) => JSON.parse(calc(...args, '--json').out) as Answer;

describe('a plan', () => {
  it('is answered in the shape of its schema', () => {
    const schema = JSON.parse(readFileSync(join(root, 'public/calc.schema.json'), 'utf8')) as object;
    const isValid = new Ajv2020({ allowUnionTypes: true }).compile(schema);
    for (const scenario of ['plan', 'trend', 'stress']) {
      expect(
        isValid(answer('lishui-2021-2025', '--scenario', scenario)),
        JSON.stringify(isValid.errors),
      ).toBe(true);
    }
    expect(isValid(answer('--eval', '=1/0')), JSON.stringify(isValid.errors)).toBe(true);
  });

  it('is found by its id and by its file', () => {
    const file = join(folder, 'copy.plan.json');
    writeFileSync(file, readFileSync(join(root, 'models/zhoushan-2021-2025.plan.json')));
    expect(answer('copy.plan.json', '--line', 'gdp')).toEqual(answer('zhoushan-2021-2025', '--line', 'gdp'));
  });

  it('takes values over all forecast years and over one, names in either language, and formulas', () => {
    const plan = answer('zhoushan-2021-2025', '--line', 'gdp');
    const gdp = plan.lines['gdp']?.values ?? [];
    const base = gdp[5] as number;
    const raised =
      answer('zhoushan-2021-2025', '--line', 'gdp', '--set', 'gdp_growth=9%').lines['gdp']?.values ?? [];
    expect(raised[10]).toBeCloseTo(base * 1.09 ** 5, 6);
    const once =
      answer('zhoushan-2021-2025', '--line', 'gdp', '--set', 'gdp=3000@2025').lines['gdp']?.values ?? [];
    expect(once.slice(0, 10)).toEqual(gdp.slice(0, 10));
    expect(once[10]).toBe(3000);
    const doubled =
      answer('zhoushan-2021-2025', '--line', 'gdp', '--set', 'gdp==gdp[t-1]*2').lines['gdp']?.values ?? [];
    expect(doubled[10]).toBeCloseTo(base * 32, 6);
  });

  it('takes a scenario from a file', () => {
    const file = join(folder, 'mine.scenario.json');
    const scenario = {
      id: 'mine',
      name: { zh: '我的', en: 'Mine' },
      basedOn: 'plan',
      changes: [{ line: 'gdp_growth', set: 0.09 }],
    };
    writeFileSync(file, JSON.stringify(scenario));
    const byFile = answer('zhoushan-2021-2025', '--scenario', 'mine.scenario.json').lines;
    expect(byFile).toEqual(answer('zhoushan-2021-2025', '--set', 'gdp_growth=0.09').lines);
  });

  it('evaluates formulas in a period of the plan', () => {
    const [first, second] =
      answer('zhoushan-2021-2025', '--eval', 'loans[2020]/loans[2015]', '--eval', '各项贷款增速@2023').eval ??
      [];
    expect(first?.value).toBeCloseTo(2773.76 / 1499.84, 12);
    expect(second?.value).toBeCloseTo((4300 / 2773.76) ** (1 / 5) - 1, 12);
  });
});

describe('formulas alone', () => {
  it.each([
    [['--eval', '=PMT(8%/12,10,10000)'], '-1037.0320893591522'],
    [['--eval', '=-2^2'], '4'],
    [['--eval', '-2^2'], '-4'],
    [['--cells', 'A1=8%,A2=3', '--eval', '=SUM(A1:A2)'], '3.08'],
    [
      ['--cells', 'A1=-70000,A2=12000,A3=15000,A4=18000,A5=21000,A6=26000', '--eval', '=ROUND(IRR(A1:A6),4)'],
      '0.0866',
    ],
  ])('%j gives %s', (args, result) => expect(calc(...args)).toEqual({ status: 0, out: result, error: '' }));
});

describe('bad input', () => {
  const damaged = join(folder, 'damaged.plan.json');
  writeFileSync(damaged, '{"format": 1,');
  const newer = join(folder, 'newer.plan.json');
  writeFileSync(newer, '{"format": 99}');
  it.each([
    [['atlantis'], 'There is no plan “atlantis”. Available: fuzhou-2021-2025'],
    [['missing.plan.json'], '“missing.plan.json” cannot be read.'],
    [['damaged.plan.json'], '“damaged.plan.json” is not valid JSON.'],
    [['newer.plan.json'], 'This plan has format 99, newer than the 1 that this program knows.'],
    [
      ['zhoushan-2021-2025', '--scenario', 'boom'],
      'This plan has no scenario “boom”. Available: plan, trend, stress.',
    ],
    [['zhoushan-2021-2025', '--set', 'nothing=3'], 'This plan has no line “nothing”.'],
    [['zhoushan-2021-2025', '--set', 'gdp'], '--set is written line=value'],
    [['zhoushan-2021-2025', '--set', 'gdp=abc'], '“abc” is not a number.'],
    [['zhoushan-2021-2025', '--set', 'gdp=5@2050'], '“2050” is outside of the plan’s periods 2015–2025.'],
    [['zhoushan-2021-2025', '--eval', 'rate growth'], '“rate” is a function'],
    [['--set', 'gdp=5', '--eval', '1'], '--set needs a plan.'],
    [['--frobnicate'], 'There is no option --frobnicate.'],
    [[], 'Neither a plan nor a formula'],
  ])('%j is answered on stderr with exit code 1', (args, sentence) => {
    const { status, out, error } = calc(...args);
    expect(error).toContain(sentence);
    expect({ status, out }).toEqual({ status: 1, out: '' });
  });
});
