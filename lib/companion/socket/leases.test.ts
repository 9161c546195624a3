import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemberId } from '#lib/protocol/ids.ts';
import { createLeases } from './leases.ts';

const SAM = MemberId.parse('sam');
beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test('a member stays reachable for the lease after the last socket closed, and is open no more', () => {
  const leases = createLeases(() => undefined, 1_000);
  leases.take(SAM); leases.take(SAM); leases.drop(SAM, Date.now());
  expect(leases.open()).toEqual([SAM]);
  leases.drop(SAM, Date.now());
  vi.advanceTimersByTime(999);
  expect([leases.connected(), leases.open()]).toEqual([[SAM], []]);
  vi.advanceTimersByTime(1);
  expect(leases.connected()).toEqual([]);
});

test('of a socket that fell silent the lease runs from its last word, unless another one of theirs was heard later', () => {
  const leases = createLeases(() => undefined, 1_000);
  const began = Date.now();
  leases.take(SAM); leases.take(SAM);
  vi.advanceTimersByTime(300);
  leases.drop(SAM, Date.now() - 100);
  leases.drop(SAM, began);
  vi.advanceTimersByTime(899);
  expect(leases.connected()).toEqual([SAM]);
  vi.advanceTimersByTime(1);
  expect(leases.connected()).toEqual([]);
});

test('a revoked member has no grace', () => {
  const leases = createLeases(() => undefined, 1_000);
  leases.take(SAM); leases.end(SAM); leases.drop(SAM, Date.now());
  expect(leases.connected()).toEqual([]);
});

test('what was left of a lease elsewhere, or before a restart, counts for so long and no more', () => {
  const before = createLeases(() => undefined, 1_000);
  before.take(SAM);
  before.drop(SAM, Date.now());
  vi.advanceTimersByTime(400);
  const left = before.own();
  before.close();
  const changed = vi.fn();
  const after = createLeases(changed, 1_000);
  after.setOthers(left);
  expect([after.connected(), after.own()]).toEqual([[SAM], []]);
  vi.advanceTimersByTime(599);
  expect(after.connected()).toEqual([SAM]);
  vi.advanceTimersByTime(1);
  expect(after.connected()).toEqual([]);
  expect(changed).toHaveBeenCalledTimes(2);
});

test('a member with leases here and elsewhere is one member, reachable until the last of them ends; revoking ends all', () => {
  const leases = createLeases(() => undefined, 1_000);
  leases.take(SAM);
  leases.setOthers([{ memberId: SAM, leftMs: 500 }]);
  expect(leases.connected()).toEqual([SAM]);
  leases.setOthers([]);
  expect(leases.connected()).toEqual([SAM]);
  leases.setOthers([{ memberId: SAM, leftMs: 500 }]);
  leases.end(SAM);
  expect(leases.connected()).toEqual([]);
});
