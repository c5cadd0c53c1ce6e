/** The licences of what is shipped can be read from home. */
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import App from '../../../src/ui/shell/app.svelte';
import { anAppSession } from '../../helpers/app-session.ts';

const LICENCES = [
  { name: 'alpha', version: '1.2.3', licence: 'MIT', text: 'Copyright <b>Somebody</b>' },
  { name: 'beta', version: '4.0.0', licence: 'ISC', text: '' },
];

it('each with its text as it is printed, and a word where there is none', async () => {
  const app = anAppSession([], {
    settings: { language: 'en' },
    readLicences: () => Promise.resolve(LICENCES),
  });
  render(App, { app });
  await userEvent.click(screen.getByRole('button', { name: 'Licences' }));
  expect(
    await screen.findByText('2 libraries and fonts, each with its licence as it prints it.'),
  ).toBeVisible();
  expect(screen.getByText('Copyright <b>Somebody</b>')).toBeInTheDocument();
  expect(screen.getByText(/prints no text of its own/)).toBeInTheDocument();
});
