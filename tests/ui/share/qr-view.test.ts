/** A link as a code for a projector; one that no code holds says so and offers the file. */
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { anAppSession } from '../../helpers/app-session.ts';
import ShareInApp from './share-in-app.svelte';

function show(link: string) {
  const [onclose, onsave] = [vi.fn(), vi.fn()];
  const app = anAppSession([], { settings: { language: 'en' } });
  render(ShareInApp, { props: { app, link, onclose, onsave } });
  return { onclose, onsave };
}

it('draws the code with its light border, and gives the link to copy', async () => {
  const link = 'https://example.org/#s1.2.abc';
  const { onclose } = show(link);
  const code = screen.getByRole('img', { name: 'Scan to open “Slower”' });
  const size = Number(code.getAttribute('viewBox')?.split(' ')[2]);
  // version 2 has 25 modules a side, and four light ones around it
  expect(size).toBe(25 + 8);
  // the finder in the corner: seven dark modules
  expect(code.querySelector('.dark')?.getAttribute('d')).toMatch(/^M4 4h7v1h-7z/);
  expect(screen.getByRole('textbox', { name: 'Link' })).toHaveValue(link);
  await userEvent.click(screen.getAllByRole('button', { name: 'Close' }).at(-1) ?? code);
  expect(onclose).toHaveBeenCalledOnce();
});

it('of a link that no code holds says how long it is, and offers the file', async () => {
  const { onsave } = show(`https://example.org/#${'x'.repeat(3000)}`);
  expect(screen.queryByRole('img')).toBeNull();
  expect(screen.getByRole('alert')).toHaveTextContent(
    'The link has 3021 characters; a QR code holds up to 2953.',
  );
  await userEvent.click(screen.getByRole('button', { name: 'Save scenario file' }));
  expect(onsave).toHaveBeenCalledOnce();
});
