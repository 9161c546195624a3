import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '#lib/start/paths.ts';
import { BUNDLED, nameOf, readLock, sbomOf, type Lock } from '#lib/start/sbom.ts';

interface Package { dependencies: Record<string, string>; devDependencies: Record<string, string>; allowScripts: Record<string, boolean> }
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Package;
const lock = readLock();
const paths = Object.keys(lock.packages).filter((path) => path !== '');

/** Everything that runs in the companion, by name: a new one is a decision, taken here. */
const RUNTIME = [
  '@hono/node-server', '@nats-io/nats-core', '@nats-io/nkeys', '@nats-io/nuid', '@nats-io/transport-node', '@opentelemetry/api', '@pinojs/redact', 'atomic-sleep', 'bintrees', 'csv-parse', 'dom-serializer', 'domelementtype', 'domhandler', 'domutils', 'entities', 'eventsource-parser', 'hono', 'htmlparser2', 'ipaddr.js', 'on-exit-leak-free',
  'pg', 'pg-cloudflare', 'pg-connection-string', 'pg-int8', 'pg-pool', 'pg-protocol', 'pg-types', 'pgpass', 'pino', 'pino-abstract-transport', 'pino-std-serializers', 'postgres-array', 'postgres-bytea', 'postgres-date', 'postgres-interval',
  'process-warning', 'prom-client', 'quick-format-unescaped', 'real-require', 'safe-stable-stringify', 'sonic-boom', 'split2', 'tdigest', 'thread-stream', 'tweetnacl', 'ws', 'xtend', 'zod',
];

/** What is wrong with a lock file, by package. */
function faults({ packages }: Lock, scripts: Record<string, boolean>): string[] {
  return Object.entries(packages).flatMap(([path, { version = '', integrity = '', resolved = '', link, hasInstallScript }]) => {
    if (path === '') return [];
    return [
      ...(/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity) ? [] : [`${path}: no sha512 integrity`]),
      // `omit-lockfile-registry-resolved` leaves the address out for whatever comes from the registry.
      ...(resolved === '' || /^https:\/\/[^/@]+\/.+\.tgz$/.test(resolved) ? [] : [`${path}: comes from ${resolved}`]),
      ...(/^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/.test(version) && link !== true ? [] : [`${path}: version ${version}`]),
      ...(hasInstallScript === true && scripts[nameOf(path)] !== true ? [`${path}: runs a script when it is installed`] : []),
    ];
  });
}

test('every package comes from a registry with its sha512, and only those that package.json names may run a script', () => {
  expect(paths.length).toBeGreaterThan(100);
  expect(lock.lockfileVersion).toBe(3);
  expect(faults(lock, manifest.allowScripts)).toEqual([]);
  expect(manifest.allowScripts).toEqual({ node: true });
});

test('the lint itself sees each kind of fault', () => {
  const good = { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
  const seen = (one: object): string[] => faults({ ...lock, packages: { 'node_modules/x': { ...good, ...one } } }, {});
  expect(seen({})).toEqual([]);
  for (const bad of [{ integrity: 'sha1-AAAA' }, { integrity: '' }, { resolved: 'git+ssh://git@example.com/x.git#1' }, { resolved: 'file:../x' }, { resolved: 'http://registry.example/x.tgz' }, { version: 'file:../x' }, { link: true }, { hasInstallScript: true }]) expect(seen(bad), JSON.stringify(bad)).toHaveLength(1);
});

test('packages are pinned to one exact version, and the lock holds that one', () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
  }
});

test('what runs in the companion is this list and nothing else', () => {
  expect(paths.filter((path) => !lock.packages[path]!.dev).map(nameOf).toSorted()).toEqual(RUNTIME);
});

test('what the extension and the widget are made of is named as bundled', () => {
  const files = globSync('{entrypoints,components,lib/{base,protocol,handoff,db,sync,extension,widget}}/**/*.{ts,tsx}', { cwd: ROOT }).filter((file) => !/\.test\.tsx?$|vite\.config\.ts$/.test(file));
  const used = new Set(files.flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^(?:import|export) (?!type)[^'"]*?from '([^#.'][^']*)'/gm)].map(([, name = '']) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/'))));
  for (const built of ['wxt', 'zod']) used.delete(built); // wxt is the build's own glue; zod is in the list above
  expect([...used].filter((name) => !name.startsWith('node:')).toSorted()).toEqual(BUNDLED.toSorted());
});

test('the bill of materials names every package with its hash, those that run as required, and is the same each time', () => {
  const bill = sbomOf(lock);
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', serialNumber: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/) });
  const refs = new Set(bill.components.map((one) => one['bom-ref']));
  expect(refs.size).toBe(bill.components.length);
  for (const path of paths) expect(refs, path).toContain(`pkg:npm/${nameOf(path).replace('@', '%40')}@${lock.packages[path]!.version}`);
  const required = bill.components.filter(({ scope }) => scope === 'required').map(({ name }) => name);
  for (const name of [...RUNTIME, ...BUNDLED, 'scheduler']) expect(required).toContain(name);
  expect(required).not.toContain('vitest');
  for (const { hashes, name } of bill.components) expect(hashes[0]?.content, name).toMatch(/^[0-9a-f]{128}$/);
  expect(sbomOf(readLock())).toEqual(bill);
});
