import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BadEnvironmentError, parseConfig, type Config } from '../config.ts';
import { BadWords, HELP, parseAsked } from './asked.ts';
import { backupTo, RefusedError } from './backup.ts';
import type { Held } from './copy.ts';
import { askMember } from './member.ts';
import { beginEpoch, moveTo } from './move.ts';
import { restoreFrom, type Restored } from './restore.ts';

/** `npm start` keeps the companion's data in a folder of its own inside the one it is given. */
const folder = (dir: string): string => (!existsSync(join(dir, 'baton.db')) && existsSync(join(dir, 'companion', 'baton.db')) ? join(dir, 'companion') : dir);

const count = ({ conversations, lastAt }: Held): string =>
  `${conversations} ${conversations === 1 ? 'conversation' : 'conversations'}${lastAt === null ? '' : `, the newest line of ${new Date(lastAt).toISOString()}`}`;

function restoredWords(dir: string, { held, aside, keysKept }: Restored): string {
  return [`Restored into ${dir}: ${count(held)}.`,
    ...(aside ? [`What was there is kept in ${aside}.`] : []),
    ...(keysKept ? [] : ['It could not be read, so browsers that changed their key since the backup are asked to pair again: npm run baton -- member code NAME']),
    'Start the companion: every browser and chat window loads everything again by itself. Replies that waited to be sent are sent.'].join('\n');
}

function movedWords(dir: string, to: string, counts: Record<string, number>): string {
  const { host, pathname } = new URL(to);
  return `Moved to ${host}${pathname}: ${['conversation', 'message', 'note', 'member', 'device'].map((name) => `${counts[name] ?? 0} ${name}s`).join(', ')}; counts and heads are the same on both sides.
Start each node with DATABASE_URL: browsers and chat windows go on where they are.
${dir} is as it was. Keep it until you are content, and start no companion on it again: what it writes would be missing there.`;
}

/** @returns the exit code */
async function main(): Promise<number> {
  const { asked, data } = parseAsked(process.argv.slice(2));
  if (asked.noun === 'help') { process.stdout.write(HELP); return 0; }
  const config = parseConfig({ ...process.env, ...(data ? { DATA_DIR: data } : {}) });
  const dir = folder(config.dataDir);
  const say = (words: string): number => { process.stdout.write(`${words}\n`); return 0; };
  switch (asked.noun) {
    case 'member': {
      const { ok, words } = await askMember(config, dir, asked.request);
      if (ok) return say(words);
      throw new RefusedError(words);
    }
    case 'backup': {
      refuseOnPostgres(config, 'pg_dump --format=custom --file=FILE "$DATABASE_URL"');
      process.umask(0o077);
      const { file, held } = await backupTo(dir, asked.file, asked.force);
      return say(`${file} holds everything: ${count(held)}. Keep it as safe as the data itself.`);
    }
    case 'restore':
      refuseOnPostgres(config, 'pg_restore --clean --if-exists --dbname="$DATABASE_URL" FILE, then npm run baton -- new-epoch');
      process.umask(0o077);
      return say(restoredWords(dir, await restoreFrom(dir, asked.file, new Date())));
    case 'move': return say(movedWords(dir, asked.to, await moveTo(dir, asked.to)));
    case 'new-epoch':
      if (!config.databaseUrl) throw new RefusedError('DATABASE_URL is not set. This is for a database that was restored with pg_restore; "restore" does it by itself.');
      await beginEpoch(config.databaseUrl);
      return say('Done. Start the nodes: every browser and chat window loads everything again by itself.');
  }
}

/** @throws RefusedError */
function refuseOnPostgres({ databaseUrl }: Config, instead: string): void {
  if (databaseUrl) throw new RefusedError(`DATABASE_URL is set: the data is in PostgreSQL, which has its own tools for this. Use: ${instead}`);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof BadWords) process.stderr.write('npm run baton -- --help lists what there is.\n');
  process.exitCode = error instanceof BadWords || error instanceof BadEnvironmentError ? 2 : 1;
}
