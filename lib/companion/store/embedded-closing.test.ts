import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWriterThread } from './writer-thread.ts';
import { createScene, done, type Scene } from './contract-scene.ts';
import { openEmbeddedStore } from './embedded.ts';
import type { Store } from './store.ts';
import { DataFolderDamagedError, pragmas } from './open-database.ts';

let dir = '';
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'baton-faults-')); });
afterEach(() => { rmSync(dir, { recursive: true }); });

const sceneOf = (store: Store): Promise<Scene> => createScene({
  store, addWorkspace: (id) => store.ensureWorkspace({ id, name: 'Shop' }), reopen: () => Promise.reject(new Error('not here')), destroy: () => store.close(),
});

test('closing writes what is queued first, refuses what comes later, and may be done twice', async () => {
  const store = await openEmbeddedStore({ dir });
  const scene = await sceneOf(store);
  const visitor = scene.visitor();
  const queued = Array.from({ length: 50 }, (_, i) => scene.say(visitor, `line ${i}`));
  await Promise.all([store.close(), store.close()]);
  const { id } = done((await Promise.all(queued))[0]!).conversation!;
  await expect(scene.say(visitor, 'too late')).rejects.toThrow('closed');
  expect(readdirSync(dir).toSorted()).toEqual(['baton.db', 'baton.json', 'lock.db']);
  const again = await openEmbeddedStore({ dir });
  expect(await again.messages(id, 0, 100)).toHaveLength(50);
  await again.close();
});

test('a statement that fails in a batch fails alone', async () => {
  const store = await openEmbeddedStore({ dir });
  const scene = await sceneOf(store);
  await store.addPairingCode('code', scene.sam.id, 1);
  const head = await store.head(scene.ws);
  const results = await Promise.allSettled([scene.say(scene.visitor(), 'before'), store.addPairingCode('code', scene.sam.id, 1), scene.say(scene.visitor(), 'after')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await store.head(scene.ws)).toBe(head + 4);
  await store.close();
});

test('a writer that cannot start rejects what it is given, and closing still ends', async () => {
  const queue = startWriterThread(join(dir, 'no', 'such', 'folder.db'));
  await expect(queue.run({ kind: 'sql', statements: [] })).rejects.toThrow();
  await queue.close();
});

test('every connection that writes is synchronous=FULL', () => {
  const db = new DatabaseSync(join(dir, 'a.db'));
  pragmas(db);
  expect(db.prepare('pragma synchronous').get()).toEqual({ synchronous: 2 });
  db.close();
});

const contents = (): Record<string, string> => Object.fromEntries(readdirSync(dir).filter((name) => !name.startsWith('lock.db')).sort().map((name) => [name, readFileSync(join(dir, name), 'base64')]));

test.each<[string, (file: string) => void]>([
  ['garbage', (file) => writeFileSync(file, 'this is not a database '.repeat(500))],
  ['a truncated file', (file) => truncateSync(file, 10_000)],
  ['an empty file', (file) => truncateSync(file, 0)],
  ['a missing file', (file) => rmSync(file)],
])('%s in a used folder: no file is changed, made or removed, and a second try says the same', async (_, damage) => {
  const store = await openEmbeddedStore({ dir });
  await (await sceneOf(store)).chat();
  await store.close();
  damage(join(dir, 'baton.db'));
  const before = contents();
  await expect(openEmbeddedStore({ dir })).rejects.toThrow(DataFolderDamagedError);
  expect(contents()).toEqual(before);
  await expect(openEmbeddedStore({ dir })).rejects.toThrow(DataFolderDamagedError);
});

test('garbage in place of the database leaves the journal of a killed companion alone', async () => {
  const store = await openEmbeddedStore({ dir });
  await (await sceneOf(store)).chat();
  const journal = readFileSync(join(dir, 'baton.db-wal'));
  await store.close();
  for (const text of ['garbage '.repeat(500), '']) {
    writeFileSync(join(dir, 'baton.db'), text);
    writeFileSync(join(dir, 'baton.db-wal'), journal);
    await expect(openEmbeddedStore({ dir })).rejects.toThrow(DataFolderDamagedError);
    expect(readFileSync(join(dir, 'baton.db-wal'))).toEqual(journal);
  }
});

test('garbage in a folder never used before is kept too', async () => {
  writeFileSync(join(dir, 'baton.db'), 'somebody else’s file '.repeat(500));
  const before = contents();
  await expect(openEmbeddedStore({ dir })).rejects.toThrow(DataFolderDamagedError);
  expect(contents()).toEqual(before);
});
