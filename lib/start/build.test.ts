import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from './build.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'baton-build-'));
  mkdirSync(join(root, 'lib/deep'), { recursive: true });
  writeFileSync(join(root, 'lib/deep/a.ts'), 'one');
});
afterEach(() => rmSync(root, { recursive: true }));

test('a build is due after any change of its sources, and not after a change of a test or of other folders', () => {
  const before = fingerprint(root, ['lib']);
  writeFileSync(join(root, 'lib/a.test.ts'), 'test');
  mkdirSync(join(root, 'other'));
  writeFileSync(join(root, 'other/b.ts'), 'b');
  expect(fingerprint(root, ['lib'])).toBe(before);
  writeFileSync(join(root, 'lib/deep/a.ts'), 'two');
  const changed = fingerprint(root, ['lib']);
  renameSync(join(root, 'lib/deep/a.ts'), join(root, 'lib/deep/b.ts'));
  const renamed = fingerprint(root, ['lib']);
  writeFileSync(join(root, 'package-lock.json'), '{}');
  expect(new Set([before, changed, renamed, fingerprint(root, ['lib'])]).size).toBe(4);
});
