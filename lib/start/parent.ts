import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The parent's parent: npm starts scripts through a shell, which outlives a killed npm. Null: cannot be told here. */
function parentOf(pid: number): number | null {
  try {
    if (process.platform === 'linux') return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[1]);
    if (process.platform === 'win32') return null;
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return 0; // the process is gone
  }
}

/** Where the shell did not give way to us, npm is one further up; otherwise our parent is npm and its own parent is no concern of ours. */
function isShell(pid: number): boolean {
  try {
    const name = process.platform === 'linux' ? readFileSync(`/proc/${pid}/comm`, 'utf8') : process.platform === 'win32' ? '' : execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
    return /(^|\/)-?(sh|bash|dash|zsh|ash|ksh)$/.test(name.trim());
  } catch {
    return false; // gone: seen as a changed parent below
  }
}

/**
 * Calls back once when the process that started us, or the npm above its shell, has ended: `kill` on npm reaches npm alone.
 * @param everyMs how often it is looked at
 */
export function onParentGone(gone: () => void, everyMs = 500): { close(): void } {
  const parent = process.ppid;
  const underNpm = process.env.npm_lifecycle_event !== undefined;
  const above = underNpm && isShell(parent) ? parentOf(parent) : null;
  const timer = setInterval(() => {
    if (process.ppid === parent && (above === null || parentOf(parent) === above)) return;
    clearInterval(timer);
    gone();
  }, everyMs);
  return { close: () => clearInterval(timer) };
}
