/** What arrives is looked at before anything changes; what is chosen then is one gesture. */
import { expect, test } from 'vitest';
import { buildMemoryStore } from '#storage';
import { Arrival, TableArrival, bundleFileOf, scenarioFileOf, type PlanSession } from '#session';
import { anAppSession } from '#tests/app-session';

const LISHUI = 'lishui-2021-2025';

async function openApp() {
  const store = buildMemoryStore();
  const app = anAppSession([LISHUI], { store });
  await app.open(LISHUI);
  if (app.screen.kind !== 'plan') throw new Error('the plan was not opened');
  return { app, store, session: app.screen.session };
}

function fileOf(content: Uint8Array<ArrayBuffer>, name = 'a.json') {
  return new File([content], name);
}

/** A scenario in which loans and deposits grow less, as a colleague's file. */
async function colleaguesFile(growth = 0.08): Promise<Uint8Array<ArrayBuffer>> {
  const { session } = await openApp();
  session.moveLever('deposits_loans_growth', growth);
  session.renameScenario(session.scenario.id, { zh: '放缓', en: 'Slower' });
  return scenarioFileOf(session);
}

const levelOf = (session: PlanSession) => session.value('deposits_loans', 2025);

test('a colleague’s scenario is shown as a difference, and added only when that is chosen', async () => {
  const { app, session } = await openApp();
  const before = session.scenarios;
  const arrival = new Arrival(app, fileOf(await colleaguesFile()));
  await arrival.read();
  const { stage } = arrival;
  if (stage.kind !== 'scenarios') throw new Error(stage.kind);
  expect(stage.arrived[0]?.standing).toBe('new');
  const [growth] = stage.arrived[0]?.rows.filter((row) => row.group === 'assumption') ?? [];
  expect(growth).toMatchObject({
    span: { from: 2021, to: 2025 },
    before: null,
    after: { kind: 'changes', line: 'deposits_loans_growth', changes: [{ set: 0.08 }] },
  });
  expect(session.scenarios).toEqual(before);

  arrival.add();
  expect(session.scenario.name.en).toBe('Slower');
  // 6237.9 in 2020, five years at 8 %
  expect(levelOf(session)).toBeCloseTo(6237.9 * 1.08 ** 5, 6);
  session.undo();
  expect(session.scenarios).toEqual(before);
});

test('where one’s own has the same origin, only what both changed needs a choice', async () => {
  const { app, session } = await openApp();
  session.moveLever('deposits_loans_growth', 0.06);
  session.enterActual('deposits_loans', 2021, 7000);
  const arrival = new Arrival(app, fileOf(await colleaguesFile()));
  await arrival.read();
  const { stage } = arrival;
  if (stage.kind !== 'scenarios' || !stage.arrived[0]) throw new Error(stage.kind);
  expect(stage.arrived[0].standing).toBe('own');
  const merge = arrival.mergeOf(stage.arrived[0].scenario);
  if (!merge) throw new Error('no merge');
  const open = merge.items.filter((item) => item.differs === 'both').map((item) => item.key);
  expect(open).toEqual(['name', 'changes deposits_loans_growth 2021 2025']);
  expect(merge.items.find((item) => item.key === 'actual deposits_loans 2021')?.differs).toBe('mine');

  const problems = arrival.merge(
    merge,
    new Map([
      ['name', 'mine'],
      ['changes deposits_loans_growth 2021 2025', 'theirs'],
    ]),
  );
  expect(problems).toEqual([]);
  expect(session.scenario.name.en).toBe('Trial 1');
  // my actual of 2021, then four years of their 8 %
  expect(levelOf(session)).toBeCloseTo(7000 * 1.08 ** 4, 6);
  session.undo();
  expect(levelOf(session)).toBeCloseTo(7000 * 1.06 ** 4, 6);
});

test('what is here word for word is not added again', async () => {
  const { app, session } = await openApp();
  const arrival = new Arrival(app, fileOf(scenarioFileOf(session)));
  await arrival.read();
  const { stage } = arrival;
  if (stage.kind !== 'scenarios') throw new Error(stage.kind);
  expect(stage.arrived.map((one) => one.standing)).toEqual(['present']);
  const before = session.scenarios;
  expect(arrival.add()?.added).toBe(0);
  expect(session.scenarios).toEqual(before);
  expect(session.canUndo).toBe(false);
});

test('damage is answered with problems, and the store is as it was', async () => {
  const { app, store, session } = await openApp();
  await session.autosave.settle();
  const before = await store.open(LISHUI, 0);
  const whole = await colleaguesFile();
  for (const content of [whole.slice(0, 200), new Uint8Array([0xff, 0xfe, 0x00, 0x80]), new Uint8Array()]) {
    const arrival = new Arrival(app, fileOf(content));
    await arrival.read();
    expect(arrival.stage).toMatchObject({ kind: 'refused', problems: [{ severity: 'error' }] });
  }
  const tooLarge = {
    name: 'a',
    lastModified: 0,
    size: 50_000_001,
    arrayBuffer: () => Promise.reject(new Error()),
  };
  const arrival = new Arrival(app, tooLarge);
  await arrival.read();
  expect(arrival.stage).toMatchObject({ kind: 'refused', problems: [{ code: 'import_too_large' }] });
  await session.autosave.settle();
  expect((await store.open(LISHUI, 0)).entries).toEqual(before.entries);
});

test('a bundle of a plan that is not here becomes a plan of one’s own', async () => {
  const { session } = await openApp();
  session.moveLever('deposits_loans_growth', 0.08);
  const text = new TextDecoder().decode(bundleFileOf(session)).replaceAll(`"${LISHUI}"`, '"elsewhere"');
  const { app } = await openApp();
  const arrival = new Arrival(app, text);
  await arrival.read();
  expect(arrival.stage).toMatchObject({ kind: 'plan', isOtherVersion: false, value: { isPlanNew: true } });
  expect(app.own.all).toEqual([]);
});

test('a table fills lines that it names: actuals up to a year, values of the scenario after it', async () => {
  const { app, session } = await openApp();
  const csv = 'id;2021;2022\ndeposits_loans;7000,5;7500\nno_such_line;1;2\n';
  const arrival = new Arrival(app, fileOf(new TextEncoder().encode(csv), 't.csv'));
  await arrival.read();
  const { stage } = arrival;
  if (stage.kind !== 'table') throw new Error(stage.kind);
  const table = new TableArrival(app, session, stage.given);
  await table.read();
  expect(table.table?.reading).toMatchObject({ delimiter: ';', decimal: ',' });
  expect(table.lines).toEqual([
    {
      line: 'deposits_loans',
      values: [
        [2021, 7000.5],
        [2022, 7500],
      ],
    },
  ]);
  expect(table.table?.problems.map((problem) => problem.code)).toContain('table_line_unknown');
  table.observeUntil(2021);
  expect(table.counts).toEqual({ actuals: 1, values: 1 });
  table.take();
  expect(session.scenario.actuals).toEqual({ deposits_loans: { 2021: 7000.5 } });
  expect(session.scenario.values).toEqual({ deposits_loans: { 2022: 7500 } });
  session.undo();
  expect(session.value('deposits_loans', 2022)).toBeCloseTo(6237.9 * (10000 / 6237.9) ** (2 / 5), 6);
});
