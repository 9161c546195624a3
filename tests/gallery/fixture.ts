import { MINUTE, SECOND } from '#lib/base/time.ts';
import type { Conversation, Escalation } from '#lib/protocol/conversation.ts';
import type { BotId, CommandId, ConversationId, KnowledgeId, MemberId, MessageId, VisitorId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Author, Happening, Message, Note, Said } from '#lib/protocol/message.ts';
import type { PopupState } from '#lib/protocol/runtime.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { Pending } from '#components/thread/pending.ts';

/** A Tuesday afternoon; the gallery freezes its clock here so that pictures compare. */
export const NOW = Date.UTC(2026, 10, 17, 14, 5, 0);
export const SAM: Member = { id: 'm-sam' as MemberId, seq: 1, name: 'Sam', role: 'agent', revokedAt: null };
export const PRIYA: Member = { id: 'm-priya' as MemberId, seq: 2, name: 'Priya', role: 'lead', revokedAt: null };
const BOT = 'b-shop' as BotId;

export const WORKSPACE: Workspace = { id: 'w' as WorkspaceId, seq: 1, name: 'Northwind Shop', agentsMaySwitch: true, waitingTooLongMs: 180_000, claimIdleMs: 300_000, reopenWithinMs: 1_800_000, archiveAfterMs: 0 };
export const bot = (on: boolean, name = 'Shop bot', id: string = BOT): Bot => ({
  id: id as BotId, seq: 3, name, greeting: 'Hi!', sites: ['*'], createdAt: 0, availability: { on, by: { id: PRIYA.id, name: 'Priya' }, at: NOW - 300 * MINUTE },
  handoff: { enabled: true, mode: 'both', offlineMessage: '', agentLabel: 'Support Agent', keepOn: false },
});

export const escalated = (minutesAgo: number, change: Partial<Escalation> = {}): Escalation =>
  ({ trigger: 'button', reasons: [{ code: 'button' }], at: NOW - minutesAgo * MINUTE, index: 3, shown: 'queued', ...change });

export function conversation(name: string, text: string, change: Partial<Conversation> = {}): Conversation {
  return {
    id: `c-${name.replaceAll(' ', '-')}` as ConversationId, seq: 9, botId: BOT, channel: 'widget', visitor: { id: 'v' as VisitorId, name, language: 'en' },
    page: { url: 'https://shop.example/checkout/address', title: 'Checkout' }, status: 'open', floor: 'bot', claim: null, escalation: null, email: null,
    createdAt: NOW - 20 * MINUTE, lastAt: NOW - 2 * MINUTE, messageCount: 6, messageSeq: 9, team: [], last: { by: 'visitor', text, at: NOW - 2 * MINUTE },
    resolvedAt: null, resolvedBy: null, detectFrom: 0, owed: null,
    meter: { evidence: 0, misses: 0, reasons: [], cooldown: 0, offers: 0, bar: 1, armed: false, offer: null, clarified: false }, ...change,
  };
}
export const claimedBy = (member: Member): Pick<Conversation, 'status' | 'floor' | 'claim'> =>
  ({ status: 'escalated', floor: 'team', claim: { memberId: member.id, name: member.name, at: NOW - MINUTE, activeAt: NOW - MINUTE } });

export const ANA = conversation('Ana Ruiz', 'I was charged twice and the bot keeps sending me to the FAQ', {
  status: 'escalated', floor: 'team', escalation: escalated(6.2, { trigger: 'offer', reasons: [{ code: 'miss', count: 2 }] }) });
