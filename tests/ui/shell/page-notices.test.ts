/** What the page has to say for itself: a newer version is offered between edits, a file says how work is kept. */
import { render, screen, waitFor } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { problem } from '#quantity';
import { buildMemoryStore, type PlanStore } from '#storage';
import App from '../../../src/ui/shell/app.svelte';
import { anAppSession } from '../../helpers/app-session.ts';

/** A store that is taken for a database. */
function aKeepingStore(changed: Partial<PlanStore> = {}): PlanStore {
  const memory = buildMemoryStore();
  const passing = new Proxy(memory, {
    get(target, name) {
      if (name === 'kind') return 'indexeddb';
      const own = (changed as Record<PropertyKey, unknown>)[name];
      const member: unknown = own ?? Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  return passing;
}

const OFFER = '新版本已就绪。';

it('offers a newer version when no text field is in use, and takes it on a click', async () => {
  const app = anAppSession([], { store: aKeepingStore() });
  render(App, { app });
  const field = document.createElement('input');
  document.body.append(field);
  field.focus();
  const take = vi.fn();
  app.offerVersion(take);
  await new Promise((resolve) => setTimeout(resolve));
  expect(screen.queryByText(OFFER)).toBeNull();
  field.blur();
  field.remove();
  await waitFor(() => expect(screen.getByText(OFFER)).toBeVisible());
  expect(take).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: '重新加载' }));
  expect(take).toHaveBeenCalledOnce();
});

it('makes no offer where a reload would lose everything', async () => {
  const app = anAppSession([]);
  render(App, { app });
  app.offerVersion(vi.fn());
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(screen.queryByText(OFFER)).toBeNull();
});

it('says why the plan in the page cannot be read, and shows the plans that come with it', () => {
  const page = { isFile: true, problems: [problem('import_json_end', {}, { line: 3, column: 7 })] };
  render(App, { app: anAppSession(['huzhou-2021-2025'], { page, store: aKeepingStore() }) });
  const alert = screen.getByRole('alert');
  expect(alert).toHaveTextContent('页面里的规划读不出来。');
  expect(alert).toHaveTextContent('请对方改发情景文件');
  expect(screen.getAllByRole('article')).toHaveLength(1);
  expect(screen.getByText(/这是一个单独的文件/)).toBeVisible();
});

it('says that a page to look at keeps nothing', () => {
  const page = { isFile: true, use: 'read-only' as const };
  render(App, { app: anAppSession([], { page }) });
  expect(screen.getByText(/这是一个只读页面/)).toBeVisible();
});
