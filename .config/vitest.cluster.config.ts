import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: { include: ['lib/**/*.cluster.test.ts', 'tests/cluster/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});
