import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Even a runner that is killed leaves nothing behind. */
const WITH_PARENT = fileURLToPath(import.meta.resolve('#lib/start/with-parent.ts'));

/** Starts a script with this very node and waits for its first line that is JSON. */
export async function startChild(script: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<{ child: ChildProcess; hello: Record<string, unknown>; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, ['--import', WITH_PARENT, script, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const hello = await new Promise<Record<string, unknown>>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line) as Record<string, unknown>);
    });
  });
  const stop = (): Promise<void> => new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
  return { child, hello, stop };
}
