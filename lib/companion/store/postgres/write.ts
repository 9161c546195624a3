import type { ClientBase } from 'pg';
import { conversationColumns, turnColumns } from '../ground.ts';
import type { Written } from './working-set.ts';

const CONVERSATION = 'id, workspace, bot, visitor, channel, status, claimed, floor, escalated_at, last_at, resolved_at, claim_active_at, owed, seq, body';
/** Everything a batch wrote, in one statement: the row of the workspace, which is locked, carries the counter. */
const WRITE = `with
  messages as (insert into message (id, conversation, idx, seq, body)
    select id, conversation, idx, seq, body from json_to_recordset($1::json) as r(id text, conversation text, idx bigint, seq bigint, body text)
    on conflict (id) do update set seq = excluded.seq, body = excluded.body),
  conversations as (insert into conversation (${CONVERSATION})
    select ${CONVERSATION} from json_to_recordset($2::json) as r(id text, workspace text, bot text, visitor text, channel text, status text, claimed integer, floor text,
      escalated_at bigint, last_at bigint, resolved_at bigint, claim_active_at bigint, owed bigint, seq bigint, body text)
    on conflict (id) do update set status = excluded.status, claimed = excluded.claimed, floor = excluded.floor, escalated_at = excluded.escalated_at, last_at = excluded.last_at,
      resolved_at = excluded.resolved_at, claim_active_at = excluded.claim_active_at, owed = excluded.owed, seq = excluded.seq, body = excluded.body),
  visitors as (insert into visitor (id, bot, secret_hash, conversation)
    select id, bot, secret_hash, conversation from json_to_recordset($3::json) as r(id text, bot text, secret_hash text, conversation text)
    on conflict (id, bot) do update set conversation = excluded.conversation),
  notes as (insert into note (id, workspace, conversation, seq, body)
    select id, workspace, conversation, seq, body from json_to_recordset($4::json) as r(id text, workspace text, conversation text, seq bigint, body text)),
  commands as (insert into command (actor, id, digest, result, at)
    select actor, id, digest, result, at from json_to_recordset($5::json) as r(actor text, id text, digest text, result text, at bigint)),
  bots as (insert into bot (id, workspace, seq, body)
    select id, workspace, seq, body from json_to_recordset($6::json) as r(id text, workspace text, seq bigint, body text)
    on conflict (id) do update set seq = excluded.seq, body = excluded.body),
  members as (insert into member (id, workspace, seq, body)
    select id, workspace, seq, body from json_to_recordset($7::json) as r(id text, workspace text, seq bigint, body text)
    on conflict (id) do update set seq = excluded.seq, body = excluded.body),
  turns as (insert into turn (conversation, idx, bot, at, missed, body)
    select conversation, idx, bot, at, missed, body from json_to_recordset($9::json) as r(conversation text, idx bigint, bot text, at bigint, missed bigint, body text)
    on conflict (conversation, idx) do update set at = excluded.at, missed = excluded.missed, body = excluded.body)
  update workspace w set head = r.head, seq = coalesce(r.seq, w.seq), body = coalesce(r.body, w.body)
    from json_to_recordset($8::json) as r(id text, head bigint, seq bigint, body text) where w.id = r.id`;

/** What was deleted, and entries of the audit log: seldom, so the statement of every batch does not carry them. */
const REMOVE = `with
  gone as (insert into gone (id, workspace, seq, visitor, body)
    select id, workspace, seq, visitor, body from json_to_recordset($1::json) as r(id text, workspace text, seq bigint, visitor text, body text)),
  messages as (delete from message where conversation in (select id from json_to_recordset($1::json) as r(id text))),
  notes as (delete from note where conversation in (select id from json_to_recordset($1::json) as r(id text))),
  turns as (delete from turn where conversation in (select id from json_to_recordset($1::json) as r(id text))),
  proposals as (delete from knowledge where split_part(id, '_', 1) in (select id from json_to_recordset($1::json) as r(id text))),
  conversations as (delete from conversation where id in (select id from json_to_recordset($1::json) as r(id text))),
  visitors as (delete from visitor v using json_to_recordset($2::json) as r(id text, bot text) where v.id = r.id and v.bot = r.bot),
  commands as (delete from command c using json_to_recordset($2::json) as r(id text, bot text) where c.actor = r.bot || '/' || r.id)
  insert into audit (workspace, n, body) select workspace, n, body from json_to_recordset($3::json) as r(workspace text, n bigint, body text)`;

async function writeRemoved(client: ClientBase, { gone, goneVisitors, audit }: Written): Promise<void> {
  if (gone.size + goneVisitors.size + audit.size === 0) return;
  const values = [
    [...gone.values()].map(({ row, workspaceId, mark }) => ({ id: row.id, workspace: workspaceId, seq: row.seq, visitor: mark, body: JSON.stringify(row) })),
    [...goneVisitors.values()],
    [...audit].flatMap(([workspace, entries]) => entries.map((one) => ({ workspace, n: one.n, body: JSON.stringify(one) }))),
  ].map((rows) => JSON.stringify(rows));
  await client.query({ name: 'remove', text: REMOVE, values });
}

const settings = (rows: Written['bots'] | Written['members']): unknown[] => [...rows.values()].map(({ row, workspaceId }) => ({ id: row.id, workspace: workspaceId, seq: row.seq, body: JSON.stringify(row) }));

/** Whether there is anything to write at all: a batch of refusals and repeats writes nothing. */
export const isEmpty = (written: Written): boolean => Object.values(written).every((rows: Map<string, unknown>) => rows.size === 0);

export async function writeRows(client: ClientBase, written: Written): Promise<void> {
  const values = [
    [...written.messages.values()].map((row) => ({ id: row.id, conversation: row.conversationId, idx: row.index, seq: row.seq, body: JSON.stringify(row) })),
    [...written.conversations.values()].map(({ row, workspaceId }) => ({ ...conversationColumns(row), workspace: workspaceId, body: JSON.stringify(row) })),
    [...written.visitors.values()].map(({ id, bot, secretHash, conversationId }) => ({ id, bot, secret_hash: secretHash, conversation: conversationId })),
    [...written.notes.values()].map(({ row, workspaceId }) => ({ id: row.id, workspace: workspaceId, conversation: row.conversationId, seq: row.seq, body: JSON.stringify(row) })),
    [...written.commands.values()], settings(written.bots), settings(written.members),
    [...written.workspaces].map(([id, { row, head }]) => ({ id, head, seq: row?.seq ?? null, body: row ? JSON.stringify(row) : null })),
    [...written.turns.values()].map(({ row, botId }) => ({ ...turnColumns(row), bot: botId, body: JSON.stringify(row) })),
  ].map((rows) => JSON.stringify(rows));
  await client.query({ name: 'write', text: WRITE, values });
  await writeRemoved(client, written);
}
