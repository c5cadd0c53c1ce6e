/** The workbook as a file: what other programs read in it, and what a hostile name cannot do. */
import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { buildEngine } from '#engine';
import { writeWorkbook } from '#exchange';
import { isFailure } from '#quantity';
import type { Plan, Scenario } from '#plan';
import { loadWords, workbookWords } from '#words';
import { aPlan, aScenario } from '#tests/builders';
import { loadPlan, planIds } from '#tests/plans';

async function write(
  plan: Plan,
  scenarios: readonly Scenario[] = plan.scenarios,
  language: 'zh' | 'en' = 'en',
) {
  const words = workbookWords(await loadWords(language));
  const { bytes } = await writeWorkbook(buildEngine(plan), { scenarios, active: 'plan', words });
  const parts = unzipSync(bytes);
  const part = (path: string) => strFromU8(parts[path] ?? new Uint8Array());
  const read = await readXlsx(bytes);
  // the last sheet is not for people: what was written, by which the workbook is known when it comes back
  const workbook = { ...read, sheets: read.sheets.filter(({ veryHidden }) => !veryHidden) };
  return { bytes, part, paths: Object.keys(parts), workbook };
}

describe('the file', () => {
  it.each(planIds)(
    'of %s shows the numbers of the scenario in force before anything is calculated',
    async (id) => {
      const plan = loadPlan(id);
      const calculation = buildEngine(plan).calculate(plan.scenarios[0] as Scenario);
      const { workbook } = await write(plan);
      const rows = new Map(workbook.sheets[1]?.rows.map((row) => [row[3], row]));
      for (const line of plan.lines) {
        const shown = calculation.series(line.id).map((_, index) => rows.get(line.id)?.[4 + index] ?? null);
        const values = calculation.series(line.id);
        expect(shown.map((value) => (value === '' ? null : value))).toEqual(
          values.map((value) => (isFailure(value) ? value.code : value)),
        );
      }
    },
  );

  it('has its four sheets in the language that was asked for, and both names of every line', async () => {
    const plan = loadPlan('lishui-2021-2025');
    const [zh, en] = [await write(plan, plan.scenarios, 'zh'), await write(plan)];
    expect(zh.workbook.sheets.map(({ name }) => name)).toEqual(['驱动因素', '模型', '目标', '来源']);
    expect(en.workbook.sheets.map(({ name }) => name)).toEqual(['Drivers', 'Lines', 'Targets', 'Sources']);
    const loans = plan.lines.find(({ id }) => id === 'loans');
    const row = (sheets: typeof zh) => sheets.workbook.sheets[1]?.rows.find((cells) => cells[3] === 'loans');
    expect(row(zh)?.slice(0, 2)).toEqual([loans?.name.zh, loans?.name.en]);
    expect(row(en)?.slice(0, 2)).toEqual([loans?.name.en, loans?.name.zh]);
  });

  it('prints the heads of the columns and the names of the rows on every page', async () => {
    const { part } = await write(loadPlan('lishui-2021-2025'));
    const titles = [...part('xl/workbook.xml').matchAll(/"_xlnm\.Print_Titles"[^>]*>([^<]*)</g)];
    expect(titles.map(([, range]) => range)).toEqual([
      'Drivers!$5:$5,Drivers!$A:$A',
      'Lines!$4:$4,Lines!$A:$A',
      'Targets!$4:$4,Targets!$A:$A',
      'Sources!$1:$1',
    ]);
  });

  it('lets the selector take the names of the scenarios only', async () => {
    const { part } = await write(loadPlan('lishui-2021-2025'));
    const sheet = part('xl/worksheets/sheet1.xml');
    expect(sheet).toMatch(/<dataValidation [^>]*sqref="B3"[^>]*>\s*<formula1>\$I\$5:\$K\$5<\/formula1>/);
    expect(part('xl/workbook.xml')).toContain('<definedName name="scenario">Drivers!$H$3</definedName>');
  });

  it('holds Excel’s own scenarios, each with the selector and the inputs of its column', async () => {
    const slow = aScenario({
      id: 'slow',
      name: { zh: '慢', en: 'Slow & low' },
      changes: [{ line: 'growth', set: 0.02 }],
    });
    const plan = aPlan()
      .driver('growth', 'loans[2020] / 1000')
      .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
      .build();
    const { part } = await write(plan, [...plan.scenarios, slow]);
    const records = /<\/sheetData><scenarios current="0" show="0">(.*)<\/scenarios>/.exec(
      part('xl/worksheets/sheet1.xml'),
    )?.[1];
    expect(records).toBe(
      '<scenario name="plan" count="1"><inputCells r="B3" val="plan"/></scenario>' +
        '<scenario name="Slow &amp; low" count="2"><inputCells r="B3" val="Slow &amp; low"/><inputCells r="J7" val="0.02"/></scenario>',
    );
  });

  it('gives a scenario with more than 32 inputs the selector alone, as Excel takes no more', async () => {
    const builder = aPlan();
    for (let number = 0; number < 32; number += 1) builder.driver(`driver_${number}`, 'base / 1000');
    const plan = builder.build();
    const changes = plan.lines.map(({ id }, index) => ({ line: id, set: index }));
    const counts = async (many: typeof changes) => {
      const { part } = await write(plan, [...plan.scenarios, aScenario({ changes: many })]);
      return /<scenario name="trial" count="(\d+)"/.exec(part('xl/worksheets/sheet1.xml'))?.[1];
    };
    expect(await counts(changes)).toBe('1');
    expect(await counts(changes.slice(0, 31))).toBe('32');
  });

  it('marks an error as one for programs that only show', async () => {
    const { part } = await write(aPlan().line('x', {}, '1 / 0').build());
    expect(part('xl/worksheets/sheet2.xml')).toMatch(
      /<c r="H6" t="e"[^>]*><f>1\/0<\/f><v>#DIV\/0!<\/v><\/c>|<c r="H6"[^>]* t="e"[^>]*><f>1\/0<\/f><v>#DIV\/0!<\/v><\/c>/,
    );
  });
});

describe('a name that looks like something else', () => {
  const NAMES = [
    '=1+1',
    '+SUM(1)',
    '-2',
    '@cmd',
    '\t=1',
    '＝1',
    "=cmd|' /C calc'!A0",
    '#N/A',
    '_x0041_',
    '<b>&"x"',
  ];

  it.each(NAMES)('%j stays a text wherever it stands', async (name) => {
    const text = { zh: name, en: name };
    const plan = aPlan()
      .driver('rate', '0.05', { name: text, note: text })
      .target('rate', 1, { note: text })
      .build();
    const hostile: Plan = { ...plan, title: text, scenarios: [{ id: 'plan', name: text, note: text }] };
    const { workbook, part } = await write(hostile);
    for (const sheet of workbook.sheets) expect(sheet.rows.flat()).toContain(name);
    const formulas = [1, 2, 3, 4].flatMap((number) => [
      ...part(`xl/worksheets/sheet${number}.xml`).matchAll(/<f>([^<]*)<\/f>/g),
    ]);
    expect(formulas.length).toBeGreaterThan(5);
    const own = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    // every name but these is far too odd to be part of a formula of ours
    if (name !== '-2') expect(formulas.filter(([, formula]) => formula?.includes(own))).toEqual([]);
  });

  it('begins no external link, macro or connection', async () => {
    const { paths } = await write(loadPlan('fuzhou-2021-2025'));
    expect(paths.filter((path) => /external|vba|connection|embedding/i.test(path))).toEqual([]);
  });
});
