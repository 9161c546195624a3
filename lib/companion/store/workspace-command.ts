import { assertNever } from '#lib/base/assert-never.ts';
import { refuse, type Refused } from '#lib/handoff/change.ts';
import type { Actor, WorkspaceCommand } from '#lib/handoff/op.ts';
import type { CommandResult } from '#lib/protocol/command.ts';
import { isAllowed } from '#lib/protocol/permission.ts';
import { DEFAULT_AGENT_LABEL, type Bot, type Member, type Workspace } from '#lib/protocol/settings.ts';

/** The workspace's commands that are about its settings. */
export type SettingsCommand = Exclude<WorkspaceCommand, { type: 'visitor.delete' }>;
/** What a workspace command may look at. */
export interface Settings { workspace: Workspace; bots: Bot[]; members: Member[]; now: number }
type Row<T> = Omit<T, 'seq'>;
/** Rows to write; the store gives each its seq. */
export interface SettingsChange { ok: true; bots: Row<Bot>[]; members: Row<Member>[]; workspace: Row<Workspace> | null; result: CommandResult }

const change = (some: Partial<SettingsChange>): SettingsChange => ({ ok: true, bots: [], members: [], workspace: null, result: {}, ...some });

/** Settings, availability and people: what a command makes of them, or why not. Pure. */
export function workspaceCommand(settings: Settings, actor: Actor, command: SettingsCommand): SettingsChange | Refused {
  const { workspace, bots, now } = settings;
  if (!isAllowed(actor.role, command.type, workspace.agentsMaySwitch)) return refuse('forbidden', 'Your role may not do this.');
  switch (command.type) {
    case 'availability.set': {
      const meant = bots.filter((bot) => command.botIds === null || command.botIds.includes(bot.id));
      if (meant.length === 0) return refuse('not_found', 'There is no such bot.');
      const switched = meant.filter((bot) => bot.availability.on !== command.on);
      return change({ bots: switched.map((bot) => ({ ...bot, availability: { on: command.on, by: { id: actor.id, name: actor.name }, at: now } })) });
    }
    case 'bot.add': {
      if (bots.some((bot) => bot.id === command.botId)) return refuse('id_reused', 'A bot with this id is there already.');
      return change({ bots: [newBot(command, now)], result: { botId: command.botId } });
    }
    case 'bot.save': {
      const bot = bots.find((one) => one.id === command.botId);
      if (!bot) return refuse('not_found', 'There is no such bot.');
      if (bot.seq !== command.baseSeq && !command.force) return refuse('stale', `Somebody changed ${bot.name} meanwhile.`);
      return change({ bots: [{ ...bot, ...command.settings }], result: { botId: bot.id } });
    }
    case 'workspace.save': return change({ workspace: { ...workspace, ...command.settings } });
    case 'member.add': case 'member.role': case 'member.revoke': case 'member.code': return memberCommand(settings, command);
    default: return assertNever(command);
  }
}

function newBot(command: Extract<WorkspaceCommand, { type: 'bot.add' }>, now: number): Row<Bot> {
  return { id: command.botId, name: command.name, greeting: `Hi, I'm ${command.name}. How can I help?`, sites: [], createdAt: now,
    handoff: { enabled: false, mode: 'both', offlineMessage: '', agentLabel: DEFAULT_AGENT_LABEL, keepOn: false },
    availability: { on: false, by: null, at: now } };
}

function memberCommand({ members, now }: Settings, command: Extract<WorkspaceCommand, { memberId: unknown }>): SettingsChange | Refused {
  const member = members.find((one) => one.id === command.memberId);
  if (command.type === 'member.add') {
    if (member) return refuse('id_reused', 'A member with this id is there already.');
    return change({ members: [{ id: command.memberId, name: command.name, role: command.role, revokedAt: null }], result: { memberId: command.memberId } });
  }
  if (!member) return refuse('not_found', 'There is no such member.');
  if (command.type === 'member.code') return member.revokedAt ? refuse('wrong_state', `${member.name} was revoked.`) : change({ result: { memberId: member.id } });
  const otherAdmins = members.some((one) => one.id !== member.id && one.role === 'admin' && !one.revokedAt);
  const loses = member.role === 'admin' && (command.type === 'member.revoke' || command.role !== 'admin');
  if (loses && !otherAdmins) return refuse('last_admin', `${member.name} is the last admin: make somebody else admin first.`);
  if (command.type === 'member.role') return change({ members: [{ ...member, role: command.role }], result: { memberId: member.id } });
  return change({ members: [{ ...member, revokedAt: member.revokedAt ?? now }], result: { memberId: member.id } });
}
