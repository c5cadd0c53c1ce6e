/** A workbook that arrives: ours as what was changed in it, others as a table for the open plan or as a plan of one's own. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { zipSync, strToU8 } from 'fflate';
import { expect, test } from 'vitest';
import { buildMemoryStore, replay } from '#storage';
import { Arrival, TableArrival, WorkbookArrival, listInputs, type PlanSession } from '#session';
import { anAppSession } from '#tests/app-session';
import { loadPlan } from '#tests/plans';
import { openOwnSession } from '#tests/sessions';
import { typed, written } from '../exchange/workbook-edits.ts';
import { foreignBytes } from '#tests/foreign-workbook';

const LISHUI = 'lishui-2021-2025';
const ZHOUSHAN = 'zhoushan-2021-2025';

async function openApp(plan?: string) {
  const store = buildMemoryStore();
  const app = anAppSession([LISHUI, ZHOUSHAN], { store });
  if (plan !== undefined) await app.open(plan);
  return { app, store };
}

function sessionOf({ app }: Awaited<ReturnType<typeof openApp>>): PlanSession {
  if (app.screen.kind !== 'plan') throw new Error('no plan is open');
  return app.screen.session;
}

async function arrive(opened: Awaited<ReturnType<typeof openApp>>, bytes: Uint8Array, name = 'a.xlsx') {
  const arrival = new Arrival(opened.app, new File([new Uint8Array(bytes)], name));
  await arrival.read();
  return arrival;
}

/** The workbook of Lishui with a growth of 8 % typed over the plan's. The sheet of drivers: column I is the plan's. */
const growthRow = 10;
async function editedWorkbook(cells: Parameters<typeof typed>[2] = { [`I${growthRow}`]: 0.08 }) {
  return typed(await written(loadPlan(LISHUI)), 1, cells);
}

const saved = (name: string) =>
  new Uint8Array(readFileSync(resolve(import.meta.dirname, '../saved/workbooks', `${name}.xlsx`)));

test('a workbook of ours comes back as what was typed over in it, and is added as one gesture', async () => {
  const opened = await openApp(LISHUI);
  const arrival = await arrive(opened, await editedWorkbook());
  const { stage } = arrival;
  if (stage.kind !== 'scenarios' || !stage.workbook) throw new Error(stage.kind);
  const [input, ...more] = listInputs(stage.workbook, stage.value);
  expect(more).toEqual([]);
  expect(input).toMatchObject({ place: `Drivers I${growthRow}`, after: 0.08, unit: { text: '%' } });
  expect(input?.line?.id).toBe('deposits_loans_growth');
  expect(stage.arrived.map(({ scenario, standing }) => [scenario.id, standing])).toEqual([['plan', 'new']]);
  const session = sessionOf(opened);
  const count = session.scenarios.length;
  expect((await arrival.add())?.added).toBe(1);
  expect(session.scenarios).toHaveLength(count + 1);
  // 6,237.9 in 2020, five years at 8 %
  expect(session.value('deposits_loans', 2025)).toBeCloseTo(6237.9 * 1.08 ** 5, 0);
  session.undo();
  expect(session.scenarios).toHaveLength(count);
});

test('a workbook of ours in which nothing was changed has nothing to add', async () => {
  const opened = await openApp(LISHUI);
  const { stage } = await arrive(opened, await written(loadPlan(LISHUI)));
  expect(stage).toMatchObject({
    kind: 'scenarios',
    arrived: [],
    workbook: { changed: [], inputs: [], problems: [] },
  });
});

test('what cannot be taken is told cell by cell, and changes nothing', async () => {
  const opened = await openApp(LISHUI);
  const { stage } = await arrive(opened, await editedWorkbook({ [`I${growthRow}`]: 'much' }));
  expect(stage).toMatchObject({
    kind: 'scenarios',
    arrived: [],
    workbook: {
      problems: [{ code: 'workbook_input_text', args: { cell: `I${growthRow}`, after: 'much' } }],
    },
  });
});

