import { describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#lib/protocol/ids.ts';
import type { Commit } from '../store/store.ts';
import type { Bus } from './bus.ts';
import { createLocalBus } from './local.ts';

/** Every implementation of the port; `errors` collects what listeners threw. */
const BUSES: Record<string, (errors: unknown[]) => Bus> = { local: (errors) => createLocalBus((error) => errors.push(error)) };
const [SHOP, OTHER] = ['shop', 'other'] as [WorkspaceId, WorkspaceId];
const commit = (to: number, workspaceId = SHOP): Commit => ({ workspaceId, from: to - 1, to, rows: [], stream: null });

/** A listener that keeps what it hears, and can be waited for. */
function ear(bus: Bus, workspaceId = SHOP) {
  const heard: number[] = [];
  const waiting: { to: number; resolve: () => void }[] = [];
  const stop = bus.subscribe(workspaceId, ({ to }) => {
    heard.push(to);
    for (const one of waiting) if (one.to === to) one.resolve();
  });
  return { heard, stop, until: (to: number): Promise<void> => (heard.includes(to) ? Promise.resolve() : new Promise((resolve) => waiting.push({ to, resolve }))) };
}

for (const [name, create] of Object.entries(BUSES)) {
  describe(`the ${name} bus`, () => {
    test('everybody who subscribed to a workspace hears its commits, and nobody else', async () => {
      const bus = create([]);
      const [one, two, elsewhere] = [ear(bus), ear(bus), ear(bus, OTHER)];
      for (const to of [1, 2, 3]) bus.publish(commit(to));
      bus.publish(commit(9, OTHER));
      await Promise.all([one.until(3), two.until(3), elsewhere.until(9)]);
      expect([one.heard, two.heard, elsewhere.heard]).toEqual([[1, 2, 3], [1, 2, 3], [9]]);
      await bus.close();
    });

    test('who stopped hears no more, the others do; stopping twice is once', async () => {
      const bus = create([]);
      const [one, two] = [ear(bus), ear(bus)];
      one.stop();
      one.stop();
      bus.publish(commit(1));
      await two.until(1);
      expect(one.heard).toEqual([]);
      await bus.close();
    });

    test('a listener that throws is reported and keeps nobody from hearing', async () => {
      const errors: unknown[] = [];
      const bus = create(errors);
      bus.subscribe(SHOP, () => { throw new Error('deaf'); });
      const two = ear(bus);
      bus.publish(commit(1));
      await two.until(1);
      expect(errors).toMatchObject([{ message: 'deaf' }]);
      await bus.close();
    });
  });
}
