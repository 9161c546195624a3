import { expect, test } from 'vitest';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import { auditOfDeletion, auditOfSettings, type SettingsRows } from './audit.ts';
import type { Actor } from './op.ts';

const ada = { id: 'ada', name: 'Ada', role: 'admin' } as Actor;
const bot = { id: 'b', seq: 3, name: 'Robin', greeting: 'Hi', sites: [], createdAt: 0, availability: { on: false, by: null, at: 0 },
  handoff: { enabled: true, mode: 'both', offlineMessage: '', agentLabel: '', keepOn: false } } as unknown as Bot;
const member = { id: 'm', seq: 4, name: 'Mia', role: 'agent', revokedAt: null } as unknown as Member;
const workspace = { id: 'w', seq: 1, name: 'Shop', agentsMaySwitch: true, waitingTooLongMs: 1_000, claimIdleMs: 0, reopenWithinMs: 0, archiveAfterMs: 0 } as unknown as Workspace;
const before: SettingsRows = { bots: [bot], members: [member], workspace };
const none: SettingsRows = { bots: [], members: [], workspace: null };

test('an entry holds only what differs, of before and after', () => {
  expect(auditOfSettings(ada, 'bot.save', before, { ...none, bots: [{ ...bot, handoff: { ...bot.handoff, mode: 'auto' } }] }))
    .toEqual([{ by: { id: 'ada', name: 'Ada' }, what: 'bot.save', target: 'b', before: { mode: 'both' }, after: { mode: 'auto' } }]);
  expect(auditOfSettings(ada, 'workspace.save', before, { ...none, workspace: { ...workspace, deleteAfterMs: 86_400_000 } }))
    .toMatchObject([{ target: null, before: { deleteAfterMs: null }, after: { deleteAfterMs: 86_400_000 } }]);
  expect(auditOfSettings(ada, 'availability.set', before, { ...none, bots: [{ ...bot, availability: { on: true, by: null, at: 9 } }] }))
    .toMatchObject([{ before: { available: false }, after: { available: true } }]);
  expect(auditOfSettings(ada, 'member.revoke', before, { ...none, members: [{ ...member, revokedAt: 9 }] })).toMatchObject([{ before: { revoked: false }, after: { revoked: true } }]);
});
test('something new has no before; what changes nothing leaves no entry', () => {
  expect(auditOfSettings(ada, 'member.add', { ...before, members: [] }, { ...none, members: [member] })).toMatchObject([{ target: 'm', before: null, after: { name: 'Mia', role: 'agent' } }]);
  expect(auditOfSettings(ada, 'member.role', before, { ...none, members: [{ ...member }] })).toEqual([]);
});
test('no e-mail address gets into an entry, whichever field it was typed into', () => {
  const secret = { ...bot, greeting: 'Write to ana@example.com, or <bo@example.org>!', handoff: { ...bot.handoff, offlineMessage: 'mail:help@shop.example' } };
  const text = JSON.stringify(auditOfSettings({ ...ada, name: 'Ada <ada@example.com>' }, 'bot.save', before, { ...none, bots: [secret] }));
  expect(text).not.toContain('@');
  expect(text).toContain('(e-mail)');
});
test('a deletion says how much went, never what', () => {
  expect(auditOfDeletion(null, null, { conversations: 2, messages: 9, visitors: 1 }))
    .toEqual({ by: { id: 'system', name: 'Baton' }, what: 'retention', target: null, before: { conversations: 2, messages: 9, visitors: 1 }, after: null });
});
