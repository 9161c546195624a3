import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '#lib/start/free-port.ts';
import { ROOT } from '#lib/start/paths.ts';
import { until } from '../support/companion.ts';
import { connectVisitor } from '../support/socket-client.ts';

let dir: string;
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'baton-image-')); });
afterEach(() => { rmSync(dir, { recursive: true, force: true }); });

interface Stage { name: string; copies: { from: string | null; sources: string[]; target: string }[]; runs: string[]; command: string[] }

/** What of a container file matters here, done without containers: folders instead of layers. */
function stagesOf(text: string): Stage[] {
  return text.split(/^FROM /m).slice(1).map((part, index) => ({
    name: /^\S+ AS (\w+)/.exec(part)?.[1] ?? `stage-${index}`,
    copies: [...part.matchAll(/^COPY (?:--from=(\w+) )?(.+) (\S+)$/gm)].map(([, from, sources, target]) => ({ from: from ?? null, sources: sources!.split(' '), target: target! })),
    runs: [...part.matchAll(/^RUN (.+)$/gm)].map(([, run]) => run!),
    command: JSON.parse(/^CMD (\[.*\])$/m.exec(part)?.[1] ?? '[]') as string[],
  }));
}
function copy({ copies }: Stage, work: string): void {
  for (const { from, sources, target } of copies) for (const source of sources) {
    const origin = from ? join(dir, from, source.replace(/^\/build\//, '')) : join(ROOT, source);
    const place = join(work, target, target.endsWith('/') ? source : '');
    mkdirSync(dirname(place), { recursive: true });
    cpSync(origin, place, { recursive: true, dereference: true, filter: (path) => !/\.test\.tsx?$/.test(path) });
  }
}

test('the image, built as its file says but in folders: the widget is built, production packages are enough, and the companion serves both', async () => {
  const stages = stagesOf(readFileSync(join(ROOT, 'lib/companion/deploy/Containerfile'), 'utf8'));
  expect(stages.map(({ name }) => name)).toEqual(['widget', 'packages', 'stage-2']);
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
  for (const stage of stages) {
    const work = join(dir, stage.name);
    copy(stage, work);
    for (const run of stage.runs.filter((one) => /^(npm|node) /.test(one))) {
      // All packages are here already; the production ones are installed as they would be, from the lock file.
      if (run.includes('--include=dev')) symlinkSync(join(ROOT, 'node_modules'), join(work, 'node_modules'));
      else await promisify(execFile)('sh', ['-c', run], { cwd: work, env: { ...process.env, PATH: path }, timeout: 240_000 });
    }
  }
  const image = join(dir, 'stage-2');
  expect(existsSync(join(image, 'node_modules/vite'))).toBe(false);
  const [port, data] = [await freePort(0), join(dir, 'data')];
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, stages[2]!.command.slice(1), { cwd: image, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: path, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), DATA_DIR: data, PUBLIC_URL: url, DEMO: '1' } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { said += text; });
  try {
    await until('the companion of the image answers', async () => {
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}:\n${said}`);
      return await fetch(`${url}/healthz`).then(({ ok }) => ok, () => false);
    }, 30_000);
    expect(await (await fetch(`${url}/widget.js`)).text()).toContain('widget/app.js');
    expect((await fetch(`${url}/widget/app.js`)).status).toBe(200);
    const visitor = await connectVisitor(url);
    await visitor.ask('How long does shipping take?');
    await visitor.close();
  } finally {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    expect((await gone)[0]).toBe(0);
  }
}, 300_000);
