/** What belongs to an open plan goes on to follow it when the part of the page that asked for it first is gone. */
import { flushSync } from 'svelte';
import { expect, it, vi } from 'vitest';
import { cellTraceOf, explanationOf } from '#session';
import { aPlan } from '#tests/builders';
import { openSession } from '#tests/sessions';

it('an explanation that one component asked for follows for the next', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const plan = aPlan()
    .driver('growth', '10%', { unit: '%' })
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
    .build();
  const { session } = await openSession(plan);
  const seen: unknown[] = [];
  const open = () =>
    $effect.root(() => {
      const explanation = explanationOf(session);
      cellTraceOf(session);
      $effect(() => {
        seen.push(explanation.root?.line);
      });
    });
  session.select('loans', 2022);
  const close = open();
  flushSync();
  close();
  session.select('growth', 2022);
  const closeAgain = open();
  flushSync();
  expect(seen).toEqual(['loans', 'growth']);
  expect(warned).not.toHaveBeenCalled();
  closeAgain();
  warned.mockRestore();
});
