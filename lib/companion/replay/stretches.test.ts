import { expect, test } from 'vitest';
import { decide } from '#lib/handoff/decide.ts';
import { freshMeter } from '#lib/handoff/meter.ts';
import type { Meter } from '#lib/protocol/conversation.ts';
import type { ConversationId, MessageId, MemberId } from '#lib/protocol/ids.ts';
import type { Author, Happening, Message, Said } from '#lib/protocol/message.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';
import { turnSignals } from '../bot/turn.ts';
import { stretchesOf } from './stretches.ts';

const ID = 'c' as ConversationId;
const HANDOFF = { enabled: true, mode: 'both' as const };
/** A transcript that grows; its clock moves by a second with each act. */
function transcript() {
  const messages: Message[] = [];
  const turns: TurnRecord[] = [];
  let meter: Meter = freshMeter();
  let at = 0;
  const add = (author: Author, text: string, more: Partial<Said> = {}): Said => {
    const index = messages.length + 1;
    const message: Said = { id: `m${index}` as MessageId, conversationId: ID, index, seq: index, at, kind: 'said', author, text, ...more };
    messages.push(message);
    return message;
  };
  const bot = (text: string, more: Partial<Said> = {}): Said => add({ kind: 'bot', name: 'Bean' }, text, more);
  return {
    messages, turns, bot,
    happened(what: Happening) { const index = messages.length + 1; messages.push({ id: `m${index}` as MessageId, conversationId: ID, index, seq: index, at, kind: 'happened', what }); },
    agent: (text: string) => { at += 1_000; add({ kind: 'agent', id: 'a' as MemberId, name: 'Sam', label: 'Sam' }, text); },
    /** A line for the team. */
    aside: (text: string) => { at += 1_000; return add({ kind: 'visitor' }, text); },
    /** A line the bot takes a turn on, and what it says. */
    line(text: string, reply: string, more: Partial<Said> = {}) {
      at += 1_000;
      const { index } = add({ kind: 'visitor' }, text);
      at += 1_000;
      const signals = turnSignals(text, messages, null, []);
      const decision = decide(meter, { type: 'turn', signals }, HANDOFF, at);
      turns.push({ conversationId: ID, index, at, signals, meter, handoff: HANDOFF, action: decision.action, reasons: decision.reasons, engine: 'embedded', degraded: false });
      meter = decision.meter;
      return bot(reply, more);
    },
    offered(answer: 'accepted' | 'declined' | 'lapsed' | null) {
      const offer = bot('A person?', { offer: { reason: 'miss', answer } });
      meter = { ...meter, offer: { messageId: offer.id, turnsLeft: 2, expiresAt: at + 600_000 } };
      return { gone: () => { meter = { ...meter, offer: null }; } };
    },
  };
}
const steps = ({ messages, turns }: ReturnType<typeof transcript>): string[] => stretchesOf(messages, turns).map((stretch) =>
  stretch.map((step) => (step.do === 'say' ? `${step.message.text} → ${step.reply?.text ?? ''}` : step.do === 'rate' ? step.value : step.accept ? 'yes' : 'no')).join(' | '));

test('lines the team answered are not the bot’s, and what comes after a return or a resolve is a stretch of its own', () => {
  const told = transcript();
  told.line('open?', 'nine');
  told.line('a human', '');
  told.happened({ type: 'queued' });
  told.aside('hello?');
  told.agent('hi');
  told.happened({ type: 'returned', by: 'agent' });
  told.line('closed?', 'five');
  told.happened({ type: 'joined', label: 'Sam' });
  told.aside('thanks');
  told.happened({ type: 'resolved' });
  told.line('again', 'yes');
  expect(steps(told)).toEqual(['open? → nine | a human → ', 'closed? → five', 'again → yes']);
});

test('nothing after the offline message is replayed: the visitor waits for the team', () => {
  const told = transcript();
  told.line('a human', 'x');
  told.happened({ type: 'offline', text: 'Back at nine.' });
  told.line('still there?', 'I am');
  expect(steps(told)).toEqual(['a human → x']);
});

test('a thumb follows the answer it was given', () => {
  const told = transcript();
  told.line('open?', 'nine', { feedback: 'down' });
  told.line('and now?', 'ten', { feedback: 'up' });
  expect(steps(told)).toEqual(['open? → nine | down | and now? → ten | up']);
});

test('an offer answered by its button is answered where it stood', () => {
  const told = transcript();
  told.line('tanks?', 'what?');
  told.offered('declined').gone();
  told.line('open?', 'nine');
  expect(steps(told)).toEqual(['tanks? → what? | no | open? → nine']);
  const later = transcript();
  later.line('tanks?', 'what?');
  later.offered('accepted');
  later.line('open?', 'nine');
  later.happened({ type: 'queued' });
  expect(steps(later)).toEqual(['tanks? → what? | open? → nine | yes']);
});

test.each([['yes please', 'accepted'], ['no thanks', 'declined'], ['open?', null], ['open?', 'lapsed']] as const)('an offer that “%s” answered in words, or nobody (%s), has no button pressed', (text, answer) => {
  const told = transcript();
  told.line('tanks?', 'what?');
  told.offered(answer);
  told.line(text, 'ok');
  expect(steps(told)).toEqual([`tanks? → what? | ${text} → ok`]);
});

test('a conversation without a turn of the bot is not replayed', () => {
  const told = transcript();
  told.happened({ type: 'queued' });
  told.aside('hello');
  expect(steps(told)).toEqual([]);
});
