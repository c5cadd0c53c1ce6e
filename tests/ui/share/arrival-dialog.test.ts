/** What arrives is shown in words before anything is done with it: problems, differences, choices; leaving changes nothing. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Arrival, bundleFileOf, scenarioFileOf, type AppSession, type PlanSession } from '#session';
import { anAppSession } from '../../helpers/app-session.ts';
import ShareInApp from './share-in-app.svelte';

const LISHUI = 'lishui-2021-2025';
const GROWTH = 'deposits_loans_growth';

async function openApp(): Promise<{ app: AppSession; session: PlanSession }> {
  const app = anAppSession([LISHUI], { settings: { language: 'en' } });
  await app.open(LISHUI);
  if (app.screen.kind !== 'plan') throw new Error('the plan was not opened');
  return { app, session: app.screen.session };
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Shows the dialog of what is given, read; gives what tells whether it was left. */
async function show(app: AppSession, given: string | File) {
  const arrival = new Arrival(app, given);
  await arrival.read();
  const onclose = vi.fn();
  render(ShareInApp, { props: { app, arrival, onclose } });
  return { arrival, onclose };
}

const press = (name: RegExp) => userEvent.click(screen.getByRole('button', { name }));
const choice = (name: RegExp) => screen.getByRole('radio', { name });

it('lists what is wrong with a broken text, says that nothing was changed, and closes', async () => {
  const { app, session } = await openApp();
  const before = session.scenarios;
  const { onclose } = await show(app, '{"kind":"scenario","format":1,');
  const alert = screen.getByRole('alert');
  expect(within(alert).getAllByRole('listitem').length).toBeGreaterThan(0);
  expect(alert).toHaveTextContent('Nothing was changed.');
  await userEvent.click(screen.getAllByRole('button', { name: 'Close' }).at(-1) ?? alert);
  expect(onclose).toHaveBeenCalledOnce();
  expect(session.scenarios).toEqual(before);
});

