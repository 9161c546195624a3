import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY } from '#lib/base/time.ts';
import type { ConversationId, WorkspaceId } from '#lib/protocol/ids.ts';
import { createWorld, done, T0 } from './contract-world.ts';
import { openEmbeddedStore } from './embedded.ts';
import { DataFolderDamagedError, DataFolderInUseError } from './open-database.ts';

const CHILD = join(import.meta.dirname, 'crash-child.ts');
const KILLS = 8;
let dir = '';
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'baton-embedded-')); });
afterEach(() => { rmSync(dir, { recursive: true }); });

/** Runs the child until it acknowledged so many, then kills it. @returns what it acknowledged, and its last words */
function killAfter(run: number, acks: number): Promise<{ lines: string[]; stderr: string; code: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, dir, String(run)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr, killed] = ['', '', false];
    child.stderr.on('data', (data: Buffer) => { stderr += String(data); });
    child.stdout.on('data', (data: Buffer) => {
      stdout += String(data);
      if (killed || stdout.split('\n').length <= acks) return;
      killed = true;
      child.kill('SIGKILL');
    });
    child.on('error', reject);
    // A line cut by the kill was not read by anybody: only whole ones count.
    child.on('close', (code) => resolve({ lines: stdout.split('\n').slice(0, -1), stderr, code }));
  });
}

test(`${KILLS} times kill -9: nothing acknowledged is lost, nothing is twice, a retry finds it`, async () => {
  const acked: { id: string; conversationId: ConversationId; workspaceId: WorkspaceId }[] = [];
  for (let run = 0; run < KILLS; run++) {
    const { lines, stderr } = await killAfter(run, 20 + run * 37);
    expect(stderr).toBe('');
    expect(lines.length).toBeGreaterThanOrEqual(20);
    for (const line of lines) {
      const [id = '', conversationId = '', workspaceId = ''] = line.split(' ');
      acked.push({ id, conversationId: conversationId as ConversationId, workspaceId: workspaceId as WorkspaceId });
    }
  }
  const store = await openEmbeddedStore({ dir });
  const check = new DatabaseSync(join(dir, 'baton.db'), { readOnly: true });
  expect(check.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  check.close();
  for (const conversationId of new Set(acked.map((one) => one.conversationId))) {
    const messages = await store.messages(conversationId, 0, 1_000_000);
    const ids = new Set<string>(messages.map((one) => one.id));
    expect(ids.size).toBe(messages.length);
    expect(messages.map((one) => one.index)).toEqual(messages.map((_, i) => i + 1));
    expect(acked.filter((one) => one.conversationId === conversationId && !ids.has(one.id))).toEqual([]);
  }
  const { id, conversationId, workspaceId } = acked.at(-1)!;
  const head = await store.head(workspaceId);
  const again = await store.commit({ kind: 'conversation', workspaceId, id, now: T0, connected: [], conversationId,
    what: { by: 'member', actor: { id: 'm' as never, name: 'M', role: 'agent' }, act: { type: 'message.send', conversationId, text: id, seen: 0 } } });
  expect(done(again)).toMatchObject({ commit: null, message: { id } });
  expect(await store.head(workspaceId)).toBe(head);
  await store.close();
}, 120_000);

test('a second store or process on the same folder is refused in words, and the first goes on', async () => {
  const store = await openEmbeddedStore({ dir });
  await expect(openEmbeddedStore({ dir })).rejects.toThrow(DataFolderInUseError);
  const { stderr, code } = await killAfter(0, 1);
  expect(code).toBe(1);
  expect(stderr).toContain(`The data folder ${dir} is in use by another companion`);
  await createWorld(store);
  await store.close();
  await (await openEmbeddedStore({ dir })).close();
});

/** A folder that was used and closed well. @returns its database file */
async function usedFolder(): Promise<string> {
  const store = await openEmbeddedStore({ dir });
  const world = await createWorld(store);
  await Promise.all(Array.from({ length: 200 }, (_, i) => world.say('v', `line ${i} ${'x'.repeat(200)}`)));
  await store.close();
  return join(dir, 'baton.db');
}
const scribble = (file: string, from: number): void => {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, from, from + 8_192);
  writeFileSync(file, bytes);
};
const contents = (file: string): string | null => {
  try {
    return readFileSync(file).toString('base64');
  } catch {
    return null;
  }
};

test.each<[string, (file: string) => void]>([
  ['a broken header', (file) => scribble(file, 0)],
  ['broken pages', (file) => scribble(file, Math.floor(readFileSync(file).length / 2))],
  ['a file cut short', (file) => truncateSync(file, 20_000)],
  ['an empty file', (file) => truncateSync(file, 0)],
  ['a missing file', (file) => rmSync(file)],
])('%s is reported with the file and what to do, and nothing is made anew', async (_, damage) => {
  const file = await usedFolder();
  damage(file);
  const before = contents(file);
  const opening = openEmbeddedStore({ dir });
  await expect(opening).rejects.toThrow(DataFolderDamagedError);
  await expect(opening).rejects.toThrow(/baton\.db.*Restore it from a backup/s);
  expect(contents(file)).toEqual(before);
});

test('an op that fails does not fail those that commit with it; a closed store says so', async () => {
  const store = await openEmbeddedStore({ dir });
  const world = await createWorld(store);
  const [before, failed, after] = await Promise.allSettled([
    world.say('a', 'before'),
    store.commit({ kind: 'workspace', workspaceId: 'nowhere' as WorkspaceId, id: 'x', now: T0, connected: [], actor: world.ada, command: { type: 'availability.set', botIds: null, on: true } }),
    world.say('b', 'after'),
  ]);
  expect(failed).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('workspace') as string } });
  for (const one of [before, after]) expect(one).toMatchObject({ status: 'fulfilled', value: { ok: true } });
  await store.close();
  await expect(world.say('a', 'too late')).rejects.toThrow('The store is closed');
});

test('epoch and rows are there again after a restart; the journal is WAL; old command ids are pruned', async () => {
  const first = await openEmbeddedStore({ dir });
  const world = await createWorld(first);
  const id = await world.started('v');
  const [epoch, conversation] = [first.epoch, await first.conversation(id)];
  await first.close();
  const again = await openEmbeddedStore({ dir });
  expect(again.epoch).toBe(epoch);
  expect(await again.conversation(id)).toEqual(conversation);
  const peek = new DatabaseSync(join(dir, 'baton.db'), { readOnly: true });
  expect(peek.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
  const count = (): number => (peek.prepare('select count(*) as n from command').get() as { n: number }).n;
  await again.prune(T0 + 29 * DAY);
  expect(count()).toBeGreaterThan(0);
  await again.prune(T0 + 31 * DAY);
  expect(count()).toBe(0);
  peek.close();
  await again.close();
});
