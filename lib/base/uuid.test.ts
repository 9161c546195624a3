import { expect, test } from 'vitest';
import { uuid } from './uuid.ts';

test('an id is a version 7 UUID', () => {
  expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('ids made later sort later', () => {
  expect(uuid(1_700_000_000_000) < uuid(1_700_000_000_001)).toBe(true);
  expect(uuid(1_700_000_000_000).startsWith('018bcfe5-6800-7')).toBe(true);
});

test('ten thousand ids of one millisecond differ', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => uuid(1))).size).toBe(10_000);
});
