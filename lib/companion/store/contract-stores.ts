import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestedStore } from './contract-world.ts';
import { openEmbeddedStore } from './embedded.ts';

/** Every implementation of the port, empty: each must pass contract.test.ts and histories.test.ts. */
export const STORES: Record<string, () => Promise<{ store: TestedStore; dispose(): Promise<void> }>> = {
  async embedded() {
    const dir = mkdtempSync(join(tmpdir(), 'baton-store-'));
    const store = await openEmbeddedStore({ dir });
    return { store, dispose: async () => { await store.close(); rmSync(dir, { recursive: true }); } };
  },
};
