import { expect, test } from 'vitest';
import { playwrightTotals, vitestTotals } from './test-totals.ts';

test('a test file that could not be loaded is a failure', () => {
  const report = { numPassedTests: 3, numFailedTests: 1, testResults: [{ status: 'failed', assertionResults: [{}] }, { status: 'failed', assertionResults: [] }] };
  expect(vitestTotals(JSON.stringify(report))).toEqual({ passed: 3, failed: 2 });
});

test('flaky tests and errors outside of tests are failures', () => {
  expect(playwrightTotals(JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 1 }, errors: [{}] }))).toEqual({ passed: 5, failed: 3 });
});
