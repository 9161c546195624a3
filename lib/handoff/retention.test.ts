import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY } from '#lib/base/time.ts';
import { STATUSES } from '#lib/protocol/conversation.ts';
import { isPastRetention } from './retention.ts';

test('retention never deletes an open or escalated conversation, nor one younger than it says, nor any while it is never', () => {
  fc.assert(fc.property(fc.constantFrom(...STATUSES), fc.integer({ min: 0, max: 4_000 * DAY }), fc.constantFrom(undefined, 0, DAY, 30 * DAY, 3_650 * DAY), (status, age, deleteAfterMs) => {
    const goes = isPastRetention({ status, lastAt: 1_000 }, deleteAfterMs === undefined ? {} : { deleteAfterMs }, 1_000 + age);
    const isFinished = status === 'resolved' || status === 'archived';
    expect(goes).toBe(isFinished && Boolean(deleteAfterMs) && age >= (deleteAfterMs ?? 0));
  }), { numRuns: 2_000 });
});
