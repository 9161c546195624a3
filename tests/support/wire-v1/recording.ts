import { readFileSync } from 'node:fs';

/** What a companion of protocol 1 said to an agent and to a visitor in one short conversation, as it was sent. Never edited. */
export const recorded = (to: 'agent' | 'visitor'): string[] => readFileSync(new URL(`${to}.ndjson`, import.meta.url), 'utf8').trim().split('\n');

/** What clients of protocol 1 say. Never edited. */
export const AGENT_SAYS = [
  { type: 'hello', version: 1, token: 'a'.repeat(43), cursor: null, workerId: 'w' },
  { type: 'hello', version: 1, token: 'a'.repeat(43), cursor: { epoch: 'e', seq: 7 }, workerId: 'w' },
  { type: 'sync', after: 7 }, { type: 'watch', conversationId: 'c', after: 0 }, { type: 'unwatch', conversationId: 'c' },
  { type: 'command', id: 'x', command: { type: 'message.send', conversationId: 'c', text: 'Hello', seen: 3, claim: true } },
  { type: 'command', id: 'x', command: { type: 'note.add', conversationId: 'c', text: 'Hello' } },
  { type: 'command', id: 'x', command: { type: 'conversation.resolve', conversationId: 'c' } },
  { type: 'command', id: 'x', command: { type: 'availability.set', botIds: null, on: false } },
  { type: 'command', id: 'x', command: { type: 'workspace.save', settings: { name: 'W', agentsMaySwitch: true, waitingTooLongMs: 180_000, claimIdleMs: 300_000, reopenWithinMs: 1_800_000, archiveAfterMs: 0 } } },
  { type: 'typing', conversationId: 'c', on: true }, { type: 'draft', conversationId: 'c' }, { type: 'applied', seq: 7, badge: '2', alerted: ['c'] }, { type: 'ping', seq: 7 },
];
export const VISITOR_SAYS = [
  { type: 'hello', version: 1, botId: 'b', visitor: { id: 'v', secret: 'a'.repeat(43) }, after: 0, channel: 'widget', page: null, language: 'en' },
  { type: 'message', id: 'x', text: 'Hello' }, { type: 'escalate', id: 'x' }, { type: 'fetch', after: 3 }, { type: 'typing', on: true }, { type: 'ping' },
];
