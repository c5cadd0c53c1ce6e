/** The line between two panels moves by keys, within its bounds. */
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import Splitter from '../../../src/ui/_shared/splitter.svelte';

function aSplitter(direction: 1 | -1, size: number) {
  const onsettle = vi.fn<(size: number) => void>();
  const props = {
    label: '宽度',
    size,
    min: 200,
    max: 400,
    normal: 288,
    direction,
    onmove: vi.fn(),
    onsettle,
  };
  render(Splitter, props);
  screen.getByRole('separator', { name: '宽度' }).focus();
  return onsettle;
}

it('grows with the arrow that points away from its panel', async () => {
  const left = aSplitter(1, 300);
  await userEvent.keyboard('{ArrowRight}');
  expect(left).toHaveBeenLastCalledWith(316);
});

it('grows to the left for a panel on the right', async () => {
  const right = aSplitter(-1, 300);
  await userEvent.keyboard('{ArrowLeft}');
  expect(right).toHaveBeenLastCalledWith(316);
});

it('stays within its bounds and returns to its normal size', async () => {
  const left = aSplitter(1, 396);
  await userEvent.keyboard('{ArrowRight}');
  expect(left).toHaveBeenLastCalledWith(400);
  await userEvent.keyboard('{Home}');
  expect(left).toHaveBeenLastCalledWith(200);
  await userEvent.keyboard('{Enter}');
  expect(left).toHaveBeenLastCalledWith(288);
});
