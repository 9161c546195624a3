// Runs before each npm script, on any Node from 20 up (so no TypeScript here): makes sure the packages of
// package-lock.json, among them Node 24 itself, are really in node_modules. Costs nothing when they are.
// `--installed` is what our own postinstall calls: it only notes what was installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const STAMP = join(ROOT, 'node_modules', '.baton-lock');
const BIN = join(ROOT, 'node_modules', '.bin');
const NODE = join(BIN, process.platform === 'win32' ? 'node.cmd' : 'node');
/** node:sqlite without its warning and with the calls we use. */
const NEEDED = [24, 15];

const lock = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json'))).digest('hex');

if (process.argv.includes('--installed')) {
  if (existsSync(NODE)) writeFileSync(STAMP, lock);
  process.exit(0);
}

if (!isInstalled()) install();
refuseAnOldNode();

function isInstalled() {
  return existsSync(STAMP) && existsSync(NODE) && readFileSync(STAMP, 'utf8') === lock;
}

function install() {
  process.stderr.write('Installing the packages of package-lock.json (npm ci); this happens once.\n');
  // Not with node_modules/.bin on PATH: npm would run on the very Node it is about to delete.
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.endsWith(join('node_modules', '.bin'))).join(delimiter);
  const args = ['ci', '--include=dev', '--ignore-scripts=false', '--no-audit', '--no-fund'];
  const done = spawnSync('npm', args, { cwd: ROOT, env: { ...process.env, PATH: path }, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (done.status !== 0) refuse(`\`npm ${args.join(' ')}\` failed (${done.error?.message ?? `exit code ${done.status}`}). Its words are above; usually the network or a proxy is missing.`);
  writeFileSync(STAMP, lock);
}

function refuseAnOldNode() {
  const asked = spawnSync(NODE, ['-v'], { encoding: 'utf8', shell: process.platform === 'win32' });
  const version = asked.status === 0 ? asked.stdout.trim() : 'missing';
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  refuse(`Baton needs Node ${NEEDED.join('.')} or newer in node_modules/.bin, where its package "node" puts it; it is ${version}. Remove node_modules and run the same command again; if it stays so, npm was told to skip install scripts or this system has no build of Node 24.`);
}

function refuse(words) {
  process.stderr.write(`${words}\n`);
  process.exit(1);
}
