/** What arrives is looked at before anything changes; what is chosen then is one gesture. */
import { expect, test } from 'vitest';
import { buildMemoryStore } from '#storage';
import {
  Arrival,
  TableArrival,
  bundleFileOf,
  scenarioFileOf,
  type AppSession,
  type PlanSession,
} from '#session';
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

  await arrival.add();
  expect(session.scenario.name.en).toBe('Slower');
  // 6237.9 in 2020, five years at 8 %
  expect(levelOf(session)).toBeCloseTo(6237.9 * 1.08 ** 5, 6);
  session.undo();
  expect(session.scenarios).toEqual(before);
});

/** Opens what is given and adds it as a colleague would. */
async function receive(app: AppSession, content: Uint8Array<ArrayBuffer>): Promise<Arrival> {
  const arrival = new Arrival(app, fileOf(content));
  await arrival.read();
  if (arrival.stage.kind !== 'scenarios') throw new Error(arrival.stage.kind);
  return arrival;
}

/** The scenario that arrived, with its merge. */
function mergeIn(arrival: Arrival) {
  const arrived = arrival.stage.kind === 'scenarios' ? arrival.stage.arrived[0] : undefined;
  const merge = arrived && arrival.mergeOf(arrived);
  if (!merge) throw new Error('no merge');
  const open = merge.items.filter((item) => item.differs === 'both').map((item) => item.key);
  return { standing: arrived.standing, rows: arrived.rows, merge, open };
}

test('a scenario that comes back needs a choice only where both went on with it', async () => {
  const mine = await openApp();
  mine.session.moveLever('deposits_loans_growth', 0.05);
  const theirs = await openApp();
  await (await receive(theirs.app, scenarioFileOf(mine.session))).add();
  theirs.session.moveLever('deposits_loans_growth', 0.08);
  theirs.session.renameScenario(theirs.session.scenario.id, { zh: '放缓', en: 'Slower' });
  const { app, session } = mine;
  session.moveLever('deposits_loans_growth', 0.06);
  session.enterActual('deposits_loans', 2021, 7000);

  const arrival = await receive(app, scenarioFileOf(theirs.session));
  const { standing, merge, open } = mergeIn(arrival);
  expect(standing).toBe('own');
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

test('two people’s first scenarios are two scenarios, whatever both are called', async () => {
  const { app, session } = await openApp();
  session.moveLever('deposits_loans_growth', 0.06);
  const mine = session.scenario;
  const arrival = await receive(app, await colleaguesFile());
  if (arrival.stage.kind !== 'scenarios') throw new Error(arrival.stage.kind);
  const [arrived] = arrival.stage.arrived;
  expect(arrived?.standing).toBe('new');
  expect(arrived?.scenario.id).not.toBe(mine.id);
  expect(arrived && arrival.mergeOf(arrived)).toBeUndefined();
  await arrival.add();
  expect(session.scenarios.find((one) => one.id === mine.id)).toEqual(mine);
  expect(levelOf(session)).toBeCloseTo(6237.9 * 1.08 ** 5, 6);
});

test('scenarios that share an id without a mark are namesakes: nothing is mixed unasked', async () => {
  // as files were before ids had marks, or as somebody writes them by hand
  const unmarked = (content: Uint8Array) =>
    new TextEncoder().encode(
      new TextDecoder().decode(content).replaceAll(/trial_1_x[0-9a-z]{12}/g, 'trial_1'),
    );
  const before = await openApp();
  before.session.moveLever('deposits_loans_growth', 0.06);
  before.session.enterActual('deposits_loans', 2021, 7000);
  const { app, session } = await openApp();
  await (await receive(app, unmarked(scenarioFileOf(before.session)))).add();
  const mine = session.scenario;
  expect(mine.id).toBe('trial_1');

  const arrival = await receive(app, unmarked(await colleaguesFile()));
  const { standing, rows, merge, open } = mergeIn(arrival);
  expect(standing).toBe('namesake');
  // what it says, not what it would change of the other one
  expect(rows.every((row) => row.before === null)).toBe(true);
  expect(rows.map((row) => row.after?.kind)).not.toContain('actual');
  expect(open).toEqual(['name', 'changes deposits_loans_growth 2021 2025', 'actual deposits_loans 2021']);
  expect(merge.items.filter(({ differs }) => differs === 'mine' || differs === 'theirs')).toEqual([]);
  await arrival.add();
  expect(session.scenario.id).toBe('trial_1_2');
  expect(session.scenarios.find((one) => one.id === 'trial_1')).toEqual(mine);
});

test('what was made for another content of the plan has no common start', async () => {
  const { app, session } = await openApp();
  session.moveLever('deposits_loans_growth', 0.06);
  session.enterActual('deposits_loans', 2021, 7000);
  const elsewhere = new TextDecoder()
    .decode(scenarioFileOf(session))
    .replace(/"hash": "[0-9a-f]+"/, `"hash": "${'0'.repeat(32)}"`)
    .replace('0.06', '0.08')
    .replace('7000', '7100');
  // what only I say would be mine, had the two a common start
  session.enterActual('deposits_loans', 2022, 7500);
  const { standing, open } = mergeIn(await receive(app, new TextEncoder().encode(elsewhere)));
  expect(standing).toBe('own');
  expect(open).toEqual([
    'changes deposits_loans_growth 2021 2025',
    'actual deposits_loans 2021',
    'actual deposits_loans 2022',
  ]);
});

test('what is here word for word is not added again', async () => {
  const { app, session } = await openApp();
  const arrival = new Arrival(app, fileOf(scenarioFileOf(session)));
  await arrival.read();
  const { stage } = arrival;
  if (stage.kind !== 'scenarios') throw new Error(stage.kind);
  expect(stage.arrived.map((one) => one.standing)).toEqual(['present']);
  const before = session.scenarios;
  expect((await arrival.add())?.added).toBe(0);
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
  expect(arrival.stage).toMatchObject({ kind: 'plan', difference: undefined, value: { isPlanNew: true } });
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
