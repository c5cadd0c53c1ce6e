/** The tests that need LibreOffice: workbooks calculated by another program. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['tests/excel/**/*.spec.ts'],
    testTimeout: 60_000,
    hookTimeout: 600_000,
  },
});
