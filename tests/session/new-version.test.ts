/** Going over to a newer version: only when everything is kept. */
import { expect, it, vi } from 'vitest';
import { StorageProblem, buildMemoryStore } from '#storage';
import { anAppSession } from '#tests/app-session';

const PLAN = 'huzhou-2021-2025';

it('waits for what is being kept, and stays where it cannot be kept', async () => {
  const store = buildMemoryStore();
  const app = anAppSession([PLAN], { store });
  await app.open(PLAN);
  if (app.screen.kind !== 'plan') throw new Error('not open');
  const { session } = app.screen;
  const [driver] = session.plan.lines.filter((line) => line.kind === 'driver');
  const take = vi.fn();
  app.offerVersion(take);
  expect(app.hasNewVersion).toBe(true);

  const append = vi.spyOn(store, 'append').mockRejectedValue(new StorageProblem('quota'));
  session.moveLever(driver?.id ?? '', 0.05);
  expect(await app.takeVersion()).toBe(false);
  expect(take).not.toHaveBeenCalled();

  append.mockRestore();
  expect(await app.takeVersion()).toBe(true);
  expect(take).toHaveBeenCalledOnce();
  expect((await store.open(PLAN, 0)).entries).toHaveLength(1);
});
