/** The tests that take minutes or hours: on Node, one at a time, without a limit of their own. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['tests/long/*.long.ts'],
    testTimeout: 0,
    hookTimeout: 0,
    fileParallelism: false,
    // counts are lines of the parts' own
    disableConsoleIntercept: true,
  },
});
