import { defineConfig } from '@playwright/test';

/** End to end in real Chromium: `npm run e2e`, or as the last step of `npm test`. */
export default defineConfig({
  testDir: '../tests/e2e',
  outputDir: '../test-results',
  workers: 2,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  globalTimeout: 15 * 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.BATON_REPORT ? [['list'], ['json', { outputFile: process.env.BATON_REPORT }]] : [['list']],
  use: { actionTimeout: 10_000, trace: 'off', video: 'off', screenshot: 'off' },
});
