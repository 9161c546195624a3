import { parseArgs } from 'node:util';
import { ROLES } from '#lib/protocol/settings.ts';
import { PeopleRequest } from './people.ts';

export const HELP = `Baton, from the command line. It works on the running companion, or on its data folder while none runs.

  npm run baton -- member add NAME --role agent|lead|admin   a new member, and a pairing code for them
  npm run baton -- member list                               who is on the team
  npm run baton -- member code NAME                          another pairing code, for one more browser
  npm run baton -- member revoke NAME                        ends their access; their browsers are disconnected
  npm run baton -- backup FILE [--force]                     a copy of all data in one file, also while the companion runs
  npm run baton -- restore FILE                              the data of a backup; what is there now is kept aside
  npm run baton -- move --to postgres://...                  all data to an empty PostgreSQL database
  npm run baton -- new-epoch                                 after pg_restore: every browser loads everything again

Options:
  --data DIR   the companion's data folder (or the environment's DATA_DIR; ".data/companion" unless given)
  --force      for "backup": replaces a file that is there already
  --help       this text

With DATABASE_URL set, "member" works on that database. Back it up with pg_dump and pg_restore.
`;

/** Words that were not understood: said with what would be. Ends with 2. */
export class BadWords extends Error {}

export type Asked =
  | { noun: 'help' } | { noun: 'member'; request: PeopleRequest } | { noun: 'backup'; file: string; force: boolean }
  | { noun: 'restore'; file: string } | { noun: 'move'; to: string } | { noun: 'new-epoch' };

type Read = ReturnType<typeof read>;

function read(argv: string[]) {
  try {
    return parseArgs({ args: argv, allowPositionals: true, options: {
      role: { type: 'string' }, data: { type: 'string' }, to: { type: 'string' }, force: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
    } });
  } catch (error) {
    throw new BadWords(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function noMore(words: (string | undefined)[]): void {
  const extra = words.filter((one) => one !== undefined);
  if (extra.length > 0) throw new BadWords(`Too many words: ${extra.map((one) => `"${one}"`).join(', ')}. A name with spaces stands in quotes.`);
}

function member({ values, positionals: [, verb, name, ...rest] }: Read): Asked {
  if (!verb || !['add', 'list', 'code', 'revoke'].includes(verb)) throw new BadWords(`${verb ? `Unknown word "${verb}"` : 'A word is missing'} after "member". It is one of add, list, code, revoke.`);
  noMore(verb === 'list' ? [name, ...rest] : rest);
  if (verb !== 'list' && !name?.trim()) throw new BadWords(`A name is missing: member ${verb} NAME`);
  if (verb === 'add' && !ROLES.some((role) => role === values.role)) throw new BadWords(`${values.role === undefined ? '--role is missing' : `Unknown role "${values.role}"`}. It is one of agent, lead, admin.`);
  const request = PeopleRequest.safeParse({ do: verb, name, role: values.role });
  if (!request.success) throw new BadWords(request.error.issues.map(({ message }) => message).join('; '));
  return { noun: 'member', request: request.data };
}

function file(noun: 'backup' | 'restore', { positionals: [, name, ...rest] }: Read): string {
  noMore(rest);
  if (!name?.trim()) throw new BadWords(`A file is missing: ${noun} FILE`);
  return name;
}

function target({ values, positionals: [, ...rest] }: Read): string {
  noMore(rest);
  if (!/^postgres(ql)?:\/\//.test(values.to ?? '')) throw new BadWords('--to is missing: move --to postgres://user:password@host/database');
  return values.to!;
}

/** Each option belongs to one word alone. */
function refuseStrangers({ values, positionals: [noun, verb] }: Read): void {
  if (values.role !== undefined && !(noun === 'member' && verb === 'add')) throw new BadWords('--role belongs to "member add" alone.');
  if (values.force && noun !== 'backup') throw new BadWords('--force belongs to "backup" alone.');
  if (values.to !== undefined && noun !== 'move') throw new BadWords('--to belongs to "move" alone.');
}

/** @throws BadWords */
export function parseAsked(argv: string[]): { asked: Asked; data: string | undefined } {
  const words = read(argv);
  const { values: { help, data }, positionals: [noun, ...rest] } = words;
  if (help || noun === undefined) return { asked: { noun: 'help' }, data };
  const parsed = (): Asked => {
    switch (noun) {
      case 'member': return member(words);
      case 'backup': return { noun, file: file(noun, words), force: words.values.force ?? false };
      case 'restore': return { noun, file: file(noun, words) };
      case 'move': return { noun, to: target(words) };
      case 'new-epoch': noMore(rest); return { noun };
      default: throw new BadWords(`Unknown word "${noun}". It is one of member, backup, restore, move, new-epoch.`);
    }
  };
  const asked = parsed();
  refuseStrangers(words);
  return { asked, data };
}
