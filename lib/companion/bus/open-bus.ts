import type { Config } from '../config.ts';
import type { Bus } from './bus.ts';
import { createLocalBus } from './local.ts';

/** NATS when it is configured, else PostgreSQL's NOTIFY between nodes that share one, else within this process. */
export async function openBus({ databaseUrl, natsUrl }: Pick<Config, 'databaseUrl' | 'natsUrl'>, onError: (error: unknown) => void): Promise<Bus> {
  if (natsUrl) return (await import('./nats.ts')).createNatsBus({ url: natsUrl, onError });
  if (databaseUrl) return (await import('./postgres.ts')).createPostgresBus({ url: databaseUrl, onError });
  return createLocalBus(onError);
}