test('from home it opens its plan; one’s own scenario is merged from where the workbook was written', async () => {
  const opened = await openApp(LISHUI);
  const session = sessionOf(opened);
  session.moveLever('deposits_loans_growth', 0.06);
  const own = session.scenario.id;
  const bytes = await written(session.plan, [...session.plan.scenarios, session.scenario]);
  session.renameScenario(own, { zh: '我的', en: 'Mine' });
  await session.autosave.settle();
  await opened.app.goHome();
  // column I is the plan's, then one for each scenario: the person's own is the last
  const column = String.fromCharCode('I'.charCodeAt(0) + session.plan.scenarios.length);
  const arrival = await arrive(opened, typed(bytes, 1, { [`${column}${growthRow}`]: 0.07 }));
  const { stage } = arrival;
  if (stage.kind !== 'scenarios' || !stage.arrived[0]) throw new Error(stage.kind);
  expect(stage.arrived.map(({ scenario, standing }) => [scenario.id, standing])).toEqual([[own, 'own']]);
  const merge = arrival.mergeOf(stage.arrived[0]);
  expect(merge?.items.map(({ key, differs }) => [key.split(' ')[0], differs])).toEqual([
    ['name', 'mine'],
    ['bases', 'same'],
    ['changes', 'theirs'],
  ]);
  expect(arrival.merge(merge as NonNullable<typeof merge>, new Map())).toEqual([]);
  const merged = sessionOf(opened);
  expect(merged.scenario.name.en).toBe('Mine');
  expect(merged.value('deposits_loans', 2025)).toBeCloseTo(6237.9 * 1.07 ** 5, 0);
});

test('of a plan that is not here it brings the plan, and what was typed over beside the plan’s own scenario', async () => {
  const store = buildMemoryStore();
  const app = anAppSession([ZHOUSHAN], { store });
  const arrival = new Arrival(app, new File([new Uint8Array(await editedWorkbook())], 'a.xlsx'));
  await arrival.read();
  const { stage } = arrival;
  if (stage.kind !== 'plan') throw new Error(stage.kind);
  expect(stage.workbook?.changed).toEqual(['plan']);
  // what is kept is looked at in the store: this app opens templates only
  await arrival.addPlan();
  expect(app.own.all.map(({ id }) => id)).toEqual([LISHUI]);
  const [kept] = replay(await store.open(LISHUI, 0)).scenarios;
  expect(kept).toMatchObject({ id: 'plan_2', changes: [{ line: 'deposits_loans_growth', set: 0.08 }] });
});

test('a workbook of others fills lines of the open plan, whichever sheet and whichever way its years go', async () => {
  const opened = await openApp(LISHUI);
  const name = loadPlan(LISHUI).lines.find(({ id }) => id === 'deposits_loans')?.name.en ?? '';
  const across = [
    ['', 2023, 2024],
    [name, 7000.5, 7500],
    ['no such line', 1, 2],
  ];
  const down = [
    ['', name],
    [2023, 7000.5],
    [2024, 7500],
  ];
  const { stage } = await arrive(opened, await foreignBytes({ Across: across, Down: down }));
  if (stage.kind !== 'workbook') throw new Error(stage.kind);
  expect(stage.sheets).toMatchObject([
    { name: 'Across', cellCount: 8, formulaCount: 0 },
    { name: 'Down', cellCount: 5 },
  ]);
  for (const sheet of ['Across', 'Down']) {
    const table = new TableArrival(opened.app, sessionOf(opened), stage.given, sheet);
    await table.read();
    expect(table.table?.isTurned ?? false).toBe(sheet === 'Down');
    expect(table.lines).toEqual([
      {
        line: 'deposits_loans',
        values: [
          [2023, 7000.5],
          [2024, 7500],
        ],
      },
    ]);
  }
});

function workbookOf({ app }: Awaited<ReturnType<typeof openApp>>, arrival: Arrival): WorkbookArrival {
  const { stage } = arrival;
  if (stage.kind !== 'workbook') throw new Error(stage.kind);
  const scenarioName = () => Promise.resolve({ zh: '规划', en: 'Plan' });
  return new WorkbookArrival(app, { given: stage.given, sheets: stage.sheets, scenarioName });
}

