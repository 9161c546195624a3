import { refuse } from '#lib/handoff/change.ts';
import type { Op } from '#lib/handoff/op.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import { must } from '#lib/base/must.ts';
import type { Writer } from './run-op.ts';
import { bodies } from './sql.ts';
import type { Committed } from './store.ts';
import { workspaceCommand } from './workspace-command.ts';

/** Settings, availability and people. */
export function runWorkspaceOp({ sql, cache, seqs }: Writer, op: Extract<Op, { kind: 'workspace' }>): Committed {
  const { workspaceId } = op;
  const settings = {
    workspace: must(cache.workspace(workspaceId), 'workspace'), now: op.now,
    bots: bodies<Bot>(sql('select body from bot where workspace = ?').all(workspaceId)),
    members: bodies<Member>(sql('select body from member where workspace = ?').all(workspaceId)),
  };
  const change = workspaceCommand(settings, op.actor, op.command);
  if (!change.ok) return change;
  const isForeign = (text: string, row: { id: string }): boolean => sql(text).get(row.id, workspaceId) !== undefined;
  if (change.bots.some((row) => isForeign('select 1 from bot where id = ? and workspace <> ?', row))
    || change.members.some((row) => isForeign('select 1 from member where id = ? and workspace <> ?', row))) {
    return refuse('id_reused', 'This id was used already.');
  }
  const from = seqs.head(workspaceId);
  const rows: FeedRow[] = [];
  for (const one of change.bots) {
    const row: Bot = { ...one, seq: seqs.next(workspaceId) };
    sql('insert or replace into bot (id, workspace, seq, body) values (?, ?, ?, ?)').run(row.id, workspaceId, row.seq, JSON.stringify(row));
    rows.push({ kind: 'bot', row });
  }
  for (const one of change.members) {
    const row: Member = { ...one, seq: seqs.next(workspaceId) };
    sql('insert or replace into member (id, workspace, seq, body) values (?, ?, ?, ?)').run(row.id, workspaceId, row.seq, JSON.stringify(row));
    rows.push({ kind: 'member', row });
  }
  if (change.workspace) {
    const row: Workspace = { ...change.workspace, seq: seqs.next(workspaceId) };
    sql('update workspace set seq = ?, body = ? where id = ?').run(row.seq, JSON.stringify(row), workspaceId);
    rows.push({ kind: 'workspace', row });
  }
  cache.forgetSettings();
  const commit = rows.length > 0 ? { workspaceId, from, to: seqs.head(workspaceId), rows, stream: null } : null;
  return { ok: true, commit, conversation: null, message: null, note: null, result: change.result };
}
