import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');
type Yaml = string | Yaml[] | { [key: string]: Yaml };

/** As much of YAML as compose.yaml uses: maps and lists by indentation, lists in brackets, quoted and plain words. Anything else throws. */
function parseYaml(text: string): Yaml {
  const lines = text.split('\n').filter((line) => !/^\s*(#.*)?$/.test(line)).map((line) => ({ indent: line.search(/\S/), text: line.trim() }));
  const scalar = (word: string): Yaml => {
    if (word === '{}') return {};
    if (/^["[]/.test(word)) return JSON.parse(word) as Yaml;
    if (/^[&*!|>{'%@`]|: |\s#/.test(word)) throw new Error(`YAML beyond this test: ${word}`);
    return word;
  };
  const block = (indent: number): Yaml => {
    if (lines[0]?.text.startsWith('- ')) {
      const list: Yaml[] = [];
      while (lines[0]?.indent === indent && lines[0].text.startsWith('- ')) {
        const item = lines.shift()!.text.slice(2);
        if (/^[\w-]+:(\s|$)/.test(item)) lines.unshift({ indent: indent + 2, text: item });
        list.push(/^[\w-]+:(\s|$)/.test(item) ? block(indent + 2) : scalar(item));
      }
      return list;
    }
    const map: { [key: string]: Yaml } = {};
    while (lines[0]?.indent === indent) {
      const { text: line } = lines.shift()!;
      const [, key = '', rest = ''] = /^([\w./-]+):(?:\s+(.*))?$/.exec(line) ?? [];
      if (!key || key in map) throw new Error(`Cannot read, or twice: ${line}`);
      map[key] = rest ? scalar(rest) : block(lines[0].indent);
    }
    return map;
  };
  const read = block(0);
  if (lines.length > 0) throw new Error(`Wrong indentation: ${lines[0]!.text}`);
  return read;
}

interface Service { image?: string; build?: { context: string; dockerfile: string }; extends?: { service: string }; environment?: Record<string, string>; volumes?: string[]; depends_on?: Record<string, { condition: string }>; healthcheck?: object; ports?: string[]; networks: Record<string, { ipv4_address?: string }> }
const compose = parseYaml(read('compose.yaml')) as unknown as { services: Record<string, Service>; networks: Record<string, object>; volumes: Record<string, object> };

test('compose: two companions on PostgreSQL and NATS behind one balancer; only that one is reached from outside, and all are watched', () => {
  expect(Object.keys(compose.services).toSorted()).toEqual(['balancer', 'companion-1', 'companion-2', 'nats', 'postgres']);
  expect(compose.services['companion-2']!.extends).toEqual({ service: 'companion-1' });
  for (const [name, service] of Object.entries(compose.services)) {
    expect(service.ports !== undefined, name).toBe(name === 'balancer');
    // The companions' is in their image.
    expect(service.healthcheck !== undefined, name).toBe(!name.startsWith('companion'));
    for (const other of Object.keys(service.depends_on ?? {})) expect(compose.services).toHaveProperty(other);
    for (const network of Object.keys(service.networks)) expect(compose.networks).toHaveProperty(network);
    for (const volume of service.volumes ?? []) if (/^[a-z]/.test(volume)) expect(compose.volumes).toHaveProperty(volume.split(':')[0]!);
  }
  expect(read('Containerfile')).toContain('HEALTHCHECK');
});

test('compose: no secret has a default, and the companion understands what it is given', () => {
  const text = read('compose.yaml').replace(/^\s*#.*$/gm, '');
  expect([...text.matchAll(/\$\{(\w+)(:.)/g)].filter(([, name, how]) => name !== 'LOG_LEVEL' && how !== ':?')).toEqual([]);
  expect(text).not.toMatch(/(password|pass|secret|token)["']?\s*[:=,]\s*["']?[a-z0-9]/i);
  const environment = Object.fromEntries(Object.entries(compose.services['companion-1']!.environment!).map(([name, value]) =>
    [name, value.replace(/\$\{PUBLIC_URL:[^}]*\}/, 'https://chat.example.com').replace(/\$\{LOG_LEVEL:-(\w+)\}/, '$1').replace(/\$\{\w+:[^}]*\}/, 'abc123')]));
  expect(environment['DATABASE_URL']).toBe('postgres://baton:abc123@postgres:5432/baton');
  expect(environment['NATS_URL']).toBe('nats://baton:abc123@nats:4222');
  expect(parseConfig(environment)).toMatchObject({ publicUrl: 'https://chat.example.com', trustProxy: true });
});

test('the balancer asks exactly the companions of compose, on the port of their image, and each keeps its address', () => {
  const asked = [...read('nginx.conf').matchAll(/^\s*server (companion-\d+):(\d+) /gm)].map(([, name, port]) => `${name}:${port}`);
  const port = /PORT=(\d+)/.exec(read('Containerfile'))![1];
  const companions = Object.keys(compose.services).filter((name) => name.startsWith('companion'));
  expect(asked).toEqual(companions.map((name) => `${name}:${port}`));
  const addresses = companions.map((name) => compose.services[name]!.networks['inside']!.ipv4_address);
  expect(new Set(addresses).size).toBe(companions.length);
});

test('the image: every file it copies is there and let through, nothing runs as root, and Node is the one of the lock file', () => {
  const file = read('Containerfile');
  const copied = [...file.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources]) => sources!.split(' '));
  expect(copied.length).toBeGreaterThan(10);
  const ignore = read('Containerfile.dockerignore').split('\n');
  for (const source of new Set(copied)) {
    expect(existsSync(join(ROOT, source)), source).toBe(true);
    expect(ignore, source).toContain(`!${source}`);
  }
  expect(file.slice(file.lastIndexOf('\nFROM'))).toMatch(/\nUSER node\n[^]*\nCMD /);
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
  expect([...file.matchAll(/^FROM node:([\d.]+)-/gm)].map(([, version]) => version)).toEqual(Array(3).fill(devDependencies['node']));
  expect(compose.services['companion-1']!.build).toEqual({ context: '../../..', dockerfile: 'lib/companion/deploy/Containerfile' });
  expect(statSync(join(import.meta.dirname, compose.services['companion-1']!.build!.context, 'package.json')).isFile()).toBe(true);
});

test('the image holds every folder that the companion imports from', () => {
  const file = read('Containerfile');
  const last = file.slice(file.lastIndexOf('\nFROM'));
  const imported = globSync('lib/{companion,protocol,handoff,detect,base}/**/*.ts', { cwd: ROOT }).filter((name) => !/\.test\.ts$|contract/.test(name))
    .flatMap((name) => [...readFileSync(join(ROOT, name), 'utf8').matchAll(/from '#(lib\/[\w-]+)\//g)].map(([, folder]) => folder!));
  for (const folder of new Set(imported)) expect(last, folder).toContain(`COPY ${folder} ${folder}`);
});