test('a workbook of others becomes a plan of one’s own: lines, formulas in names, values compared', async () => {
  const store = buildMemoryStore();
  const openPlan = async (id: string) => (await openOwnSession(id, store)).session;
  const opened = { app: anAppSession([LISHUI], { store, openPlan }), store };
  const arrival = await arrive(opened, saved('three-statements.calculated'), 'Three statements.xlsx');
  const workbook = workbookOf(opened, arrival);
  expect([workbook.use, workbook.canBeTable, workbook.title]).toEqual(['model', false, 'Three statements']);
  await workbook.readModel();
  expect(workbook.model?.comparison).toMatchObject({ different: 0, unknown: 0 });
  const sales = workbook.rows('en', 300).find(({ line }) => line.id === 'sales');
  expect(sales?.formula).toBe('=Sales[t-1]*(1+Sales growth)');
  expect(workbook.rows('en', 3)).toHaveLength(3);

  await workbook.readSheet('Assumptions', false);
  expect(workbook.read).toEqual(['Model']);
  expect(workbook.model?.problems.map(({ code }) => code)).toContain('workbook_formula_reference');
  await workbook.readSheet('Model', false);
  expect(workbook.read).toEqual(['Model']);
  await workbook.readSheet('Assumptions', true);
  await workbook.chooseBase(2024);
  expect(workbook.model?.plan.periods.base).toBe(2024);

  workbook.title = ' ';
  expect(workbook.plan).toBeUndefined();
  workbook.title = 'Mine';
  const { plan } = workbook;
  if (!plan) throw new Error('no plan');
  expect(plan.title).toEqual({ zh: 'Mine', en: 'Mine' });
  await arrival.addModel(plan);
  expect(opened.app.own.all).toMatchObject([{ title: { en: 'Mine' } }]);
  const session = sessionOf(opened);
  expect(session.isOwnPlan).toBe(true);
  expect(session.plan.periods.base).toBe(2024);
  // 1,100 in 2023, four years at 8 %
  expect(session.value('sales', 2027)).toBeCloseTo(1100 * 1.08 ** 4, 8);
});

test('years that stand in a column, or are only counted, are asked for', async () => {
  const opened = await openApp();
  const rows = [
    ['Year', 'GDP'],
    [2020, 100],
    [2021, '=B2*2|200'],
    [2022, '=B3*2|400'],
  ];
  const named = workbookOf(opened, await arrive(opened, await foreignBytes({ S: rows })));
  await named.readModel();
  expect(named.refused?.problems).toMatchObject([{ code: 'workbook_periods_down', args: { column: 'A' } }]);
  const column = named.refused?.heads[0]?.candidates[0];
  if (!column) throw new Error('no candidate');
  await named.chooseHead('S', column);
  expect(named.rows('en', 9).map(({ formula }) => formula)).toEqual(['=GDP[t-1]*2']);
  expect(named.model?.plan.periods).toMatchObject({ first: 2020, last: 2022 });
  await named.chooseNoHead('S');
  expect(named.model).toBeUndefined();
  expect(named.refused?.heads[0]).toMatchObject({ used: undefined, candidates: [{ isColumn: true }] });
  await named.chooseHead('S', column);
  expect(named.rows('en', 9)).toHaveLength(1);

  const counted = workbookOf(
    opened,
    await arrive(
      opened,
      await foreignBytes({
        S: [
          ['', 'Year 1', 'Year 2'],
          ['GDP', 100, '=B2*2|200'],
        ],
      }),
    ),
  );
  await counted.readModel();
  const row = counted.refused?.heads[0]?.candidates[0];
  if (!row) throw new Error('no candidate');
  await counted.chooseHead('S', row, 2030);
  expect(counted.model?.plan.periods).toMatchObject({ first: 2030, last: 2031 });
});

test.each([
  ['a.xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'workbook_old_format'],
  ['a.xlsx', saved('loan').slice(0, 3000), 'workbook_damaged'],
  ['a.xls', strToU8('<html><table></table></html>'), 'workbook_not_one'],
  [
    'a.ods',
    zipSync({ 'content.xml': strToU8('x'), 'META-INF/manifest.xml': strToU8('x') }),
    'workbook_other_format',
  ],
  ['a.zip', zipSync({ 'a.txt': strToU8('x') }), 'workbook_not_one'],
  ['a.xlsx', new Uint8Array(20_000_001).fill(0x50, 0, 1).fill(0x4b, 1, 2), 'workbook_too_large'],
])('%s is refused with a sentence of its own: %#', async (name, bytes, code) => {
  const opened = await openApp();
  const { stage } = await arrive(opened, bytes, name);
  expect(stage).toMatchObject({ kind: 'refused', problems: [{ code, severity: 'error' }] });
});

test('reading tells how far it is, and stops', async () => {
  const opened = await openApp();
  const rows = Array.from({ length: 3000 }, (_, row) => [`line ${row}`, row, `=B${row + 2}*2|${row * 2}`]);
  const bytes = await foreignBytes({ S: [['', 2020, 2021], ...rows] });
  const arrival = await arrive(opened, bytes);
  expect(arrival.share).toBeGreaterThan(0);
  const workbook = workbookOf(opened, arrival);
  const reading = workbook.readModel();
  expect(workbook.isRunning).toBe(true);
  workbook.cancel();
  await reading;
  expect([workbook.isRunning, workbook.isCancelled, workbook.model]).toEqual([false, true, undefined]);
  await workbook.readModel();
  expect(workbook.model?.plan.lines).toHaveLength(3000);
  expect(workbook.share).toBeGreaterThan(0);
});
