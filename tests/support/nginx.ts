import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#lib/start/free-port.ts';
import { ROOT } from '#lib/start/paths.ts';
import { findProgram, serviceFolder, startService, unprivileged, type Owner } from './service.ts';

/** The balancer as it ships (lib/companion/deploy/nginx.conf), on a free port, with a certificate made for it. */
export interface Balancer {
  url: string; port: number;
  /** The certificate of its own authority. */
  ca: string; close(): Promise<void>;
}
export interface BalancerOptions {
  /** Where each node of the configuration really is, in its order. */
  nodes: string[];
  /** More names in the certificate. */
  names?: string[];
  /** Replaced in the configuration: each must be there. */
  change?: [from: string, to: string][];
  /** More servers, as text. `{tls}`: the folder of the certificate, `{port}`: where it listens. */
  more?: string;
}

const NO_NGINX = 'No nginx on this machine: install the package nginx-light.';
const CONFIG = join(ROOT, 'lib/companion/deploy/nginx.conf');

function certificate(dir: string, names: string[]): string {
  const [key, cert] = [join(dir, 'privkey.pem'), join(dir, 'fullchain.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', key, '-out', cert,
    '-subj', '/CN=Baton test', '-addext', `subjectAltName=IP:127.0.0.1,${['localhost', ...names].map((name) => `DNS:${name}`).join(',')}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  return readFileSync(cert, 'utf8');
}

function swap(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`nginx.conf does not hold "${from}"`);
  return text.replaceAll(from, to);
}

async function configuration(dir: string, port: number, { nodes, change = [], more = '' }: BalancerOptions): Promise<string> {
  let text = readFileSync(CONFIG, 'utf8');
  for (const [index, node] of nodes.entries()) text = swap(text, `server companion-${index + 1}:8787 `, `server ${new URL(node).host} `);
  const plain = await freePort(0);
  const fixed: [string, string][] = [['listen 80;', `listen 127.0.0.1:${plain};`], ['listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`], [' /tmp/', ` ${dir}/`], ['/etc/baton/tls/', `${dir}/`], ['worker_processes auto;', 'worker_processes 1;\nerror_log stderr notice;']];
  for (const [from, to] of [...fixed, ...change]) text = swap(text, from, to);
  return text.replace(/\}\s*$/, `${more.replaceAll('{tls}', dir).replaceAll('{port}', String(port))}\n}\n`);
}

function giveAll(dir: string, owner: Owner | null): void {
  for (const name of readdirSync(dir)) {
    chmodSync(join(dir, name), 0o600);
    if (owner) chownSync(join(dir, name), owner.uid, owner.gid);
  }
}

/** @throws with nginx's own words when it does not take the configuration */
export async function startBalancer(options: BalancerOptions): Promise<Balancer> {
  const nginx = findProgram('nginx');
  if (!nginx) throw new Error(NO_NGINX);
  const owner = unprivileged([]);
  const dir = serviceFolder('nginx', owner);
  const port = await freePort(0);
  const ca = certificate(dir, options.names ?? []);
  const file = join(dir, 'nginx.conf');
  writeFileSync(file, await configuration(dir, port, options));
  giveAll(dir, owner);
  const checked = spawnSync(nginx, ['-t', '-e', 'stderr', '-p', dir, '-c', file], { cwd: dir, encoding: 'utf8', ...owner });
  // `warn` too: whatever nginx finds odd in what we ship is our fault.
  const odd = checked.stderr.split('\n').filter((line) => /\[(warn|emerg|error|alert|crit)\]/.test(line));
  if (checked.status !== 0 || odd.length > 0) throw new Error(`nginx does not take the configuration:\n${checked.stderr}`);
  const service = await startService({ name: 'nginx', dir, owner, command: [nginx, '-e', 'stderr', '-p', dir, '-c', file, '-g', 'daemon off;'], ready: /start worker process/, endBy: 'TERM' });
  return { url: `https://localhost:${port}`, port, ca, close: service.close };
}
