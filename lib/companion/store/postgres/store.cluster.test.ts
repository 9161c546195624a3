import { startPostgres } from '../../../../tests/support/postgres.ts';
import { storeContract } from '../contract.ts';
import { openPostgresStore } from './store.ts';

storeContract('the PostgreSQL store', async () => {
  const postgres = await startPostgres();
  const open = () => openPostgresStore({ url: postgres.url, report: (error) => { throw error; } });
  let store = await open();
  return {
    get store() { return store; },
    addWorkspace: (id) => store.ensureWorkspace({ id, name: 'Shop' }),
    async reopen() {
      await store.close();
      store = await open();
    },
    async destroy() {
      await store.close();
      await postgres.close();
    },
  };
});
