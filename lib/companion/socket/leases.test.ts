import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemberId } from '#lib/protocol/ids.ts';
import { createLeases } from './leases.ts';

const SAM = MemberId.parse('sam');
beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test('a member stays reachable for the lease after the last socket closed, and is open no more', () => {
  const leases = createLeases(() => undefined, 1_000);
  leases.take(SAM); leases.take(SAM); leases.drop(SAM);
  expect(leases.open()).toEqual([SAM]);
  leases.drop(SAM);
  vi.advanceTimersByTime(999);
  expect([leases.connected(), leases.open()]).toEqual([[SAM], []]);
  vi.advanceTimersByTime(1);
  expect(leases.connected()).toEqual([]);
});

test('a revoked member has no grace', () => {
  const leases = createLeases(() => undefined, 1_000);
  leases.take(SAM); leases.end(SAM); leases.drop(SAM);
  expect(leases.connected()).toEqual([]);
});

test('a restart keeps what was left of a lease, and no more', () => {
  const before = createLeases(() => undefined, 1_000);
  before.take(SAM);
  const kept = before.kept(Date.now());
  before.close();
  vi.advanceTimersByTime(400);
  const changed = vi.fn();
  const after = createLeases(changed, 1_000);
  after.restore(kept, Date.now());
  expect(after.connected()).toEqual([SAM]);
  vi.advanceTimersByTime(599);
  expect(after.connected()).toEqual([SAM]);
  vi.advanceTimersByTime(1);
  expect(after.connected()).toEqual([]);
  expect(changed).toHaveBeenCalledTimes(2);
});