it('lists the parts that have no place, and still offers the rest', async () => {
  const { app } = await openApp();
  const colleague = await openApp();
  colleague.session.moveLever(GROWTH, 0.08);
  const json = JSON.parse(textOf(scenarioFileOf(colleague.session))) as {
    scenarios: { changes: unknown[] }[];
  };
  json.scenarios[0]?.changes.push({ line: 'no_such_line', set: 1 });
  await show(app, JSON.stringify(json));
  expect(screen.getByText('To know before choosing')).toBeInTheDocument();
  expect(screen.getByText(/no_such_line/)).toBeInTheDocument();
  expect(screen.getByRole('row', { name: /8\.00%/ })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Add as new' })).toBeEnabled();
});

it('Cancel leaves everything as it was', async () => {
  const { app, session } = await openApp();
  const colleague = await openApp();
  colleague.session.moveLever(GROWTH, 0.08);
  const before = session.scenarios;
  const { onclose } = await show(app, textOf(scenarioFileOf(colleague.session)));
  await press(/^Cancel$/);
  expect(onclose).toHaveBeenCalledOnce();
  expect(session.scenarios).toEqual(before);
  expect(session.canUndo).toBe(false);
});

/** A scenario that came back with another value while its owner went on. */
async function returned() {
  const mine = await openApp();
  mine.session.moveLever(GROWTH, 0.07);
  const theirs = await openApp();
  const first = new Arrival(theirs.app, textOf(scenarioFileOf(mine.session)));
  await first.read();
  await first.add();
  theirs.session.moveLever(GROWTH, 0.08);
  theirs.session.enterActual('deposits_loans', 2021, 7000);
  mine.session.moveLever(GROWTH, 0.06);
  await show(mine.app, textOf(scenarioFileOf(theirs.session)));
  return mine.session;
}

it('a merge begins with what only one side changed, and waits for what both did', async () => {
  const session = await returned();
  await press(/^Merge…$/);
  const merge = screen.getByRole('button', { name: 'Merge' });
  expect(merge).toBeDisabled();
  expect(screen.getByText('1 still to choose')).toBeInTheDocument();
  expect(choice(/2021: Take theirs$/)).toBeChecked();
  const theirs = choice(/Deposits and loans growth.*: Take theirs$/);
  expect(theirs).not.toBeChecked();
  await userEvent.click(theirs);
  expect(merge).toBeEnabled();
  await userEvent.click(choice(/2021: Keep mine$/));
  await userEvent.click(merge);
  expect(session.scenario.actuals).toBeUndefined();
  expect(session.value('deposits_loans', 2025)).toBeCloseTo(6237.9 * 1.08 ** 5, 6);
});

it('all of one side is one press; going back chooses nothing', async () => {
  const session = await returned();
  const before = session.scenarios;
  await press(/^Merge…$/);
  await press(/^Keep all mine$/);
  expect(screen.getByRole('button', { name: 'Merge' })).toBeEnabled();
  expect(choice(/2021: Keep mine$/)).toBeChecked();
  await press(/^Take all theirs$/);
  expect(choice(/2021: Take theirs$/)).toBeChecked();
  await press(/^Back$/);
  expect(session.scenarios).toEqual(before);
  expect(screen.getByRole('button', { name: 'Add as new' })).toBeEnabled();
});

it('a namesake is shown for what it says, and a merge asks about every difference', async () => {
  const unmarked = (one: PlanSession) => textOf(scenarioFileOf(one)).replaceAll(/_x[0-9a-z]{12}/g, '');
  const before = await openApp();
  before.session.moveLever(GROWTH, 0.06);
  before.session.enterActual('deposits_loans', 2021, 7000);
  const { app } = await openApp();
  const first = new Arrival(app, unmarked(before.session));
  await first.read();
  await first.add();
  const colleague = await openApp();
  colleague.session.moveLever(GROWTH, 0.08);
  await show(app, unmarked(colleague.session));
  expect(screen.getByText(/The two were begun apart/)).toBeInTheDocument();
  expect(screen.queryByRole('columnheader', { name: 'Now' })).toBeNull();
  await press(/^Merge…$/);
  expect(screen.getByText(/there is no common start/)).toBeInTheDocument();
  expect(screen.getByText('2 still to choose')).toBeInTheDocument();
  expect(screen.getAllByRole('radio').every((one) => !(one as HTMLInputElement).checked)).toBe(true);
});

it('another version of a plan is told apart: targets, formulas, figures, notes', async () => {
  const { app, session } = await openApp();
  const { plan, ...bundle } = JSON.parse(textOf(bundleFileOf(session))) as {
    plan: PlanSession['plan'];
  };
  const changed: PlanSession['plan'] = {
    ...plan,
    version: '9.9.9',
    targets: plan.targets.flatMap((one) => {
      if (one.line !== 'deposits_loans') return [one];
      return [
        { ...one, value: 10_500 },
        { ...one, period: 2024, value: 9_000 },
      ];
    }),
    lines: plan.lines.map((line) =>
      line.id === 'deposits_loans' ? { ...line, note: { zh: '改过', en: 'by hand' } } : line,
    ),
  };
  await show(app, JSON.stringify({ ...bundle, plan: changed }));
  const table = screen.getByRole('table');
  expect(within(table).getByRole('rowheader', { name: /^Targets 2$/ })).toBeInTheDocument();
  expect(within(table).getByRole('row', { name: /2025 10,000.* 10,500/ })).toBeInTheDocument();
  expect(within(table).getByRole('row', { name: /2024 added none 9,000/ })).toBeInTheDocument();
  expect(within(table).getByRole('row', { name: /by hand/ })).toBeInTheDocument();
  expect(within(table).getByRole('row', { name: /Version .* 9\.9\.9/ })).toBeInTheDocument();
  expect(within(table).queryByRole('rowheader', { name: /^Formulas/ })).toBeNull();
});
