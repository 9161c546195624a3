import { expect, test } from 'vitest';
import type { Message } from '#lib/protocol/message.ts';
import { happened, said } from '../../tests/gallery/fixture.ts';
import { lessonOf } from './teach.ts';

const BOT = { kind: 'bot', name: 'Robin' } as const;
const AGENT = { kind: 'agent', id: 'a', name: 'Sam', label: 'Support Agent' } as Extract<Message, { kind: 'said' }>['author'];
const VISITOR = { kind: 'visitor' } as const;
const told = (...of: ([typeof AGENT, string] | Parameters<typeof happened>[0])[]): Message[] =>
  of.map((one, at) => ({ ...(Array.isArray(one) ? said(one[0], one[1]) : happened(one)), index: at + 1 }));

test('the longest reply of an agent and the question it follows', () => {
  expect(lessonOf(told([VISITOR, 'Do you lend skis?'], [BOT, 'I do not know.'], [VISITOR, 'a human please'], { type: 'joined', label: 'Support Agent' }, [AGENT, 'Hi, let me look.'], [AGENT, 'Yes, from the Oslo shop, 20 euros a day.'], [VISITOR, 'Thanks, that is really great!'], { type: 'resolved' })))
    .toEqual({ question: 'Do you lend skis?', answer: 'Yes, from the Oslo shop, 20 euros a day.' });
  expect(lessonOf(told([VISITOR, 'my tent pole broke on the second day'], [VISITOR, 'human'], [AGENT, 'We send a new one.']))?.question).toBe('my tent pole broke on the second day');
});
test('nothing to learn where no agent answered, or nobody asked; what was resolved before is over', () => {
  expect(lessonOf(told([VISITOR, 'Do you lend skis?'], [BOT, 'Yes.'], { type: 'resolved' }))).toBeNull();
  expect(lessonOf(told([AGENT, 'Hello there, can I help?']))).toBeNull();
  expect(lessonOf(told([VISITOR, 'Do you lend skis?'], [AGENT, 'Yes, from the Oslo shop, 20 euros a day.'], { type: 'resolved' }, { type: 'reopened' }, [VISITOR, 'And sleds?'], [AGENT, 'No.'], { type: 'resolved' }))).toEqual({ question: 'And sleds?', answer: 'No.' });
});
