import { uuid } from '#lib/base/uuid.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import type { Role } from '#lib/protocol/settings.ts';
import type { Chance } from './chance.ts';
import { BOT, tokenOf } from './parts.ts';

type Frame = { type: string; [more: string]: unknown };
const settings = { name: 'Shop', greeting: 'Hi', sites: ['https://shop.example'], handoff: { enabled: true, mode: 'both', offlineMessage: 'Off', agentLabel: 'Sarah', keepOn: false } };

export const agentHello = (role: Role, epoch: string, seq: number): Frame => ({ type: 'hello', version: PROTOCOL_VERSION, token: tokenOf(role), cursor: { epoch, seq }, workerId: 'w' });

/** A frame that an agent's worker might really send. */
export function agentFrame(chance: Chance, conversationId: string): Frame {
  const plain = { conversationId };
  const command = (it: object): Frame => ({ type: 'command', id: uuid(), command: it });
  const of = (type: string): Frame => command({ type, ...plain });
  return chance.pick<() => Frame>([
    () => ({ type: 'sync', after: chance.below(50) }), () => ({ type: 'watch', ...plain, after: 0 }), () => ({ type: 'unwatch', ...plain }), () => ({ type: 'typing', ...plain, on: true }), () => ({ type: 'draft', ...plain }),
    () => ({ type: 'applied', seq: 3, badge: '1', alerted: [conversationId] }), () => ({ type: 'ping', seq: 3 }),
    () => command({ type: 'message.send', ...plain, text: 'hello', seen: 1, claim: true, force: false }), () => command({ type: 'note.add', ...plain, text: 'a note' }),
    () => of('conversation.claim'), () => of('conversation.release'), () => of('conversation.return'), () => of('conversation.resolve'), () => of('conversation.reopen'), () => of('conversation.archive'),
    () => command({ type: 'availability.set', botIds: [BOT], on: true }), () => command({ type: 'bot.add', botId: 'b2', name: 'Another' }), () => command({ type: 'bot.save', botId: BOT, baseSeq: 1, settings, force: true }),
    () => command({ type: 'workspace.save', settings: { name: 'W', agentsMaySwitch: true, waitingTooLongMs: 180_000, claimIdleMs: 0, reopenWithinMs: 0, archiveAfterMs: 0 } }),
    () => command({ type: 'member.add', memberId: 'other', name: 'Other', role: 'agent' }), () => command({ type: 'member.code', memberId: 'other' }), () => command({ type: 'member.role', memberId: 'other', role: 'lead' }), () => command({ type: 'member.revoke', memberId: 'other' }),
  ])();
}

export const visitorHello = (id: string, secret: string): Frame => ({ type: 'hello', version: PROTOCOL_VERSION, botId: BOT, visitor: { id, secret }, after: 2 ** 40, channel: 'widget', page: { url: 'https://shop.example/a', title: 'Shop' }, language: 'en' });

/** A frame that a widget might really send. */
export function visitorFrame(chance: Chance): Frame {
  const id = uuid();
  return chance.pick<Frame>([{ type: 'message', id, text: 'Where is my order?' }, { type: 'message', id, text: 'a person please' }, { type: 'escalate', id }, { type: 'offer', id, messageId: 'm', accept: true }, { type: 'back', id },
    { type: 'email', id, email: 'ana@example.com' }, { type: 'feedback', id, messageId: 'm', value: 'up' }, { type: 'fetch', after: 0 }, { type: 'typing', on: true }, { type: 'ping' }]);
}
