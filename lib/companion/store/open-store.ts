import type { Config } from '../config.ts';
import type { Store } from './store.ts';

/**
 * PostgreSQL when the configuration names one, else the data folder. Only the one that is used is loaded.
 * @param report faults that were survived
 * @throws DatabaseUnusableError, DataFolderInUseError, DataFolderDamagedError: each says what to do
 */
export async function openStore({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>, report: (error: unknown) => void): Promise<Store> {
  if (databaseUrl) return await (await import('./postgres/store.ts')).openPostgresStore({ url: databaseUrl, report });
  return await (await import('./embedded.ts')).openEmbeddedStore({ dir: dataDir });
}
