import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '#lib/start/paths.ts';
import { WEBHOOK_SECRET } from './webhook-server.ts';

const FILE = join(ROOT, '.github/examples/webhook-bot/bot.mjs');

/** The example of the documentation, as it is, in a process of its own. */
export async function startExampleBot(companion: string, port: number): Promise<{ url: string; log(): string; close(): Promise<void> }> {
  const child = spawn(process.execPath, ['--import', join(ROOT, 'lib/start/with-parent.ts'), FILE], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PORT: String(port), WEBHOOK_SECRET, COMPANION: companion } });
  const gone = once(child, 'exit');
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The example ended with ${code}:\n${said}`)));
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('listening')) resolve();
    });
  });
  return { url: `http://127.0.0.1:${port}/`, log: () => said, async close() { child.kill(); await gone; } };
}
