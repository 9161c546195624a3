import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { freePort } from '#lib/start/free-port.ts';
import { findProgram, serviceFolder, startService, unprivileged } from './service.ts';

export interface TestPostgres { url: string; close(): Promise<void> }

export const findPostgres = (): string | null => findProgram('initdb', ['/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/opt/homebrew/opt/postgresql@*/bin']);

/** Words for a machine that has none. */
export const NO_POSTGRES = 'No PostgreSQL on this machine: install the package postgresql, or set DATABASE_URL.';

/** As a customer's would be: fsync on, passwords checked, and a language's collation (so an order that needs "C" must say so). */
async function startCluster(): Promise<TestPostgres> {
  const initdb = findPostgres();
  if (!initdb) throw new Error(NO_POSTGRES);
  const owner = unprivileged(['postgres']);
  const dir = serviceFolder('postgres', owner);
  const data = join(dir, 'data');
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(dir, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner) chownSync(passwordFile, owner.uid, owner.gid);
  const version = Number(/(\d+)/.exec(execFileSync(initdb, ['--version'], { encoding: 'utf8' }))?.[1]);
  const locale = version >= 15 ? ['--locale=C', '--locale-provider=icu', '--icu-locale=en'] : ['--locale=C'];
  execFileSync(initdb, ['-D', data, '-U', 'baton', '-E', 'UTF8', ...locale, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync'], { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'], ...owner });
  const port = await freePort(0);
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: dir, max_connections: 200, shared_buffers: '64MB', lc_messages: 'C', fsync: 'on' };
  const command = [join(dirname(initdb), 'postgres'), '-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const service = await startService({ name: 'PostgreSQL', dir, owner, command, ready: /ready to accept connections/, endBy: 'INT' });
  return { url: `postgres://baton:${password}@127.0.0.1:${port}/postgres`, close: service.close };
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** An empty database: in the server of DATABASE_URL when that is set (its user must be allowed to create one), else in a server of its own. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.DATABASE_URL;
  const server = given ? { url: given, close: () => Promise.resolve() } : await startCluster();
  const name = `baton_test_${randomBytes(6).toString('hex')}`;
  await query(server.url, `create database ${name} template template0`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const close = async (): Promise<void> => {
    if (given) await query(given, `drop database if exists ${name} with (force)`);
    await server.close();
  };
  return { url: url.href, close };
}
