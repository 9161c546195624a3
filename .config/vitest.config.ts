import { defineConfig } from 'vitest/config';

/** Unit, model, contract and integration tests; the browser ones are Playwright's (.config/playwright.config.ts). */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['{lib,components,entrypoints}/**/*.test.{ts,tsx}', 'tests/{integration,model,hostile}/**/*.test.ts', 'tests/*.test.ts'],
    exclude: ['**/*.cluster.test.ts'],
    testTimeout: 20_000,
  },
});
