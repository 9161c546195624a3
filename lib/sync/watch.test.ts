import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { openDatabase } from '#lib/db/schema.ts';
import type { AgentUp } from '#lib/protocol/agent.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import { ConversationId } from '#lib/protocol/ids.ts';
import { createWatch } from './watch.ts';

function start() {
  const db = openDatabase(uuid());
  const said: string[] = [];
  const watch = createWatch(db, (frame: AgentUp) => said.push(frame.type === 'watch' ? `watch ${frame.conversationId} ${frame.after}` : `unwatch ${'conversationId' in frame ? frame.conversationId : ''}`) > 0);
  const put = (id: string, change: object = {}) => db.conversation.put({ id, seq: 1, botId: 'b', lastAt: 1, status: 'escalated', claim: null, messageSeq: 0, ...change } as unknown as Conversation);
  const heard = (): string[] => said.splice(0);
  return { db, watch, put, heard };
}
const id = (text: string) => ConversationId.parse(text);

test('waiting ones and one\'s own are streamed; a colleague\'s and the bot\'s are not', async () => {
  const { db, watch, put, heard } = start();
  await db.meta.put({ key: 'self', member: { id: 'me' }, workspaceName: '', companion: '' } as never);
  await put('waiting');
  await put('mine', { claim: { memberId: 'me' } });
  await put('theirs', { claim: { memberId: 'other' } });
  await put('open', { status: 'open' });
  await watch.refresh();
  expect(heard().toSorted()).toEqual(['watch mine 0', 'watch waiting 0']);
  await put('waiting', { claim: { memberId: 'other' } });
  await watch.refresh();
  expect(heard()).toEqual(['unwatch waiting']);
});

test('what a page shows is streamed from where its messages are held, until no page shows it', async () => {
  const { db, watch, put, heard } = start();
  await put('open', { status: 'open', messageSeq: 7 });
  await db.stream.put({ conversationId: id('open'), seq: 7 });
  await watch.view('page one', id('open'));
  await watch.view('page two', id('open'));
  expect(heard()).toEqual(['watch open 7']);
  expect(watch.isViewed(id('open'))).toBe(true);
  await watch.view('page one', null);
  expect([watch.isViewed(id('open')), heard()]).toEqual([true, []]);
  await watch.view('page two', null);
  expect([watch.isViewed(id('open')), heard()]).toEqual([false, ['unwatch open']]);
});

test('messages that were missed are asked for as soon as the row tells of them', async () => {
  const { db, watch, put, heard } = start();
  await put('c');
  await watch.refresh();
  expect(heard()).toEqual(['watch c 0']);
  await db.stream.put({ conversationId: id('c'), seq: 4 });
  await put('c', { messageSeq: 9 });
  await watch.refresh();
  expect(heard()).toEqual(['watch c 4']);
});

test('a new socket is told all of it again', async () => {
  const { watch, put, heard } = start();
  await put('c');
  await watch.refresh();
  heard();
  await watch.reconnected();
  expect(heard()).toEqual(['watch c 0']);
});
