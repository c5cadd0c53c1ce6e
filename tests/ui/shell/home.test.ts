/** Home: the plans are listed with how they stand, and open. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { StorageProblem } from '#storage';
import App from '../../../src/ui/shell/app.svelte';
import { anAppSession } from '../../helpers/app-session.ts';

describe('home', () => {
  it('says place, period, targets met and the questions of a plan', async () => {
    const app = anAppSession(['huzhou-2021-2025']);
    render(App, { app });
    const entry = within(screen.getByRole('article'));
    expect(entry.getByText(app.templates[0]?.place.zh ?? '')).toBeVisible();
    expect(entry.getByText('2021–2025')).toBeVisible();
    expect(entry.getByText('未打开过')).toBeVisible();
    expect(entry.getAllByRole('listitem')).toHaveLength(2);
    await waitFor(() => expect(entry.getByText(/^\d+\/9 个目标达成/)).toBeVisible());
  });

  it('changes its language, and with it the language of the page', async () => {
    const app = anAppSession(['huzhou-2021-2025']);
    render(App, { app });
    await userEvent.click(screen.getByRole('button', { name: 'EN, English' }));
    expect(screen.getByRole('button', { name: app.templates[0]?.title.en ?? '' })).toBeVisible();
    expect(document.documentElement.lang).toBe('en');
    await waitFor(() => expect(screen.getByText(/of 9 targets met/)).toBeVisible());
  });

  it('changes its theme', async () => {
    render(App, { app: anAppSession(['huzhou-2021-2025']) });
    await userEvent.click(screen.getByRole('button', { name: '换成深色' }));
    expect(document.documentElement.dataset['theme']).toBe('dark');
  });

  it('says that nothing is kept when there is no database', () => {
    render(App, { app: anAppSession([], { storageProblem: 'unavailable' }) });
    expect(screen.getByRole('alert')).toHaveTextContent('浏览器');
  });

  it('says in four parts why a plan did not open, and tries again', async () => {
    let attempts = 0;
    const app = anAppSession(['huzhou-2021-2025'], {
      openPlan: () => {
        attempts += 1;
        return Promise.reject(new StorageProblem('closed'));
      },
    });
    render(App, { app });
    await userEvent.click(screen.getByRole('button', { name: /^湖州市绿色金融/ }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('没有打开');
    expect(alert).toHaveTextContent('已保存的改动没有动过');
    await userEvent.click(screen.getByRole('button', { name: '再试一次' }));
    await screen.findByRole('alert');
    expect(attempts).toBe(2);
    await userEvent.click(screen.getByRole('button', { name: '回首页' }));
    expect(screen.getByRole('article')).toBeVisible();
  });
});
