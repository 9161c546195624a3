import { auditOfSettings } from '#lib/handoff/audit.ts';
import { refuse } from '#lib/handoff/change.ts';
import type { Op } from '#lib/handoff/op.ts';
import type { FeedRow } from '#lib/protocol/feed.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import { must } from '#lib/base/must.ts';
import { appendAudit } from './append-audit.ts';
import type { Ground } from './ground.ts';
import type { Committed } from './store.ts';
import { workspaceCommand, type SettingsCommand } from './workspace-command.ts';

/** Settings, availability and people. */
export function runWorkspaceOp(ground: Ground, op: Extract<Op, { kind: 'workspace' }>, command: SettingsCommand): Committed {
  const { workspaceId } = op;
  const settings = { workspace: must(ground.workspace(workspaceId), 'workspace'), now: op.now, bots: ground.bots(workspaceId), members: ground.members(workspaceId) };
  const change = workspaceCommand(settings, op.actor, command);
  if (!change.ok) return change;
  if (change.bots.some(({ id }) => ground.isForeign('bot', id, workspaceId)) || change.members.some(({ id }) => ground.isForeign('member', id, workspaceId))) {
    return refuse('id_reused', 'This id was used already.');
  }
  const from = ground.head(workspaceId);
  const rows: FeedRow[] = [];
  for (const one of change.bots) {
    const row: Bot = { ...one, seq: ground.next(workspaceId) };
    ground.putBot(row, workspaceId);
    rows.push({ kind: 'bot', row });
  }
  for (const one of change.members) {
    const row: Member = { ...one, seq: ground.next(workspaceId) };
    ground.putMember(row, workspaceId);
    rows.push({ kind: 'member', row });
  }
  if (change.workspace) {
    const row: Workspace = { ...change.workspace, seq: ground.next(workspaceId) };
    ground.putWorkspace(row);
    rows.push({ kind: 'workspace', row });
  }
  // A code is recorded with the code itself (lib/companion/devices.ts).
  if (command.type !== 'member.code') appendAudit(ground, workspaceId, auditOfSettings(op.actor, command.type, settings, change), op.now);
  const commit = rows.length > 0 ? { workspaceId, from, to: ground.head(workspaceId), rows, stream: null } : null;
  return { ok: true, commit, conversation: null, message: null, note: null, result: change.result };
}
