import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { baton } from '../support/baton.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { findPostgres, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { connectAgent, connectVisitor, pair } from '../support/socket-client.ts';

let postgres: TestPostgres;
let elsewhere: string;
let env: NodeJS.ProcessEnv;
const nodes: TestCompanion[] = [];
beforeEach(async () => {
  postgres = await startPostgres();
  elsewhere = mkdtempSync(join(tmpdir(), 'baton-operator-'));
  env = { DATABASE_URL: postgres.url, NATS_URL: '' };
});
afterEach(async () => {
  for (const one of nodes.splice(0)) await one.close();
  await postgres?.close();
  rmSync(elsewhere, { recursive: true, force: true });
});
async function start(more: NodeJS.ProcessEnv = {}): Promise<TestCompanion> {
  const node = await startTestCompanion({ RATE_LIMITS: 'off', ...env, ...more });
  nodes.push(node);
  return node;
}
const codeIn = (out: string): string => /: ([A-Z0-9]{4}-[A-Z0-9]{4})/.exec(out)![1]!;

test('members are added on the database while no node runs, on a folder of another companion too, and the code works on every node', async () => {
  const stranger = await start({ DATABASE_URL: '' });
  const added = await baton(stranger.data, ['member', 'add', 'Robin', '--role', 'lead'], env);
  expect(added).toMatchObject({ code: 0, err: '' });
  expect((await baton(stranger.data, ['member', 'list'], { DATABASE_URL: '' })).out).not.toContain('Robin');
  const node = await start();
  const robin = await connectAgent(node.url, await pair(node.url, codeIn(added.out)));
  expect((await baton(elsewhere, ['member', 'list'], env)).out).toBe('Robin (lead)\n');
  // Without a node in this folder the others find it in the database; with one, it is told at once.
  expect(await baton(elsewhere, ['member', 'revoke', 'Robin'], env)).toMatchObject({ code: 0 });
  expect((await robin.closed).code).toBe(4403);
});

test('after pg_restore of a dump, new-epoch makes every browser load everything again; it is refused while a node runs', async () => {
  const node = await start({ DEMO: '1' });
  const visitor = await connectVisitor(node.url);
  await visitor.say('in the dump');
  const agent = await connectAgent(node.url, await pair(node.url, await node.operator.code('agent')));
  const tool = (name: string, ...args: string[]) => execFileSync(join(dirname(findPostgres()!), name), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const dump = join(elsewhere, 'dump');
  tool('pg_dump', '--format=custom', `--file=${dump}`, postgres.url);
  await visitor.say('lost');
  await agent.until('it', () => agent.cursor().seq > 0 && visitor.lines().some((line) => line.kind === 'said' && line.text === 'lost'));
  const cursor = agent.cursor();
  expect(await baton(elsewhere, ['new-epoch'], env)).toMatchObject({ code: 1, err: expect.stringContaining('Stop every node first') });
  await node.stop();
  tool('pg_restore', '--clean', '--if-exists', `--dbname=${postgres.url}`, dump);
  expect(await baton(elsewhere, ['new-epoch'], env)).toMatchObject({ code: 0, err: '' });
  await node.start();
  const back = await connectAgent(node.url, agent.device, cursor);
  expect(back.cursor().epoch).not.toBe(cursor.epoch);
  expect(back.history.some((frame) => frame.type === 'feed' && frame.reset)).toBe(true);
  expect(await baton(elsewhere, ['new-epoch'], { DATABASE_URL: '' })).toMatchObject({ code: 1, err: expect.stringContaining('DATABASE_URL is not set') });
});
