import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { addMember, connectRole, connectVisitor, type AgentClient, type VisitorClient } from '../support/socket-client.ts';

let companion: TestCompanion;
let admin: AgentClient;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  admin = await connectRole(companion, 'admin');
});
afterAll(() => companion?.close());

/** A visitor whose conversation has one of everything, and all ids in it. */
async function richConversation(): Promise<{ owner: VisitorClient; sam: AgentClient & { memberId: string }; ids: string[]; conversationId: string }> {
  const [owner, sam] = [await connectVisitor(companion.url), await addMember(companion.url, admin, `Sam ${uuid().slice(0, 6)}`, 'agent')];
  const [messageId, escalateId, claimId, noteId, replyId] = [uuid(), uuid(), uuid(), uuid(), uuid()];
  await owner.say('My order is 4711', messageId);
  await owner.act({ type: 'escalate', id: escalateId });
  const { id: conversationId } = await sam.conversation(owner, (row) => row.status === 'escalated');
  await sam.command({ type: 'conversation.claim', conversationId }, claimId);
  await sam.command({ type: 'note.add', conversationId, text: 'VIP, order 4711' }, noteId);
  await sam.command({ type: 'message.send', conversationId, text: 'Order 4711 is on its way', seen: 99 }, replyId);
  await owner.until('the reply', () => owner.lines().some(({ id }) => id === replyId));
  const { seq } = await sam.conversation(owner, (row) => row.messageCount === owner.lines().length);
  await admin.conversation(owner, (row) => row.seq >= seq);
  const ids = [...new Set([messageId, escalateId, claimId, noteId, replyId, conversationId, sam.memberId, owner.id, 'pinewood', ...owner.lines().map(({ id }) => id)])];
  return { owner, sam, ids, conversationId };
}
async function stateOf(owner: VisitorClient): Promise<string> {
  const { id, seq } = await admin.conversation(owner);
  return JSON.stringify([seq, owner.lines(), [...admin.rows.values()].filter((one) => one.kind === 'note' && one.row.conversationId === id)]);
}

test('another visitor replays every id of a conversation in every frame: nothing of it is shown or changed', async () => {
  const { owner, ids } = await richConversation();
  const before = await stateOf(owner);
  const thief = await connectVisitor(companion.url);
  await thief.say('I am somebody else');
  for (const id of ids) {
    await thief.act({ type: 'message', id, text: 'My order is 4711' });
    await thief.act({ type: 'message', id, text: 'Order 4711 is on its way' });
    for (const type of ['escalate', 'back'] as const) await thief.act({ type, id });
    await thief.act({ type: 'email', id, email: 'thief@example.com' });
    await thief.act({ type: 'offer', messageId: id, accept: true });
    for (const value of ['up', 'down']) await thief.act({ type: 'feedback', messageId: id, value });
  }
  thief.send({ type: 'fetch', after: 0 });
  await thief.next('everything of the thief’s own', (frame) => frame.type === 'messages' && frame.from === 0);
  const own = new Set(thief.lines().map((line) => (line.kind === 'said' ? line.text : '')));
  // Words the thief wrote come back to the thief; the owner's conversation, its agent and its notes do not.
  expect(thief.raw.join('\n')).not.toContain('VIP');
  expect(thief.lines().some((line) => line.kind === 'said' && line.author.kind === 'agent')).toBe(false);
  expect(own.has('I am somebody else')).toBe(true);
  expect(await stateOf(owner)).toBe(before);
});

test('the same visitor id at another bot, or with another secret, is another visitor', async () => {
  const { owner } = await richConversation();
  const botId = uuid();
  await admin.command({ type: 'bot.add', botId, name: 'Second' });
  await admin.until('the bot', () => admin.rows.get(botId));
  const elsewhere = await connectVisitor(companion.url, { id: owner.id, secret: owner.secret, botId });
  expect(elsewhere.lines()).toEqual([]);
  await expect(connectVisitor(companion.url, { id: owner.id })).rejects.toThrow('wrong_secret');
});

test('a colleague replays every id of an agent as theirs: the claim stays, nothing is written twice or over, and the owner is named', async () => {
  const { owner, ids, conversationId } = await richConversation();
  const mia = await addMember(companion.url, admin, 'Mia', 'agent');
  for (const id of ids) {
    for (const command of [
      { type: 'message.send', conversationId, text: 'Something else', seen: 99 }, { type: 'note.add', conversationId, text: 'Something else' },
      { type: 'conversation.release', conversationId }, { type: 'conversation.claim', conversationId },
      { type: 'member.revoke', memberId: id }, { type: 'bot.save', botId: id, baseSeq: 1, settings: { name: 'x', greeting: '', sites: [], handoff: { enabled: false, mode: 'both', offlineMessage: '', agentLabel: '', keepOn: false } } },
      { type: 'message.send', conversationId: id === conversationId ? 'none' : id, text: 'Elsewhere', seen: 0 },
    ]) {
      const answer = await mia.command(command, id);
      // Free ids may write in the team's shared inbox (a reply or note of one's own); what is here already may not be touched.
      if (answer.type === 'ack') expect(['message.send', 'note.add']).toContain(command.type);
      if (answer.type === 'nack' && command.type === 'conversation.claim') expect(['taken', 'id_reused']).toContain(answer.refusal.code);
    }
  }
  const row = await admin.conversation(owner);
  expect(row.claim?.name).toMatch(/^Sam/);
  const texts = owner.lines().map((line) => (line.kind === 'said' ? line.text : line.kind));
  for (const kept of ['My order is 4711', 'Order 4711 is on its way']) expect(texts.filter((text) => text === kept)).toHaveLength(1);
  expect([...admin.rows.values()].filter((one) => one.kind === 'note' && one.row.conversationId === conversationId && one.row.text === 'VIP, order 4711')).toHaveLength(1);
});
