import { defineConfig } from 'vitest/config';

/** What needs real PostgreSQL, NATS or nginx: `npm run test:cluster` starts them and sets DATABASE_URL and NATS_URL. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['**/*.cluster.test.ts', 'tests/cluster/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/.output/**', '**/.data/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Each file starts companions of its own and measures time against them.
    fileParallelism: false,
  },
});
