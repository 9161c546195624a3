import { expect, test } from 'vitest';
import { startOwnNats } from '../../../tests/support/nats.ts';
import { WORKSPACE_ID } from '../workspace.ts';
import { createNatsBus } from './nats.ts';

test('a NATS that wants a name and a password takes them from the address', async () => {
  const nats = await startOwnNats(undefined, ['--user', 'baton', '--pass', 'p@ss:word']);
  const errors: unknown[] = [];
  const open = () => createNatsBus({ url: nats.url.replace('://', `://baton:${encodeURIComponent('p@ss:word')}@`), onError: (error) => errors.push(error) });
  const [one, other] = [open(), open()];
  const heard: number[] = [];
  other.subscribe(WORKSPACE_ID, (hint) => { if (hint.kind === 'bell') heard.push(hint.to); });
  // Hints may be lost while it connects, so one is enough.
  await expect.poll(() => { one.publish({ kind: 'bell', workspaceId: WORKSPACE_ID, to: 7 }); return heard.includes(7); }, { timeout: 10_000 }).toBe(true);
  expect(errors).toEqual([]);
  await Promise.all([one.close(), other.close()]);
  await nats.close();
});
