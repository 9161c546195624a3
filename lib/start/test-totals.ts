export interface Totals { passed: number; failed: number }

/** From Vitest's JSON report. A file that could not even be loaded has no failed test of its own and counts as one. */
export function vitestTotals(text: string): Totals {
  const report = JSON.parse(text) as { numPassedTests: number; numFailedTests: number; testResults: { status: string; assertionResults: unknown[] }[] };
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded };
}

/** From Playwright's JSON report; flaky is failed here, since nothing is retried. Errors outside of a test count too. */
export function playwrightTotals(text: string): Totals {
  const { stats, errors = [] } = JSON.parse(text) as { stats: { expected: number; unexpected: number; flaky: number }; errors?: unknown[] };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}
