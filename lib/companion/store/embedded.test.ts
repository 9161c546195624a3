import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeContract } from './contract.ts';
import { openEmbeddedStore } from './embedded.ts';

storeContract('the embedded store', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'baton-store-'));
  let store = await openEmbeddedStore({ dir });
  return {
    get store() { return store; },
    addWorkspace: (id) => store.ensureWorkspace({ id, name: 'Shop' }),
    async reopen() {
      await store.close();
      store = await openEmbeddedStore({ dir });
    },
    async destroy() {
      await store.close();
      rmSync(dir, { recursive: true });
    },
  };
});
