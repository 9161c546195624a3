import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXTENSION, OUTPUT, ROOT } from './paths.ts';

interface Target { name: string; sources: string[]; result: string; command: [string, ...string[]] }

const CORE = ['lib/base', 'lib/protocol', 'lib/handoff'];
export const TARGETS: readonly Target[] = [
  { name: 'widget', sources: [...CORE, 'lib/widget'], result: join(OUTPUT, 'widget'), command: ['vite', 'build', '--config', 'lib/widget/vite.config.ts'] },
  { name: 'extension', sources: [...CORE, 'lib/db', 'lib/sync', 'lib/extension', 'lib/widget', 'components', 'entrypoints', 'public'],
    result: join(EXTENSION, 'manifest.json'), command: ['wxt', 'build'] },
];

/** Changes with any byte, or name, of what the target is made from. */
export function fingerprint(root: string, sources: readonly string[]): string {
  const hash = createHash('sha256');
  const files = [...sources.map((folder) => `${folder}/**/*`), 'package-lock.json', 'wxt.config.ts', 'tsconfig.json'].flatMap((pattern) => globSync(pattern, { cwd: root }));
  for (const file of files.sort()) {
    if (/\.test\.tsx?$/.test(file) || !statSync(join(root, file)).isFile()) continue;
    hash.update(file).update('\0').update(readFileSync(join(root, file))).update('\0');
  }
  return hash.digest('hex');
}

/** Starts a tool of node_modules/.bin with all its words on stderr. @throws when it ends with anything but 0 */
export function runTool([tool, ...args]: readonly [string, ...string[]], env: NodeJS.ProcessEnv = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(ROOT, 'node_modules', '.bin', tool), args, { cwd: ROOT, stdio: ['ignore', 2, 2], env: { ...process.env, ...env }, shell: process.platform === 'win32' });
    child.once('error', reject);
    child.once('exit', (code) => code === 0 ? resolve() : reject(new Error(`\`${tool} ${args.join(' ')}\` ended with ${code}; its words are above.`)));
  });
}

async function buildOne(target: Target, always: boolean): Promise<boolean> {
  const stamp = join(OUTPUT, `${target.name}.stamp`);
  const now = fingerprint(ROOT, target.sources);
  if (!always && existsSync(target.result) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return false;
  await runTool(target.command);
  writeFileSync(stamp, now);
  return true;
}

/** Builds the widget and the extension where their sources changed. @returns the names of what was built */
export async function build(always = false): Promise<string[]> {
  const built = await Promise.all(TARGETS.map((target) => buildOne(target, always)));
  return TARGETS.filter((_, index) => built[index]).map((target) => target.name);
}

if (import.meta.main) {
  const built = await build(process.argv.includes('--all'));
  process.stderr.write(built.length ? `Built ${built.join(' and ')}; the extension is in ${EXTENSION}\n` : 'Nothing changed since the last build.\n');
}
