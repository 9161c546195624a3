import { expect, test } from 'vitest';
import { DAY } from '#lib/base/time.ts';
import { AUDIT_ACTS, type AuditEntry } from '#lib/protocol/audit.ts';
import { actWords, changeWords } from './audit-words.ts';

const names = new Map([['b', 'Robin'], ['m', 'Mia']]);
const entry = (what: AuditEntry['what'], target: string | null, before: AuditEntry['before'], after: AuditEntry['after']): AuditEntry =>
  ({ n: 1, at: 0, by: { id: 'a', name: 'Ada' }, what, target, before, after, hash: '0'.repeat(64) });
const said = (one: AuditEntry): string[] => [actWords(one, names), ...changeWords(one, names)];

test('an entry reads as a sentence, its differences as what was and what is', () => {
  expect(said(entry('availability.set', 'b', { available: true }, { available: false }))).toEqual(['Switched Agents available off for Robin']);
  expect(said(entry('bot.save', 'b', { mode: 'both', offlineMessage: '', keepOn: false }, { mode: 'auto', offlineMessage: 'Away', keepOn: true })))
    .toEqual(['Changed the bot Robin', 'Trigger mode: Both → Auto', 'Offline message: the default → “Away”', 'Keep handoff on while nobody is connected: off → on']);
  expect(said(entry('workspace.save', null, { deleteAfterMs: null, claimIdleMs: 300_000 }, { deleteAfterMs: 30 * DAY, claimIdleMs: 0 })))
    .toEqual(['Changed the workspace', 'Delete finished after: never → 30 days', 'Release an idle claim after: 5 minutes → never']);
  expect(said(entry('member.role', 'm', { role: 'agent' }, { role: 'lead' }))).toEqual(['Changed the role of Mia', 'Role: Agent → Lead']);
  expect(said(entry('knowledge.add', 'b', null, { entries: 3, files: ['faq.csv'] }))).toEqual(['Added 3 knowledge entries to Robin', 'Files: faq.csv']);
  expect(said(entry('visitor.delete', 'b/v', { conversations: 1, messages: 9, visitors: 1 }, null))).toEqual(['Deleted a visitor’s data: 1 conversation with 9 messages']);
  expect(said(entry('conversation.release', 'c', { claim: 'Sam', memberId: 's' }, null))).toEqual(['Released a conversation from Sam']);
});
test('every act has words of its own', () => {
  for (const what of AUDIT_ACTS) expect(actWords(entry(what, 'b', null, null), names)).not.toBe(what);
});
