import type { Chance } from './chance.ts';

type Frame = { type: string; [more: string]: unknown };
const bot = { id: 'b', name: 'Robin', greeting: 'Hello', waitingTooLongMs: 180_000, handoff: { enabled: true, mode: 'both', agentLabel: 'Sarah', offlineMessage: 'Off', available: true } };
const view = { status: 'escalated', floor: 'team', messageSeq: 3, agentLabel: null, waiting: { since: 1, place: 1 }, offline: false, email: null };

function message(chance: Chance, at: number): object {
  const common = { id: `m${at}`, conversationId: 'c', index: at, seq: at, at: 1 };
  const happened = [{ type: 'queued' }, { type: 'offline', text: 'Off' }, { type: 'joined', label: 'Sarah' }, { type: 'left', label: 'Sarah' }, { type: 'returned', by: 'agent' }, { type: 'resolved' }, { type: 'reopened' }, { type: 'email', email: 'a@b.example' }];
  const authors = [{ kind: 'visitor' }, { kind: 'bot', name: 'Robin' }, { kind: 'agent', id: 'a', name: 'Sam', label: 'Sarah' }];
  if (chance.oneIn(3)) return { ...common, kind: 'happened', what: chance.pick(happened) };
  return { ...common, kind: 'said', author: chance.pick(authors), text: 'https://shop.example hello', ...(chance.oneIn(3) ? { sources: [{ id: 'k', title: 'Shipping' }], offer: { reason: 'miss', answer: null }, feedback: 'up' } : {}) };
}

/** A frame that the companion might really send to a visitor. */
export function visitorDownFrame(chance: Chance): Frame {
  const from = chance.below(30);
  const messages = Array.from({ length: chance.below(3) }, (_, at) => message(chance, from + 1 + at));
  return chance.pick<Frame>([{ type: 'welcome', version: 1, serverTime: 1, bot, conversation: chance.oneIn(2) ? null : view, messages }, { type: 'messages', from, to: from + messages.length, messages }, { type: 'messages', from: 0, to: 60, messages },
    { type: 'conversation', conversation: view }, { type: 'bot', bot }, { type: 'ack', id: 'a', ok: true, message: message(chance, 1) }, { type: 'nack', id: 'a', refusal: { code: 'too_long', message: 'No' } },
    { type: 'delta', id: 'd', text: 'grows' }, { type: 'typing', by: 'bot', on: true }, { type: 'pong', messageSeq: 4, serverTime: 1 }, { type: 'drain', retryAfterMs: 500 }]);
}

const botRow = { id: 'b', seq: 2, name: 'Robin', greeting: 'Hi', sites: ['*'], handoff: { enabled: true, mode: 'both', offlineMessage: '', agentLabel: '', keepOn: false }, availability: { on: true, by: null, at: 1 }, createdAt: 1 };
const member = { id: 'a', seq: 3, name: 'Sam', role: 'agent', revokedAt: null };
const workspace = { id: 'w', seq: 4, name: 'W', agentsMaySwitch: true, waitingTooLongMs: 180_000, claimIdleMs: 0, reopenWithinMs: 0, archiveAfterMs: 0 };
const meter = { evidence: 0, misses: 0, reasons: [], cooldown: 0, offers: 0, bar: 1, armed: true, offer: null, clarified: false };
const conversation = (id: string, seq: number): object => ({ id, seq, botId: 'b', channel: 'widget', visitor: { id: 'v', name: 'Visitor V', language: 'en' }, page: { url: 'https://shop.example', title: 'Shop' }, status: 'escalated', floor: 'team', claim: null,
  escalation: { trigger: 'button', reasons: [{ code: 'button' }], at: 1, index: 1, shown: 'queued' }, email: null, createdAt: 1, lastAt: seq, messageCount: 1, messageSeq: 1, team: [], last: { by: 'visitor', text: 'hello', at: 1 }, resolvedAt: null, resolvedBy: null, detectFrom: 0, meter, owed: null });
export const ROWS = [{ kind: 'bot', row: botRow }, { kind: 'member', row: member }, { kind: 'workspace', row: workspace }, { kind: 'conversation', row: conversation('c', 5) }, { kind: 'conversation', row: conversation('d', 6) },
  { kind: 'note', row: { id: 'n', conversationId: 'c', seq: 7, at: 1, by: null, text: 'note' } }] as const;
export const WELCOME = { type: 'welcome', version: 1, epoch: 'e', head: 7, serverTime: 1, self: member, workspaceName: 'W' };

/** A frame that the companion might really send to an agent. */
export function agentDownFrame(chance: Chance): Frame {
  const from = chance.below(10);
  return chance.pick<Frame>([WELCOME, { type: 'feed', from, to: from + 3, rows: [chance.pick(ROWS), chance.pick(ROWS)] }, { type: 'feed', from: 0, to: 7, rows: [...ROWS], reset: true }, { type: 'feed', from: 0, to: 3, rows: [chance.pick(ROWS)], reset: true, more: true },
    { type: 'messages', conversationId: 'c', from, to: from + 1, messages: [message(chance, from + 1)] }, { type: 'ack', id: 'x', message: message(chance, 3) }, { type: 'ack', id: 'x', result: { code: 'ABCD-EFGH' } }, { type: 'nack', id: 'x', refusal: { code: 'held', message: 'Held', count: 3 } },
    { type: 'presence', presence: { connected: [{ memberId: 'a', name: 'Sam' }], unreachable: ['b'] } }, { type: 'typing', conversationId: 'c', by: 'V', who: 'visitor', on: true }, { type: 'pong', head: 7, serverTime: 1 }, { type: 'error', code: 'malformed', message: 'No' }]);
}
