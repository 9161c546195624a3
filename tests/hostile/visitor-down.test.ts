import { expect, test } from 'vitest';
import { createLink } from '#lib/widget/link.ts';
import { runFamily } from './family.ts';
import { visitorDown } from './fuzz-visitor-down.ts';
import { RUNS, SEED } from './runs.ts';

test('of 50,000 hostile frames into the widget none throws, none blocks, and nothing that is no text reaches the screen', async () => {
  const { failures, accepted } = await runFamily(visitorDown(SEED), RUNS, SEED);
  expect(failures).toEqual([]);
  expect(accepted).toBeGreaterThan(1_000);
}, 300_000);

test('frames of a newer companion are left alone and counted; a message of a new kind is left out of its frame', () => {
  const heard: { type: string; messages?: unknown[] }[] = [];
  let say: (data: unknown) => void = () => undefined;
  class Wire { readyState = 1; set onmessage(handle: (event: { data: unknown }) => void) { say = (data) => handle({ data }); } send(): void { /* not looked at */ } close(): void { this.readyState = 3; } }
  const link = createLink('ws://companion.example', { opened: () => undefined, closed: () => undefined, isWaiting: () => true, frame: (frame) => heard.push(frame) }, Wire as unknown as typeof WebSocket);
  for (const data of ['{"type":"poll"}', '{', 'null', new ArrayBuffer(3), '{"type":"messages","from":0,"to":1}', '{"type":"constructor"}']) say(data);
  expect([heard, link.ignored()]).toEqual([[], 6]);
  const common = { conversationId: 'c', seq: 1, index: 1, at: 1 };
  say(JSON.stringify({ type: 'messages', from: 0, to: 2, messages: [{ ...common, id: 'p', kind: 'poll' }, { ...common, id: 'm', kind: 'said', author: { kind: 'visitor' }, text: 'hello' }] }));
  expect(heard[0]?.messages).toMatchObject([{ id: 'm' }]);
  link.close();
});
