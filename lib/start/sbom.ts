import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { OUTPUT, ROOT } from './paths.ts';

export interface Locked { version?: string; integrity?: string; resolved?: string; license?: string; dev?: boolean; optional?: boolean; link?: boolean; hasInstallScript?: boolean; dependencies?: Record<string, string> }
export interface Lock { name: string; version: string; lockfileVersion: number; packages: Record<string, Locked> }
export interface Component { 'type': 'library'; 'bom-ref': string; 'name': string; 'version': string; 'scope': 'required' | 'excluded'; 'purl': string; 'hashes': { alg: 'SHA-512'; content: string }[]; 'licenses'?: { expression: string }[] }
export interface Sbom { bomFormat: 'CycloneDX'; specVersion: '1.5'; serialNumber: string; version: 1; metadata: { component: { type: 'application'; name: string; version: string } }; components: Component[] }

/** Development packages whose code ends up in the extension or the widget all the same. */
export const BUNDLED: readonly string[] = ['@webext-core/messaging', 'dexie', 'dexie-react-hooks', 'lucide-react', 'preact', 'react', 'react-dom'];

export const readLock = (): Lock => JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;

/** `node_modules/a/node_modules/@b/c` is the package `@b/c`. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Names of everything that the bundled packages are made of; packages are few enough that one version of each stands for all. */
export function bundledIn(lock: Lock): Set<string> {
  const found = new Set<string>();
  const waiting = [...BUNDLED];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...Object.keys(lock.packages[`node_modules/${name}`]?.dependencies ?? {}));
  }
  return found;
}

function componentOf(path: string, { version = '', integrity = '', license, dev }: Locked, bundled: ReadonlySet<string>): Component {
  const name = nameOf(path);
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    'type': 'library', 'bom-ref': purl, name, version, 'scope': dev && !bundled.has(name) ? 'excluded' : 'required', purl,
    'hashes': [{ alg: 'SHA-512', content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex') }],
    ...(license ? { licenses: [{ expression: license }] } : {}),
  };
}

/**
 * The software bill of materials, CycloneDX 1.5, from the lock file alone: the same lock gives the same bytes, and no
 * network is asked. `required` runs in the companion, the extension or the widget; `excluded` only builds and tests.
 */
export function sbomOf(lock: Lock): Sbom {
  const bundled = bundledIn(lock);
  const byRef = new Map<string, Component>();
  for (const path of Object.keys(lock.packages).filter((one) => one !== '').sort()) {
    const component = componentOf(path, lock.packages[path]!, bundled);
    const known = byRef.get(component.purl);
    if (!known || known.scope === 'excluded') byRef.set(component.purl, component);
  }
  const digest = createHash('sha256').update(JSON.stringify(lock)).digest('hex');
  const serial = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return { bomFormat: 'CycloneDX', specVersion: '1.5', serialNumber: `urn:uuid:${serial}`, version: 1, metadata: { component: { type: 'application', name: lock.name, version: lock.version } }, components: [...byRef.values()] };
}

if (import.meta.main) {
  const file = join(OUTPUT, 'sbom.cdx.json');
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(file, `${JSON.stringify(sbomOf(readLock()), null, 2)}\n`);
  process.stdout.write(`${file}\n`);
}
