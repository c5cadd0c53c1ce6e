import { expect, test } from 'vitest';
import { DATABASE_NAME, DATABASE_VERSION, upgrade } from '../../src/storage/upgrade.ts';
import { aBrowser, settled } from './browsers.ts';

test('every version leads to the same stores', async () => {
  for (let from = 0; from < DATABASE_VERSION; from += 1) {
    const { factory } = aBrowser();
    for (const version of [from, DATABASE_VERSION].filter((one) => one > 0)) {
      const request = factory.open(DATABASE_NAME, version);
      request.addEventListener('upgradeneeded', ({ oldVersion }) => {
        if (request.transaction) upgrade(request.result, request.transaction, oldVersion);
      });
      const database = await settled(request);
      expect([...database.objectStoreNames]).toEqual(['journal', 'settings', 'snapshots', 'views', 'works']);
      database.close();
    }
  }
});