export const FOUR = conversation('Visitor 4F2', 'Can I change the delivery address after paying?', { status: 'escalated', floor: 'team', escalation: escalated(1.7) });
export const ROWS: Conversation[] = [
  ANA, FOUR, conversation('Jo', 'human please', { status: 'escalated', floor: 'team', escalation: escalated(0.4, { trigger: 'request', reasons: [{ code: 'request', evidence: 'human please' }] }) }),
  conversation('Mina Okafor-Lindqvist of the very long name', 'Thanks!', { ...claimedBy(SAM), escalation: escalated(9) }),
  conversation('Lee', 'Where is order 8812?', { ...claimedBy(PRIYA), escalation: escalated(12), last: { by: 'agent', text: 'Looking into it', at: NOW } }),
  conversation('Omar', 'Do you ship to Crete?', { status: 'escalated', email: { address: 'omar@example.org', at: NOW - 40 * MINUTE }, escalation: escalated(41, { shown: 'offline' }) }),
  conversation('Bea', 'ok great', { status: 'resolved' }), conversation('Tom', 'bye', { status: 'archived', last: null }), conversation('Kim', 'What are your hours?'),
];

let index = 0;
const common = () => { index += 1; return { id: `x${index}` as MessageId, conversationId: FOUR.id, index, seq: index, at: NOW - (20 - index) * MINUTE }; };
export const said = (author: Author, text: string, more: Partial<Said> = {}): Said => ({ ...common(), kind: 'said', author, text, ...more });
export const happened = (what: Happening): Message => ({ ...common(), kind: 'happened', what });
const VISITOR: Author = { kind: 'visitor' };
const SHOP_BOT: Author = { kind: 'bot', name: 'Shop bot' };
export const byAgent = (member: Member): Author => ({ kind: 'agent', id: member.id, name: member.name, label: 'Support Agent' });

export const MESSAGES: Message[] = [
  { ...said(VISITOR, 'Hello, my parcel never came'), at: NOW - 30 * 60 * MINUTE },
  said(VISITOR, 'Can I change the delivery address after paying?'),
  said(SHOP_BOT, 'You can edit your address under Account → Orders.', { sources: [{ id: 'k1' as KnowledgeId, title: 'Changing an order' }], feedback: 'down' }),
  said(VISITOR, 'There is no edit button\nand https://shop.example/a/very/long/link/that/does/not/break/anywhere/at/all/0123456789012345678901234567890123456789'),
  said(SHOP_BOT, "I'm not finding an answer. Would you like to talk to a person?", { offer: { reason: 'miss', answer: 'declined' } }),
  happened({ type: 'queued' }), happened({ type: 'joined', label: 'Support Agent' }),
  said(byAgent(PRIYA), 'Hi, let me look.'), said(byAgent(SAM), 'Hi, I can change it for you. What’s the new address?'),
  said(VISITOR, '<b>12 Elm Street</b>'),
];
export const NOTES: Note[] = [{ id: 'n1' as MessageId, conversationId: FOUR.id, seq: 50, at: NOW - 12.5 * MINUTE, by: { id: PRIYA.id, name: 'Priya' }, text: 'order 8812 not packed yet' },
  { id: 'n2' as MessageId, conversationId: FOUR.id, seq: 51, at: NOW - 12.4 * MINUTE, by: null, text: 'Released from Lee: no reply for 5 min.' }];
export const pending = (id: string, text: string, state: Pending['state'], change: Partial<Pending> = {}): Pending =>
  ({ id: id as CommandId, order: 1, at: NOW, command: { type: 'message.send', conversationId: FOUR.id, text, seen: 7 }, state, refusal: null, ...change });

export const POPUP: PopupState = {
  link: { name: 'online', since: 0 }, workspaceName: 'Northwind Shop', selfName: 'Sam', role: 'agent', clockOffset: 0, updatedAt: NOW - 30 * SECOND, companion: 'http://127.0.0.1:8787',
  availability: { value: 'on', by: 'Priya', at: NOW - 300 * MINUTE, maySwitch: true, unreachable: false, bots: [{ id: 'a', name: 'Shop bot', on: true }, { id: 'b', name: 'Help bot', on: false }] },
  waiting: [{ id: '1', name: 'Ana Ruiz', since: NOW - 6.2 * MINUTE, text: 'I was charged twice and the bot keeps…' }, { id: '2', name: 'Visitor 4F2', since: NOW - 1.7 * MINUTE, text: 'Can I change the delivery address' }],
  waitingCount: 2, mine: 1,
};
