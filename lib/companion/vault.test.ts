import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createVault, openVault } from './vault.ts';

const folders: string[] = [];
afterEach(() => { for (const one of folders.splice(0)) rmSync(one, { recursive: true }); });
const folder = (): string => { const made = mkdtempSync(join(tmpdir(), 'vault-')); folders.push(made); return made; };
const key = Buffer.alloc(32, 7);

test('what was sealed opens in its place, and nothing of it is readable', () => {
  const vault = createVault(key);
  const sealed = vault.seal('sk-secret', 'robin/model');
  expect(sealed).not.toContain('secret');
  expect(vault.seal('sk-secret', 'robin/model')).not.toBe(sealed);
  expect(vault.open(sealed, 'robin/model')).toBe('sk-secret');
});

test('it opens for nobody else: another place, another key, a changed letter, no seal at all', () => {
  const sealed = createVault(key).seal('sk-secret', 'robin/model');
  const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  expect(createVault(key).open(sealed, 'wren/model')).toBeNull();
  expect(createVault(Buffer.alloc(32, 8)).open(sealed, 'robin/model')).toBeNull();
  for (const text of [changed, 'v1.', 'v1.AAAA', 'sk-secret', '']) expect(createVault(key).open(text, 'robin/model')).toBeNull();
});

test('a data folder gets a key once, for its owner alone; a shared database needs one that is set', () => {
  const dataDir = folder();
  const sealed = openVault({ secretKey: null, databaseUrl: null, dataDir })!.seal('sk', 'a');
  expect(openVault({ secretKey: null, databaseUrl: null, dataDir })!.open(sealed, 'a')).toBe('sk');
  expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
  expect(openVault({ secretKey: null, databaseUrl: 'postgres://x', dataDir })).toBeNull();
  expect(openVault({ secretKey: readFileSync(join(dataDir, 'secret.key'), 'utf8'), databaseUrl: 'postgres://x', dataDir })!.open(sealed, 'a')).toBe('sk');
});
