/** The audit of the command `calc`, run as a person asks for it; expected numbers by hand from the printed figures. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import type { CalcReport } from '../../src/app/calc-report.ts';

const root = resolve(import.meta.dirname, '../..');

function calc(...args: string[]) {
  const run = spawnSync(process.execPath, ['src/app/build/run-calc.mjs', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status: run.status, out: run.stdout.trimEnd(), error: run.stderr.trimEnd() };
}

it('as text: what was found and compared, then findings with arithmetic and repairs', () => {
  const { status, out } = calc('huzhou-2021-2025', '--audit', '--language', 'zh');
  expect(status).toBe(0);
  const rows = out.split('\n');
  expect(rows[0]).toBe('发现 9 处矛盾、1 处尾差、3 条提示。');
  expect(rows[1]).toContain('66 个印出的数');
  const at = rows.findIndex((row) => row.startsWith('矛盾\t制造业贷款余额\t'));
  // (878.04 ÷ 648.11)^(1/5) − 1 = 6.26 %
  expect(rows[at]).toContain('由 648.11 到 878.04 亿元，5 年为 6.26%。');
  expect(rows[at + 1]).toContain('= (878.04 亿元 ÷ 648.11 亿元)^(1 ÷ 5) − 1\t→ 6.26%');
  expect(rows[at + 2]).toBe('\t按 4 年而不是 5 年计算，即得印出的数。');
});

it('as JSON in the shape of its schema, an end that is none as null', () => {
  const schema = JSON.parse(readFileSync(join(root, 'public/calc.schema.json'), 'utf8')) as object;
  const isValid = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  const { out, error } = calc('fuzhou-2021-2025', '--audit', '--json', '--language', 'en');
  expect(error).toBe('');
  const report = JSON.parse(out) as CalcReport;
  expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
  const find = (rule: string, line: string) =>
    report.audit?.findings.find((one) => one.rule === rule && one.lines[0] === line);
  // 1700 ÷ 10 %
  expect(find('window', 'gdp')?.window?.level.high).toBeCloseTo(17000, 6);
  // above 120 takes at least (120 − 91) ÷ 5 a year
  const outdone = find('outdone', 'avg_new_listed');
  expect(outdone?.steps.map(({ result }) => result)).toEqual([
    { low: expect.closeTo(5.8, 9) as number, high: null },
  ]);
  expect(outdone?.evidence.some(({ interval }) => interval.high === null)).toBe(true);
});

it('reads bare figures as asked, and refuses the reading where nothing is audited or solved', () => {
  const { out } = calc('zhoushan-2021-2025', '--audit', '--bare-figures', 'atLeast', '--json');
  const { audit } = JSON.parse(out) as CalcReport;
  expect(audit?.bareFigures).toBe('atLeast');
  expect(audit?.findings.some(({ rule }) => rule === 'implied')).toBe(false);
  const refused = calc('zhoushan-2021-2025', '--bare-figures', 'atLeast', '--language', 'en');
  expect(refused.status).toBe(1);
  expect(refused.error).toContain('--audit');
});
