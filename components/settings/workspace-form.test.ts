import { expect, test } from 'vitest';
import { readWorkspace } from './workspace-form.tsx';

const settings = { name: 'Shop', agentsMaySwitch: true, waitingTooLongMs: 180_000, claimIdleMs: 300_001, reopenWithinMs: 1_800_000, archiveAfterMs: 2_592_000_000 };
const typed = { name: 'Shop', agentsMaySwitch: true, waitingTooLongMs: '3', claimIdleMs: '5', reopenWithinMs: '30', archiveAfterMs: '30', deleteAfterMs: '0' };

test('a field left alone keeps its exact value, a changed one is read', () => {
  expect(readWorkspace(typed, settings)).toEqual({ settings, errors: {} });
  expect(readWorkspace({ ...typed, waitingTooLongMs: '4', archiveAfterMs: '0' }, settings).settings).toMatchObject({ waitingTooLongMs: 240_000, archiveAfterMs: 0, claimIdleMs: 300_001 });
});
test('what cannot be is said at its field', () => {
  expect(Object.keys(readWorkspace({ ...typed, name: ' ', waitingTooLongMs: '0', claimIdleMs: 'x' }, settings).errors)).toEqual(['name', 'waitingTooLongMs', 'claimIdleMs']);
});
test('deletion is never, or a day at least; left alone it is not sent at all, so that what is set stays', () => {
  const of = (deleteAfterMs: string) => readWorkspace({ ...typed, deleteAfterMs }, settings);
  expect('deleteAfterMs' in of('0').settings).toBe(false);
  expect(of('90').settings.deleteAfterMs).toBe(7_776_000_000);
  for (const bad of ['0.5', '-1', '', 'x', '4000']) expect(of(bad).errors.deleteAfterMs, bad).toBeTruthy();
  const set = { ...settings, deleteAfterMs: 7_776_000_000 };
  expect(readWorkspace({ ...typed, deleteAfterMs: '90' }, set).settings.deleteAfterMs).toBe(7_776_000_000);
  expect(readWorkspace({ ...typed, deleteAfterMs: '0' }, set)).toMatchObject({ settings: { deleteAfterMs: 0 }, errors: {} });
});
