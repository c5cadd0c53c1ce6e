import { wrap } from 'idb';
import { expect, test } from 'vitest';
import { runToEnd } from '../../src/storage/transaction.ts';
import { DATABASE_VERSION } from '../../src/storage/upgrade.ts';
import { aBrowser, recordsOf, settled } from './browsers.ts';

async function begin() {
  const { factory } = aBrowser();
  const request = factory.open('tuiyan', DATABASE_VERSION);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore('journal'));
  const database = wrap(await settled(request));
  return { factory, database, tx: database.transaction('journal', 'readwrite') };
}

test('work that is done is kept, and its result given', async () => {
  const { factory, database, tx } = await begin();
  expect(await runToEnd(tx, database, async () => tx.store.put('x', 1))).toBe(1);
  expect((await recordsOf(factory, 'journal')).size).toBe(1);
});

test('work that throws keeps nothing of what it had written', async () => {
  const { factory, database, tx } = await begin();
  const work = runToEnd(tx, database, async () => {
    await tx.store.put('x', 1);
    throw new RangeError('too much');
  });
  await expect(work).rejects.toThrow(RangeError);
  expect((await recordsOf(factory, 'journal')).size).toBe(0);
});

test('a request that fails is the reason, when nothing larger is', async () => {
  const { database, tx } = await begin();
  const work = runToEnd(tx, database, async () => {
    await tx.store.add('x', 1);
    await tx.store.add('y', 1);
  });
  await expect(work).rejects.toMatchObject({ name: 'ConstraintError' });
});
