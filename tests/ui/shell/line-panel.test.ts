/** What the inspector says of the selected line. */
import { render, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { anAppSession } from '../../helpers/app-session.ts';
import LinePanelInApp from './line-panel-in-app.svelte';

async function openPanel(id: string, line: string, period: number, language: 'zh' | 'en' = 'zh') {
  const app = anAppSession([id], { settings: { language } });
  await app.open(id);
  if (app.screen.kind !== 'plan') throw new Error('the plan did not open');
  const { session } = app.screen;
  session.select(line, period);
  const { container } = render(LinePanelInApp, { app, session });
  return { session, panel: within(container), container };
}

describe('the panel of a line', () => {
  it('shows the number with its unit and the formula in the reader’s language', async () => {
    const { session, container } = await openPanel('lishui-2021-2025', 'fin_va', 2023, 'en');
    const value = session.value('fin_va', 2023);
    expect(typeof value).toBe('number');
    expect(container.querySelector('.value')).toHaveTextContent(/×100m yuan/);
    expect(screen.getByLabelText('Formula in 2023')).toHaveTextContent(/^=.*[a-z]/i);
    expect(screen.getByLabelText('Formula in 2023').textContent).not.toMatch(/[一-鿿]/);
  });

  it('names table, row, column and the words as printed of each figure', async () => {
    const { session, panel } = await openPanel('lishui-2021-2025', 'fin_va', 2020);
    const figure = session.line('fin_va')?.figures?.find((one) => one.origin === 'printed');
    if (!figure?.source || !('table' in figure.source))
      throw new Error('the line should have a printed figure');
    expect(panel.getAllByText(figure.source.row).length).toBeGreaterThan(0);
    expect(panel.getAllByText(figure.asPrinted ?? '').length).toBeGreaterThan(0);
  });

  it('says the target as the plan words it, and where', async () => {
    const { panel } = await openPanel('lishui-2021-2025', 'green_share', 2025);
    expect(panel.getByText(/2025 年不低于 10%/)).toBeVisible();
    expect(panel.getByText('不低于10')).toBeVisible();
    expect(panel.getByText('预期性')).toBeVisible();
  });

  it('says why a cell has no number', async () => {
    const { session, panel } = await openPanel('lishui-2021-2025', 'fin_va', 2023);
    session.enterFormula('fin_va', '=1/0');
    expect(await panel.findByText(/除数是零/)).toBeVisible();
  });
});
