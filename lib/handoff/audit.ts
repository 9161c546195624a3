import type { AuditDraft } from '#lib/protocol/audit.ts';
import type { Claim } from '#lib/protocol/conversation.ts';
import type { BotId, ConversationId, VisitorId } from '#lib/protocol/ids.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { Actor, WorkspaceCommand } from './op.ts';

type Json = AuditDraft['before'];
type Facts = Record<string, Json>;
/** Rows as the rules write them: their seq comes later. */
export interface SettingsRows { bots: Omit<Bot, 'seq'>[]; members: Omit<Member, 'seq'>[]; workspace: Omit<Workspace, 'seq'> | null }

/** Settings are free text, and a team's own address in them is an address too. */
const ADDRESS = /[^\s@]{1,64}@[^\s@]{1,255}/g;
function withoutAddresses(value: Json): Json {
  if (typeof value === 'string') return value.replace(ADDRESS, '(e-mail)');
  if (Array.isArray(value)) return value.map(withoutAddresses);
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutAddresses(one)])) : value;
}

/** What the log may hold of an act. */
export const auditDraft = ({ by, what, target, before, after }: AuditDraft): AuditDraft =>
  ({ by: { id: by.id, name: String(withoutAddresses(by.name)) }, what, target, before: withoutAddresses(before), after: withoutAddresses(after) });

const ofBot = ({ name, greeting, sites, handoff, availability, engine, detection }: Omit<Bot, 'seq'>): Facts =>
  ({ name, greeting, sites, ...handoff, available: availability.on, ...(engine ? { engine } : {}), ...(detection ? { ...detection, policies: detection.policies.map(({ words, act }) => `${words} (${act})`) } : {}) });
const ofMember = ({ name, role, revokedAt }: Omit<Member, 'seq'>): Facts => ({ name, role, revoked: revokedAt !== null });
const ofWorkspace = ({ id: _, ...settings }: Omit<Workspace, 'seq'> & { seq?: number }): Facts => {
  const { seq: _seq, ...facts } = settings;
  return facts as Facts;
};

/** Only what differs, of both; null when nothing does. */
function differences(before: Facts, after: Facts): { before: Facts; after: Facts } | null {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  const pick = (facts: Facts): Facts => Object.fromEntries(changed.map((key) => [key, facts[key] ?? null]));
  return changed.length > 0 ? { before: pick(before), after: pick(after) } : null;
}

/** What a command of the settings made of them; nothing for one that changed nothing. */
export function auditOfSettings(actor: Actor, what: Exclude<WorkspaceCommand['type'], 'visitor.delete' | 'member.code'>, before: SettingsRows, after: SettingsRows): AuditDraft[] {
  const by = { id: actor.id, name: actor.name };
  const entry = (target: string | null, was: Facts | null, is: Facts): AuditDraft[] => {
    const changed = was && differences(was, is);
    if (was && !changed) return [];
    return [auditDraft({ by, what, target, before: changed?.before ?? null, after: changed?.after ?? is })];
  };
  const old = <T extends { id: string }>(rows: T[], id: string): T | undefined => rows.find((row) => row.id === id);
  return [
    ...after.bots.flatMap((bot) => { const was = old(before.bots, bot.id); return entry(bot.id, was ? ofBot(was) : null, was ? ofBot(bot) : { name: bot.name }); }),
    ...after.members.flatMap((member) => { const was = old(before.members, member.id); return entry(member.id, was ? ofMember(was) : null, was ? ofMember(member) : { name: member.name, role: member.role }); }),
    ...(after.workspace ? entry(null, before.workspace ? ofWorkspace(before.workspace) : null, ofWorkspace(after.workspace)) : []),
  ];
}

/** A lead took a colleague's claim away. */
export const auditOfRelease = ({ id, name }: Actor, target: ConversationId, claim: Claim): AuditDraft =>
  auditDraft({ by: { id, name }, what: 'conversation.release', target, before: { claim: claim.name, memberId: claim.memberId }, after: null });

/** How much went; never what. */
export interface Deleted { conversations: number; messages: number; visitors: number }

/** @param by null: the clock, for retention */
export function auditOfDeletion(by: Actor | null, visitor: { botId: BotId; visitorId: VisitorId } | null, deleted: Deleted): AuditDraft {
  return auditDraft({
    by: by ? { id: by.id, name: by.name } : { id: 'system', name: 'Baton' }, what: visitor ? 'visitor.delete' : 'retention',
    target: visitor && `${visitor.botId}/${visitor.visitorId}`, before: { ...deleted }, after: null,
  });
}
