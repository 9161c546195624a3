import { DAY, HOUR, MINUTE } from '#lib/base/time.ts';
import type { AuditEntry } from '#lib/protocol/audit.ts';
import { MODE_NAMES } from '#components/settings/bot-settings.ts';
import { ROLE_NAMES } from '#components/settings/team-list.tsx';

/** Names by id, as this browser knows them now; the log itself keeps ids. */
export type Names = ReadonlyMap<string, string>;
type Json = AuditEntry['before'];

const FIELD: Record<string, string> = {
  name: 'Name', greeting: 'Greeting', sites: 'Sites', enabled: 'Human handoff', mode: 'Trigger mode', offlineMessage: 'Offline message', agentLabel: 'Agent label',
  keepOn: 'Keep handoff on while nobody is connected', available: 'Agents available', role: 'Role', revoked: 'Revoked', agentsMaySwitch: 'Agents may switch Agents available',
  waitingTooLongMs: 'Waiting too long after', claimIdleMs: 'Release an idle claim after', reopenWithinMs: 'Reopen within', archiveAfterMs: 'Archive resolved after', deleteAfterMs: 'Delete finished after',
  claim: 'Claimed by', origin: 'Browser', status: 'Status', botId: 'Bot', channel: 'Channel', text: 'Search text', engine: 'Who answers', falseReject: 'Answerable questions asked back', policies: 'Words that bring a person', embedder: 'Embeddings', entries: 'Entries', files: 'Files', title: 'Title', changed: 'Changed entries', removed: 'Removed entries',
};
/** Ids say nothing to a person, and the count is in the sentence. */
const HIDDEN = new Set(['memberId', 'device', 'entries']);

const count = (n: Json | undefined, one: string): string => `${String(n ?? 0)} ${one}${n === 1 ? '' : 's'}`;
function durationWords(ms: number): string {
  if (ms === 0) return 'never';
  const [unit, size] = ms >= DAY ? ['day', DAY] : ms >= HOUR ? ['hour', HOUR] : ['minute', MINUTE];
  return count(Math.round((ms / Number(size)) * 100) / 100, String(unit));
}
function valueWords(key: string, value: Json | undefined, names: Names): string {
  if (key === 'deleteAfterMs' && !value) return 'never';
  if (value === null || value === undefined || value === '') return key === 'offlineMessage' || key === 'agentLabel' ? 'the default' : 'nothing';
  if (typeof value === 'boolean') return key === 'revoked' || key === 'text' ? (value ? 'yes' : 'no') : value ? 'on' : 'off';
  if (typeof value === 'number') return key.endsWith('Ms') ? durationWords(value) : String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(String).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  if (key === 'mode') return (MODE_NAMES as Record<string, string>)[value] ?? value;
  if (key === 'role') return (ROLE_NAMES as Record<string, string>)[value] ?? value;
  return key === 'botId' ? names.get(value) ?? value : key === 'name' || key === 'greeting' || key === 'offlineMessage' || key === 'agentLabel' || key === 'title' ? `“${value}”` : value;
}

const fields = (value: Json): Record<string, Json> => (value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {});

/** What was done, as a sentence without its subject. An act of a newer companion is named as it is. */
export function actWords({ what, target, before, after }: AuditEntry, names: Names): string {
  const whom = target === null ? '' : names.get(target) ?? target;
  const was = fields(before);
  const is = fields(after);
  switch (what) {
    case 'availability.set': return `Switched Agents available ${is['available'] ? 'on' : 'off'} for ${whom}`;
    case 'bot.add': return `Added the bot ${valueWords('name', is['name'], names)}`;
    case 'bot.save': return `Changed the bot ${whom}`;
    case 'workspace.save': return 'Changed the workspace';
    case 'member.add': return `Added ${String(is['name'] ?? whom)} to the team`;
    case 'member.role': return `Changed the role of ${whom}`;
    case 'member.revoke': return `Revoked ${whom}`;
    case 'member.code': return `Made a pairing code for ${whom}`;
    case 'device.add': return `Connected a browser for ${whom}`;
    case 'device.revoke': return `Signed a browser of ${whom} out: an old key of it was used again, so it may have been copied`;
    case 'knowledge.add': return `Added ${count(is['entries'], 'knowledge entry').replace('entrys', 'entries')} to ${whom}`;
    case 'knowledge.change': return is['changed'] === undefined ? `Changed a knowledge entry of ${whom}` : `Changed knowledge of ${whom}`;
    case 'knowledge.accept': return `Accepted a proposed knowledge entry for ${whom}`;
    case 'secret.put': return `Set the ${String(is['name'])} key of ${whom}`;
    case 'secret.remove': return `Removed the ${String(was['name'])} key of ${whom}`;
    case 'knowledge.remove': return is['removed'] === undefined ? `Removed a knowledge entry of ${whom}` : `Removed knowledge of ${whom}`;
    case 'conversations.export': return 'Exported conversations as CSV';
    case 'visitor.export': return 'Exported a visitor’s data';
    case 'visitor.delete': return `Deleted a visitor’s data: ${deletedWords(was)}`;
    case 'retention': return `Deleted what was past its time: ${deletedWords(was)}`;
    case 'conversation.release': return `Released a conversation from ${String(was['claim'] ?? 'a colleague')}`;
    default: return String(what);
  }
}
const deletedWords = (was: Record<string, Json>): string => `${count(was['conversations'], 'conversation')} with ${count(was['messages'], 'message')}`;

/** Said by the sentence already. */
const TOLD: ReadonlySet<AuditEntry['what']> = new Set(['availability.set', 'bot.add', 'member.revoke', 'conversation.release', 'visitor.delete', 'retention']);

/** Each difference as a line: what it was, what it is now. */
export function changeWords({ what, before, after }: AuditEntry, names: Names): string[] {
  if (TOLD.has(what)) return [];
  const was = fields(before);
  const is = fields(after);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => !HIDDEN.has(key)).map((key) => {
    const label = FIELD[key] ?? key;
    if (!(key in was)) return `${label}: ${valueWords(key, is[key], names)}`;
    if (!(key in is)) return `${label}: ${valueWords(key, was[key], names)}`;
    return `${label}: ${valueWords(key, was[key], names)} → ${valueWords(key, is[key], names)}`;
  });
}
