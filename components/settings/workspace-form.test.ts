import { expect, test } from 'vitest';
import { readWorkspace } from './workspace-form.tsx';

const settings = { name: 'Shop', agentsMaySwitch: true, waitingTooLongMs: 180_000, claimIdleMs: 300_001, reopenWithinMs: 1_800_000, archiveAfterMs: 2_592_000_000 };
const typed = { name: 'Shop', agentsMaySwitch: true, waitingTooLongMs: '3', claimIdleMs: '5', reopenWithinMs: '30', archiveAfterMs: '30' };

test('a field left alone keeps its exact value, a changed one is read', () => {
  expect(readWorkspace(typed, settings)).toEqual({ settings, errors: {} });
  expect(readWorkspace({ ...typed, waitingTooLongMs: '4', archiveAfterMs: '0' }, settings).settings).toMatchObject({ waitingTooLongMs: 240_000, archiveAfterMs: 0, claimIdleMs: 300_001 });
});
test('what cannot be is said at its field', () => {
  expect(Object.keys(readWorkspace({ ...typed, name: ' ', waitingTooLongMs: '0', claimIdleMs: 'x' }, settings).errors)).toEqual(['name', 'waitingTooLongMs', 'claimIdleMs']);
});
