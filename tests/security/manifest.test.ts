import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesOf, writeZip } from '#lib/start/zip.ts';
import { ROOT } from '#lib/start/paths.ts';

const SOURCES = ['components', 'entrypoints', 'lib', 'public', 'package.json', 'tsconfig.json', 'wxt.config.ts'];
const roots: string[] = [];
/** A build from a copy of the sources in a folder of its own: nothing of an earlier one, and another path. */
async function cleanBuild(name: string): Promise<string> {
  const root = join(mkdtempSync(join(tmpdir(), 'baton-clean-')), name);
  mkdirSync(root);
  roots.push(root);
  for (const one of SOURCES) cpSync(join(ROOT, one), join(root, one), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  await promisify(execFile)(join(ROOT, 'node_modules', '.bin', 'wxt'), ['build'], { cwd: root, env: { ...process.env, NODE_ENV: 'production' } });
  return join(root, '.output', 'chrome-mv3');
}
let one = '';
let two = '';
beforeAll(async () => { [one, two] = await Promise.all([cleanBuild('a'), cleanBuild('another-folder')]); }, 240_000);
afterAll(() => { for (const root of roots) rmSync(join(root, '..'), { recursive: true, force: true }); });

test('the extension asks for exactly this, and opens nothing to web pages or other extensions', () => {
  const manifest = JSON.parse(readFileSync(join(one, 'manifest.json'), 'utf8')) as Record<string, unknown>;
  expect(manifest.permissions).toEqual(['storage', 'alarms', 'notifications', 'unlimitedStorage', 'sidePanel']);
  for (const absent of ['host_permissions', 'optional_permissions', 'optional_host_permissions', 'content_scripts', 'externally_connectable', 'web_accessible_resources', 'sandbox', 'oauth2', 'update_url', 'chrome_url_overrides', 'devtools_page', 'declarative_net_request']) {
    expect(manifest, absent).not.toHaveProperty(absent);
  }
  expect(Object.keys(manifest).toSorted()).toEqual(['action', 'background', 'commands', 'content_security_policy', 'description', 'icons', 'key', 'manifest_version', 'minimum_chrome_version', 'name', 'options_ui', 'permissions', 'side_panel', 'version']);
  expect(manifest.manifest_version).toBe(3);
  expect(manifest.content_security_policy).toEqual({
    extension_pages: "default-src 'none'; script-src 'self'; object-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
      + "connect-src 'self' https: wss: http://127.0.0.1:* ws://127.0.0.1:* http://localhost:* ws://localhost:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; frame-src 'self'",
  });
});

test('no page of the extension holds a script of its own or one from elsewhere', () => {
  for (const [name, content] of filesOf(one)) {
    if (!name.endsWith('.html')) continue;
    const tags = [...content.toString('utf8').matchAll(/<script\b([^>]*)>([^<]*)/g)];
    expect(tags.length, name).toBeGreaterThan(0);
    for (const [, attributes = '', inside = ''] of tags) expect([name, /src="\/[^/][^"]*"/.test(attributes), inside.trim()]).toEqual([name, true, '']);
  }
});

test('two clean builds in different folders give the same zip, and it can be unpacked', async () => {
  const [a, b] = [join(one, '../a.zip'), join(two, '../b.zip')];
  const hashes = [writeZip(one, a), writeZip(two, b)];
  expect(hashes[0]).toBe(hashes[1]);
  expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  const text = readFileSync(a).toString('latin1');
  for (const root of roots) expect(text).not.toContain(root);
});
