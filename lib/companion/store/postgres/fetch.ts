import type { ClientBase } from 'pg';
import type { Op } from '#lib/handoff/op.ts';
import type { BotId, VisitorId } from '#lib/protocol/ids.ts';
import { visitorMark } from '../forget.ts';
import { actorOf, isRemembered, writtenBy } from '../run-op.ts';
import { nameOf, type Key, type Kind, type Rows } from './working-set.ts';

/** Everything a batch reads, in one statement. `extra` is the second value of a row that has two. */
const FETCH = `
  select 'workspace' as kind, id as key, body, head::text as extra from workspace where id = any($1::text[])
  union all select 'bots', workspace, body, null from bot where workspace = any($2::text[])
  union all select 'members', workspace, body, null from member where workspace = any($3::text[])
  union all select 'conversation', id, body, null from conversation where id = any($4::text[])
  union all select 'conversation', c.id, c.body, null from unnest($5::text[], $6::text[]) k(bot, id) join visitor v on v.id = k.id and v.bot = k.bot join conversation c on c.id = v.conversation
  union all select 'visitor', v.bot || ' ' || v.id, v.secret_hash, v.conversation from unnest($5::text[], $6::text[]) k(bot, id) join visitor v on v.id = k.id and v.bot = k.bot
  union all select 'message', id, body, null from message where id = any($7::text[])
  union all select 'note', id, body, null from note where id = any($8::text[])
  union all select 'command', c.actor || ' ' || c.id, c.result, c.digest from unnest($9::text[], $10::text[]) k(actor, id) join command c on c.actor = k.actor and c.id = k.id
  union all select 'owner', 'bot ' || id, workspace, null from bot where id = any($11::text[])
  union all select 'owner', 'member ' || id, workspace, null from member where id = any($12::text[])
  union all select 'talks', c.bot || ' ' || c.visitor, c.body, null from unnest($13::text[], $14::text[]) k(bot, id) join conversation c on c.bot = k.bot and c.visitor = k.id
  union all select 'deleted', k.mark, k.mark, null from unnest($15::text[]) k(mark) where exists (select 1 from gone where visitor = k.mark)
  union all select 'audit', k.id, a.body, null from unnest($16::text[]) k(id) cross join lateral (select body from audit where workspace = k.id order by n desc limit 1) a`;

/** What an op is sure to read. */
export function keysOf(op: Op): Key[] {
  const keys: Key[] = [{ kind: 'workspace', key: op.workspaceId }, { kind: 'bots', key: op.workspaceId }];
  const isOf = (botId: BotId, visitorId: VisitorId): void => { keys.push({ kind: 'visitor', key: `${botId} ${visitorId}` }, { kind: 'talks', key: `${botId} ${visitorId}` }, { kind: 'audit', key: op.workspaceId }); };
  if (op.kind === 'visitor') keys.push({ kind: 'visitor', key: `${op.visitor.botId} ${op.visitor.visitorId}` }, { kind: 'deleted', key: visitorMark(op.visitor.botId, op.visitor.visitorId) });
  if (op.kind === 'retention') for (const { id, botId, visitorId } of op.conversations) { isOf(botId, visitorId); keys.push({ kind: 'conversation', key: id }); }
  if (op.kind === 'workspace' && op.command.type === 'visitor.delete') isOf(op.command.botId, op.command.visitorId);
  if (op.kind === 'conversation') keys.push({ kind: 'conversation', key: op.conversationId });
  if (op.kind === 'workspace') keys.push({ kind: 'members', key: op.workspaceId }, { kind: 'audit', key: op.workspaceId });
  const own = writtenBy(op);
  if (own) keys.push({ kind: own.kind, key: own.id });
  if (isRemembered(op)) keys.push({ kind: 'command', key: `${actorOf(op)} ${op.id}` });
  return keys;
}

interface FetchedRow { kind: Kind; key: string; body: string; extra: string | null }

function add(rows: Rows, { kind, key, body, extra }: FetchedRow): void {
  const name = nameOf({ kind, key });
  if (kind === 'bots' || kind === 'members' || kind === 'talks') (rows.get(name) as unknown[]).push(JSON.parse(body));
  else if (kind === 'workspace') rows.set(name, { row: JSON.parse(body) as never, head: Number(extra) });
  else if (kind === 'visitor') rows.set(name, { secretHash: body, conversationId: extra ?? '' });
  else if (kind === 'command') rows.set(name, { result: body, digest: extra ?? '' });
  else if (kind === 'owner' || kind === 'deleted') rows.set(name, body);
  else rows.set(name, JSON.parse(body) as never);
}

/** Fetches what is asked for and not there yet; what does not exist is noted as null. */
export async function fetchRows(client: ClientBase, asked: Iterable<Key>, rows: Rows): Promise<void> {
  const keys = new Map<string, Key>();
  for (const one of asked) if (!rows.has(nameOf(one))) keys.set(nameOf(one), one);
  if (keys.size === 0) return;
  const of = (kind: Kind): string[] => [...keys.values()].filter((one) => one.kind === kind).map(({ key }) => key);
  const split = (pairs: string[]): [string[], string[]] => [pairs.map((one) => one.slice(0, one.indexOf(' '))), pairs.map((one) => one.slice(one.indexOf(' ') + 1))];
  const owners = (kind: string): string[] => of('owner').flatMap((one) => (one.startsWith(`${kind} `) ? [one.slice(kind.length + 1)] : []));
  for (const [name, { kind }] of keys) rows.set(name, kind === 'bots' || kind === 'members' || kind === 'talks' ? [] : null);
  const values = [of('workspace'), of('bots'), of('members'), of('conversation'), ...split(of('visitor')), of('message'), of('note'), ...split(of('command')), owners('bot'), owners('member'), ...split(of('talks')), of('deleted'), of('audit')];
  const found = await client.query<FetchedRow>({ name: 'fetch', text: FETCH, values });
  for (const row of found.rows) add(rows, row);
}
