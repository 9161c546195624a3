import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.ts';
import { findBrowser } from './find-browser.ts';
import { OUTPUT, ROOT } from './paths.ts';
import { playwrightTotals, vitestTotals, type Totals } from './test-totals.ts';

interface Step { name: string; command: string[]; report?: (text: string) => Totals }

const REPORTS = join(OUTPUT, 'reports');
const vitest = ['vitest', 'run', '--config', '.config/vitest.config.ts'];
const checks: Step[] = [
  { name: 'types', command: ['tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', '.cache/all.tsbuildinfo'] },
  { name: 'types of the companion', command: ['tsc', '--noEmit', '-p', 'lib/companion', '--incremental', '--tsBuildInfoFile', '.cache/companion.tsbuildinfo'] },
  { name: 'lint', command: ['eslint', '--config', '.config/eslint.config.mjs', '--max-warnings', '0', '--no-error-on-unmatched-pattern', '--cache', '--cache-strategy', 'content', '--cache-location', '.cache/eslint', 'entrypoints', 'components', 'lib', 'tests', 'wxt.config.ts'] },
];
const reported = (name: string, command: string[]): Step => ({ name, command: [...command, '--reporter=default', '--reporter=json', `--outputFile.json=${join(REPORTS, `${name}.json`)}`], report: vitestTotals });
const pure = reported('quick', [...vitest, '--exclude', '**/tests/{integration,model}/**', '--exclude', '**/lib/companion/**', 'tests/architecture.test.ts', 'lib', 'components']);
const all = reported('unit', vitest);
const endToEnd: Step = { name: 'e2e', command: ['playwright', 'test', '--config', '.config/playwright.config.ts'], report: playwrightTotals };

function run(command: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(join(ROOT, 'node_modules', '.bin', command[0]!), command.slice(1), { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env }, shell: process.platform === 'win32' });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** A step without a report counts as one test; a runner that fails without one failed test counts as one failure too. */
async function runStep(step: Step): Promise<Totals> {
  const file = join(REPORTS, `${step.name}.json`);
  rmSync(file, { force: true });
  const started = performance.now();
  const code = await run(step.command, step.report ? { BATON_REPORT: file } : {});
  const totals = step.report && existsSync(file) ? step.report(readFileSync(file, 'utf8')) : { passed: code === 0 ? 1 : 0, failed: 0 };
  if (code !== 0 && totals.failed === 0) totals.failed = 1;
  process.stdout.write(`== ${step.name}: ${totals.passed} passed, ${totals.failed} failed, ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return totals;
}

function install(command: string, args: string[]): boolean {
  process.stderr.write(`No browser for the end-to-end tests; trying \`${command} ${args.join(' ')}\`\n`);
  return spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], shell: process.platform === 'win32', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
}

/** From Playwright, or on Debian from the system's package manager when we may. */
function browserForTests(): string | null {
  const found = findBrowser();
  if (found) return found;
  const viaPlaywright = (): boolean => install(join(ROOT, 'node_modules', '.bin', 'playwright'), ['install', 'chromium']);
  const viaApt = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && install('apt-get', ['update']) && install('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
  if (!viaPlaywright()) viaApt();
  return findBrowser();
}

async function browserSteps(): Promise<Totals> {
  const browser = browserForTests();
  if (!browser) {
    process.stdout.write('== e2e: no browser, and none could be installed. Install Chromium, or set CHROME_PATH.\n');
    return { passed: 0, failed: 1 };
  }
  process.env.CHROME_PATH = browser;
  try {
    await build();
  } catch (error) {
    process.stdout.write(`== build: ${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failed: 1 };
  }
  return await runStep(endToEnd);
}

const quick = process.argv.includes('--quick');
const onlyChecks = process.argv.includes('--check');
mkdirSync(REPORTS, { recursive: true });
const totals: Totals[] = [];
if (quick || onlyChecks) totals.push(...await Promise.all([...checks, ...(quick ? [pure] : [])].map(runStep)));
else {
  totals.push(...await Promise.all(checks.map(runStep)));
  totals.push(await runStep(all));
  totals.push(await browserSteps());
}
const passed = totals.reduce((sum, one) => sum + one.passed, 0);
const failed = totals.reduce((sum, one) => sum + one.failed, 0);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
