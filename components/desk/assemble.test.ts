import { expect, test } from 'vitest';
import { ANA, bot, conversation, NOW, ROWS, SAM, WORKSPACE } from '../../tests/gallery/fixture.ts';
import { NO_FILTER } from '#components/inbox/filter.ts';
import { assemble, type DeskSource } from './assemble.ts';
import type { View } from './model.ts';

const SOURCE: DeskSource = { link: { name: 'online', since: 0 }, clockOffset: 0, self: SAM, workspaceName: 'N', workspace: WORKSPACE, bots: [bot(true)], presence: null, storage: { trouble: null, unread: 0, restored: [] }, active: ROWS, latest: ROWS, found: null, moreHeld: false, open: null, undelivered: [] };
const ALL: View = { tab: 'all', filter: NO_FILTER, selectedId: null };

test('the newest state of a row wins, whether it came by the feed or from a search', () => {
  const list = assemble({ ...SOURCE, latest: [{ ...ANA, seq: 12, status: 'resolved' }], found: { rows: [{ ...ANA, seq: 11 }], more: false } }, ALL).list;
  expect(list.rows?.map((one) => one.status)).toEqual(['resolved']);
});
test('what the companion found by text stays, although the row does not hold that text', () => {
  const view: View = { ...ALL, filter: { ...NO_FILTER, text: 'elm street' } };
  expect(assemble({ ...SOURCE, found: { rows: [ANA], more: false } }, view).list.rows).toEqual([ANA]);
});
test('offline the cache is shown and called so', () => {
  expect(assemble({ ...SOURCE, link: { name: 'waiting', retryAt: NOW, reason: '' } }, ALL).list.source).toBe('cache');
});
test('held rows older than the last page wait for Load more', () => {
  const old = conversation('Old', 'x', { lastAt: NOW - 9e6 });
  const rows = (more: boolean) => assemble({ ...SOURCE, latest: [ANA, old], found: { rows: [ANA], more } }, ALL).list.rows;
  expect([rows(true)?.length, rows(false)?.length]).toEqual([1, 2]);
});
test('a conversation that only a search knows can be opened', () => {
  const open = { conversation: null, messages: [], notes: [], pending: [], drafts: { reply: '', note: '' }, typing: null, hasOlder: false, isDeleted: false };
  expect(assemble({ ...SOURCE, open, found: { rows: [ANA], more: false } }, { ...ALL, selectedId: ANA.id }).open?.conversation).toEqual(ANA);
  // Unless it was deleted since: then no answer from before may show it.
  const deleted = { ...open, isDeleted: true };
  expect(assemble({ ...SOURCE, open: deleted, found: { rows: [ANA], more: false } }, { ...ALL, selectedId: ANA.id }).open?.conversation).toBeNull();
});
