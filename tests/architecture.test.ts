import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Who may import whom: the table of lib/README.md. A layer may always import itself. `npm` limits packages, where that matters. */
const LAYERS: Record<string, { ours: string[]; npm?: RegExp }> = {
  'lib/base': { ours: [], npm: /^$/ },
  'lib/protocol': { ours: ['lib/base'], npm: /^zod$/ },
  'lib/handoff': { ours: ['lib/base', 'lib/protocol'], npm: /^$/ },
  'lib/detect': { ours: ['lib/base', 'lib/protocol'], npm: /^$/ },
  'lib/db': { ours: ['lib/base', 'lib/protocol'], npm: /^dexie$/ },
  'lib/sync': { ours: ['lib/base', 'lib/protocol', 'lib/handoff', 'lib/db'], npm: /^dexie$/ },
  'lib/extension': { ours: ['lib/base', 'lib/protocol', 'lib/handoff', 'lib/db', 'lib/sync'] },
  'lib/companion': { ours: ['lib/base', 'lib/protocol', 'lib/handoff', 'lib/detect'], npm: /^(node:.*|zod|hono.*|@hono\/node-server.*|ws|pino|prom-client|pg|@nats-io\/.*|ipaddr\.js|csv-parse.*|htmlparser2|eventsource-parser.*)$/ },
  'lib/start': { ours: ['lib/base', 'lib/protocol', 'lib/companion'], npm: /^node:/ },
  'lib/widget': { ours: ['lib/base', 'lib/protocol', 'lib/handoff'], npm: /^(preact.*|vite)$/ },
  'components': { ours: ['lib/base', 'lib/protocol', 'lib/handoff'], npm: /^(react.*|lucide-react)$/ },
  'entrypoints': { ours: ['components', 'lib/base', 'lib/protocol', 'lib/handoff', 'lib/db', 'lib/sync', 'lib/extension', 'lib/widget'] },
};

const layerOf = (file: string): string | undefined => Object.keys(LAYERS).find((layer) => file.startsWith(`${layer}/`));

function imports(file: string): string[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  return [...source.matchAll(/(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)|(?:^|\n)import\s*['"]([^'"]+)['"]/g)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function violation(file: string, specifier: string): string | null {
  const layer = layerOf(file);
  if (!layer || /\.test\.tsx?$|\/contract[a-z-]*\.ts$/.test(file)) return null;
  const rule = LAYERS[layer]!;
  const target = specifier.startsWith('#') ? specifier.slice(1) : specifier.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), specifier)) : null;
  if (target === null) return rule.npm && !rule.npm.test(specifier) ? `${file} (${layer}) must not import the package ${specifier}` : null;
  const other = layerOf(target);
  if (layer === 'entrypoints' && other === 'entrypoints' && file.split('/')[1] !== target.split('/')[1]) return `${file} must not import another entrypoint, ${target}`;
  if (!other || other === layer || rule.ours.includes(other)) return null;
  return `${layer} must not import ${other} (${file} imports ${specifier})`;
}

test('layers import only what their row of the table allows', () => {
  const files = globSync('{entrypoints,components,lib}/**/*.{ts,tsx}', { cwd: ROOT });
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((file) => imports(file).map((specifier) => violation(file, specifier))).filter(Boolean)).toEqual([]);
});

test('the layer test itself sees a breach', () => {
  expect(violation('lib/sync/engine.ts', '#lib/companion/main.ts')).toMatch('lib/sync must not import lib/companion');
  expect(violation('lib/handoff/claim.ts', 'dexie')).toMatch('must not import the package dexie');
  expect(violation('entrypoints/popup/main.tsx', '../options/app.tsx')).toMatch('another entrypoint');
});
