import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findNats, NO_NATS, startNats } from '../../tests/support/nats.ts';
import { findPostgres, NO_POSTGRES, startPostgres } from '../../tests/support/postgres.ts';
import { onParentGone } from './parent.ts';
import { OUTPUT, ROOT } from './paths.ts';
import { vitestTotals, type Totals } from './test-totals.ts';

/**
 * `npm run test:cluster [-- FILTER…]`: the suites on real PostgreSQL and NATS. Those of DATABASE_URL and NATS_URL when
 * set, else servers of its own on free ports, from the machine's packages. What it starts ends with it, also when it is killed.
 */
const REPORT = join(OUTPUT, 'reports', 'cluster.json');

/** What is missing, each with what to install. */
const missing = (): string[] => [
  ...(process.env.DATABASE_URL || findPostgres() ? [] : [NO_POSTGRES]),
  ...(process.env.NATS_URL || findNats() ? [] : [NO_NATS]),
];

/** @returns the exit code, and how to end it early */
function runVitest(env: NodeJS.ProcessEnv): { code: Promise<number>; end(): void } {
  // With its parent gone it ends too, and its own children with it.
  const args = ['--import', join(ROOT, 'lib/start/with-parent.ts'), join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--config', '.config/vitest.cluster.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`, ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
  const code = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (ended) => resolve(ended ?? 1));
  });
  return { code, end: () => { child.kill('SIGTERM'); } };
}

async function main(): Promise<Totals> {
  const words = missing();
  if (words.length > 0) {
    process.stdout.write(`${words.join('\n')}\n`);
    return { passed: 0, failed: words.length };
  }
  mkdirSync(join(OUTPUT, 'reports'), { recursive: true });
  rmSync(REPORT, { force: true });
  const postgres = await startPostgres();
  const nats = await startNats();
  const { code, end } = runVitest({ DATABASE_URL: postgres.url, NATS_URL: nats.url });
  const watch = onParentGone(end);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, end);
  const ended = await code;
  watch.close();
  await Promise.all([postgres.close(), nats.close()]);
  const totals = existsSync(REPORT) ? vitestTotals(readFileSync(REPORT, 'utf8')) : { passed: 0, failed: 0 };
  // A runner that fails without a failed test, or runs none at all, is a failure too.
  if (totals.failed === 0 && (ended !== 0 || totals.passed === 0)) totals.failed = 1;
  return totals;
}

const { passed, failed } = await main().catch((error: unknown): Totals => {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return { passed: 0, failed: 1 };
});
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
