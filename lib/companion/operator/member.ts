import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { WORKSPACE_ID } from '../workspace.ts';
import { people, type PeopleAnswer, type PeopleRequest } from './people.ts';

interface Running { answer: PeopleAnswer; address: string }

/** Whether the companion there works on this store: a folder may be another one's than the database. */
async function isOf(url: string, epoch: string): Promise<boolean> {
  try {
    const health = await (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) })).json() as { epoch?: string };
    return health.epoch === epoch;
  } catch {
    return false; // none answers
  }
}

/** Through the companion that runs on this folder, or null when none answers: its key outlives it. */
async function askRunning(dir: string, asked: PeopleRequest, epoch?: string): Promise<Running | null> {
  const file = join(dir, 'operator.json');
  if (!existsSync(file)) return null;
  const { url, token, address } = JSON.parse(readFileSync(file, 'utf8')) as { url: string; token: string; address?: string };
  if (epoch !== undefined && !await isOf(url, epoch)) return null;
  let response: Response;
  try {
    response = await fetch(`${url}/api/operator/members`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(asked), signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') throw new Error(`The companion at ${url} does not answer. Try again, or stop it.`, { cause: error });
    return null;
  }
  // Another companion may have the address by now: then the key is not its own, and the folder is free.
  if (response.status === 403 || response.status === 404) return null;
  const body: unknown = await response.json();
  if (!response.ok) throw new Error((body as { message: string }).message);
  return { answer: body as PeopleAnswer, address: address ?? url };
}

/** On the store itself. @throws DataFolderInUseError when a companion runs that did not answer */
async function askStore(store: Store, asked: PeopleRequest): Promise<PeopleAnswer> {
  await store.ensureWorkspace({ id: WORKSPACE_ID, name: 'My workspace' });
  return await people({ store, submit: store.commit }, asked);
}

/** A node tells its sockets at once; the other nodes, and all of them when none runs here, find it in the database within 2 s. */
async function ask(config: Config, dir: string, asked: PeopleRequest): Promise<Running | { answer: PeopleAnswer; address: null }> {
  const running = config.databaseUrl === null ? await askRunning(dir, asked) : null;
  if (running) return running;
  const store = await openStore({ databaseUrl: config.databaseUrl, dataDir: dir }, (error) => { process.stderr.write(`${String(error)}\n`); });
  try {
    const node = config.databaseUrl === null ? null : await askRunning(dir, asked, store.epoch);
    return node ?? { answer: await askStore(store, asked), address: null };
  } finally {
    await store.close();
  }
}

function words(asked: PeopleRequest, { members, code }: Extract<PeopleAnswer, { ok: true }>, address: string): string {
  const [member] = members;
  if (asked.do === 'list' || !member) return members.length > 0 ? members.map(({ name, role }) => `${name} (${role})`).join('\n') : 'Nobody is on the team yet. Add somebody: npm run baton -- member add NAME --role admin';
  if (asked.do === 'revoke') return `${member.name} (${member.role}) was revoked. Their browsers are disconnected.`;
  return `${asked.do === 'add' ? `${member.name} was added as ${member.role}. ` : ''}Pairing code for ${member.name}: ${code}
It works once, within 15 minutes. In the browser with the extension: Options, Connection.
Type ${address} as Companion address, and the code as Pairing code.`;
}

/** @returns what to say, and whether it was done */
export async function askMember(config: Config, dir: string, asked: PeopleRequest): Promise<{ ok: boolean; words: string }> {
  const { answer, address: told } = await ask(config, dir, asked);
  if (!answer.ok) return { ok: false, words: answer.message };
  const address = told ?? config.publicUrl ?? "the companion's address (it does not run now; start it first)";
  return { ok: true, words: words(asked, answer, address) };
}
