import { expect, test } from 'vitest';
import { Message } from '#lib/protocol/message.ts';
import { DEFAULT_OFFLINE_MESSAGE, type BotSettings } from '#lib/protocol/settings.ts';
import { VisitorBot, VisitorConversation } from '#lib/protocol/visitor.ts';
import { PREVIEW_STATES, cannotHappen, previewModel } from './preview-model.ts';

const settings = (handoff: Partial<BotSettings['handoff']> = {}): BotSettings => ({ name: 'Shop', greeting: 'Hi', sites: [],
  handoff: { enabled: true, mode: 'both', offlineMessage: '', agentLabel: '', keepOn: false, ...handoff } });
const textOf = (state: (typeof PREVIEW_STATES)[number], handoff: Partial<BotSettings['handoff']> = {}) => JSON.stringify(previewModel(state, settings(handoff), 180_000, 1_000_000).messages);

test('each state is something the companion could send', () => {
  for (const state of PREVIEW_STATES) {
    const { bot, conversation, messages } = previewModel(state, settings(), 180_000, 1_000_000);
    VisitorBot.parse(bot);
    VisitorConversation.parse(conversation);
    for (const message of messages) Message.parse(message);
  }
});
test('unsaved words show at once, and the defaults where there are none', () => {
  expect(textOf('offline', { offlineMessage: 'Back at nine' })).toContain('Back at nine');
  expect(textOf('offline')).toContain(DEFAULT_OFFLINE_MESSAGE);
  expect(textOf('agent', { agentLabel: 'Sarah from Support' })).toContain('Sarah from Support');
  expect(textOf('agent')).toContain('Support Agent');
});
test('a picture that cannot happen says so', () => {
  expect(cannotHappen('offer', settings({ mode: 'button' }))).toMatch('no offers');
  expect(cannotHappen('waiting', settings({ enabled: false }))).toMatch('handoff off');
  expect(cannotHappen('answer', settings({ enabled: false }))).toBeNull();
});
