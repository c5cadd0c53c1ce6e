/** A menu opens, is walked and chosen from by keys, and gives the focus back. */
import { createRawSnippet } from 'svelte';
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import Menu from '../../../src/ui/_shared/menu.svelte';

function aMenu() {
  const rename = vi.fn();
  const remove = vi.fn();
  render(Menu, {
    label: '情景',
    items: [
      { id: 'copy', label: '复制', choose: vi.fn(), isDisabled: true },
      { id: 'rename', label: '改名', choose: rename },
      { id: 'remove', label: '删除', choose: remove, isDanger: true },
    ],
    children: createRawSnippet(() => ({ render: () => '<span>更多</span>' })),
  });
  return { button: screen.getByRole('button', { name: '更多' }), rename, remove };
}

it('opens at its first command that can be chosen and runs the one that is chosen', async () => {
  const { button, remove } = aMenu();
  button.focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(screen.getByRole('menuitem', { name: '改名' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(remove).toHaveBeenCalledOnce();
  expect(screen.queryByRole('menu')).toBeNull();
  expect(button).toHaveFocus();
});

it('closes at Escape without doing anything', async () => {
  const { button, rename, remove } = aMenu();
  await userEvent.click(button);
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('menu')).toBeNull();
  expect(button).toHaveFocus();
  expect([rename, remove].every((one) => one.mock.calls.length === 0)).toBe(true);
});
