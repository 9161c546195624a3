import { configDefaults, defineConfig } from 'vitest/config';

/** Unit, model, contract and integration tests; the browser ones are Playwright's, those on real PostgreSQL and NATS `npm run test:cluster`'s. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['{lib,components,entrypoints}/**/*.test.{ts,tsx}', 'tests/{integration,model,chaos,hostile,history,security}/**/*.test.ts', 'tests/*.test.ts'],
    exclude: [...configDefaults.exclude, '**/*.cluster.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
