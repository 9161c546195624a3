import { expect, test } from 'vitest';
import { NEW_BOT_HREF, botHref, playgroundHref, readRoute } from './route.ts';

test('an address leads back to what it was made for', () => {
  expect(readRoute(botHref('b-1', 'support'))).toEqual({ page: 'bot', botId: 'b-1', tab: 'support' });
  expect(readRoute('#/bots')).toEqual({ page: 'bots' });
  expect(readRoute(NEW_BOT_HREF)).toEqual({ page: 'new-bot' });
  expect(readRoute(playgroundHref('b/1'))).toEqual({ page: 'playground', botId: 'b/1' });
  expect(readRoute('#/playground')).toEqual({ page: 'playground', botId: null });
  expect(readRoute('#/bots/b1')).toEqual({ page: 'bot', botId: 'b1', tab: 'general' });
});
test('an unknown address leads to Connection', () => {
  expect(readRoute('')).toEqual({ page: 'connection' });
  expect(readRoute('#/bots/100%/x')).toEqual({ page: 'bot', botId: '100%', tab: 'general' });
  expect(readRoute('#/nowhere')).toEqual({ page: 'connection' });
});
