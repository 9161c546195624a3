import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '#lib/start/paths.ts';
import { FAILURES, type Failure } from './failures.ts';

/**
 * `npm run prove [-- WORDS]`: for each failure (whose text holds WORDS) a copy of the source without its guard; the test
 * that holds the guard must fail there, and pass in a copy that nothing was taken from. The last line is JSON.
 */
const COPIED = ['lib', 'tests', 'components', 'entrypoints', 'public', '.config', '.output/widget', 'package.json', 'package-lock.json', 'tsconfig.json', 'wxt.config.ts'];
const TIMEOUT_MS = 240_000;

function copy(): string {
  const dir = mkdtempSync(join(tmpdir(), 'baton-prove-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(dir, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
  return dir;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** @returns how many tests passed and failed, and what was said */
function run(dir: string, { file, name }: Failure['test']): Promise<{ passed: number; failed: number; said: string }> {
  return new Promise((resolve) => {
    const report = join(dir, 'report.json');
    rmSync(report, { force: true });
    const args = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--config', '.config/vitest.config.ts', '--reporter=json', `--outputFile=${report}`, file, ...(name ? ['-t', escaped(name)] : [])];
    const child = spawn(process.execPath, args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'], timeout: TIMEOUT_MS, killSignal: 'SIGKILL' });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { said += text.toString(); });
    child.once('close', () => {
      // A mutant that cannot even be loaded, or never ends, is caught too.
      if (!existsSync(report)) return resolve({ passed: 0, failed: 1, said });
      const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(report, 'utf8')) as { numPassedTests: number; numFailedTests: number; success: boolean };
      resolve({ passed: numPassedTests, failed: numFailedTests + (success || numFailedTests > 0 ? 0 : 1), said });
    });
  });
}

async function prove(dir: string, one: Failure, sound: Map<string, boolean>): Promise<boolean> {
  const key = `${one.test.file} ${one.test.name}`;
  if (!sound.has(key)) {
    const { passed, failed, said } = await run(dir, one.test);
    sound.set(key, passed > 0 && failed === 0);
    if (!sound.get(key)) process.stdout.write(`NOT SOUND without any change: ${key} (${passed} passed, ${failed} failed)\n${said.slice(0, 1_000)}\n`);
  }
  const path = join(dir, one.file);
  const source = readFileSync(path, 'utf8');
  if (source.split(one.find).length !== 2) throw new Error(`"${one.find}" must stand exactly once in ${one.file}`);
  writeFileSync(path, source.replace(one.find, () => one.replace));
  const { failed } = await run(dir, one.test);
  writeFileSync(path, source);
  const isCaught = sound.get(key) === true && failed > 0;
  process.stdout.write(`${isCaught ? 'caught' : 'MISSED'}  ${one.failure}\n        ${one.file}: ${key}\n`);
  return isCaught;
}

const words = process.argv[2] ?? '';
const chosen = FAILURES.filter(({ failure, file }) => failure.includes(words) || file.includes(words));
const dir = copy();
let caught = 0;
try {
  const sound = new Map<string, boolean>();
  for (const one of chosen) if (await prove(dir, one, sound)) caught += 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
process.stdout.write(`${JSON.stringify({ mutants: chosen.length, caught })}\n`);
process.exitCode = caught === chosen.length ? 0 : 1;
