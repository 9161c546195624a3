import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROLES } from '#lib/protocol/settings.ts';
import { BadEnvironmentError, parseConfig } from '../config.ts';
import { openEmbeddedStore } from '../store/embedded.ts';
import { WORKSPACE_ID } from '../workspace.ts';
import { people, PeopleRequest, type PeopleAnswer } from './people.ts';

const HELP = `Baton, from the command line. It works on the running companion, or on its data folder while none runs.

  npm run baton -- member add NAME --role agent|lead|admin   a new member, and a pairing code for them
  npm run baton -- member list                               who is on the team
  npm run baton -- member code NAME                          another pairing code, for one more browser
  npm run baton -- member revoke NAME                        ends their access; their browsers are disconnected

Options:
  --data DIR   the companion's data folder (or the environment's DATA_DIR; ".data/companion" unless given)
  --help       this text
`;

/** Words that were not understood: said with what would be. Ends with 2. */
class BadWords extends Error {}

/** @throws BadWords */
function parse(argv: string[]): { asked: PeopleRequest; data: string | undefined } | 'help' {
  const { values, positionals } = read(argv);
  if (values.help || positionals.length === 0) return 'help';
  const [noun, verb, name, ...rest] = positionals;
  if (noun !== 'member') throw new BadWords(`Unknown word "${noun}". It is: member add, member list, member code or member revoke.`);
  if (!verb || !['add', 'list', 'code', 'revoke'].includes(verb)) throw new BadWords(`${verb ? `Unknown word "${verb}"` : 'A word is missing'} after "member". It is one of add, list, code, revoke.`);
  const extra = verb === 'list' ? [name, ...rest].filter((one) => one !== undefined) : rest;
  if (extra.length > 0) throw new BadWords(`Too many words: ${extra.map((one) => `"${one}"`).join(', ')}. A name with spaces stands in quotes.`);
  if (verb !== 'list' && !name?.trim()) throw new BadWords(`A name is missing: member ${verb} NAME`);
  if (verb === 'add' && !ROLES.some((role) => role === values.role)) throw new BadWords(`${values.role === undefined ? '--role is missing' : `Unknown role "${values.role}"`}. It is one of agent, lead, admin.`);
  if (verb !== 'add' && values.role !== undefined) throw new BadWords(`--role belongs to "member add" alone.`);
  const asked = PeopleRequest.safeParse({ do: verb, name, role: values.role });
  if (!asked.success) throw new BadWords(asked.error.issues.map(({ message }) => message).join('; '));
  return { asked: asked.data, data: values.data };
}

function read(argv: string[]) {
  try {
    return parseArgs({ args: argv, allowPositionals: true, options: { role: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    throw new BadWords(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Through the companion that runs on this folder, or null when none answers: its key outlives it. */
async function askRunning(dir: string, asked: PeopleRequest): Promise<{ answer: PeopleAnswer; address: string } | null> {
  const file = join(dir, 'operator.json');
  if (!existsSync(file)) return null;
  const { url, token, address } = JSON.parse(readFileSync(file, 'utf8')) as { url: string; token: string; address?: string };
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
async function askStore(dir: string, name: string, asked: PeopleRequest): Promise<PeopleAnswer> {
  const store = await openEmbeddedStore({ dir });
  try {
    await store.ensureWorkspace({ id: WORKSPACE_ID, name });
    return await people({ store, submit: store.commit }, asked);
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

/** `npm start` keeps the companion's data in a folder of its own inside the one it is given. */
const folder = (dir: string): string => (!existsSync(join(dir, 'baton.db')) && existsSync(join(dir, 'companion', 'baton.db')) ? join(dir, 'companion') : dir);

async function main(): Promise<number> {
  const parsed = parse(process.argv.slice(2));
  if (parsed === 'help') { process.stdout.write(HELP); return 0; }
  const config = parseConfig({ ...process.env, ...(parsed.data ? { DATA_DIR: parsed.data } : {}) });
  const dir = folder(config.dataDir);
  const running = await askRunning(dir, parsed.asked);
  const answer = running?.answer ?? await askStore(dir, 'My workspace', parsed.asked);
  if (!answer.ok) { process.stderr.write(`${answer.message}\n`); return 1; }
  const address = running?.address ?? config.publicUrl ?? "the companion's address (it does not run now; start it first)";
  process.stdout.write(`${words(parsed.asked, answer, address)}\n`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof BadWords) process.stderr.write('npm run baton -- --help lists what there is.\n');
  process.exitCode = error instanceof BadWords || error instanceof BadEnvironmentError ? 2 : 1;
}
