import { startTestCompanion, type TestCompanion } from './companion.ts';
import { startOwnNats } from './nats.ts';
import { startPostgres } from './postgres.ts';

export interface TestCluster {
  nodes: [TestCompanion, TestCompanion];
  /** The environment of a further node. */
  env: NodeJS.ProcessEnv;
  /** Ends the bus: hints are lost from here on. */
  cutBus(): Promise<void>;
  close(): Promise<void>;
}

/** Two companions on one PostgreSQL, which hear of each other by its NOTIFY or by NATS. The first one seeds the demo. */
export async function startTestCluster(bus: 'postgres' | 'nats', more: NodeJS.ProcessEnv = {}): Promise<TestCluster> {
  const postgres = await startPostgres();
  const nats = bus === 'nats' ? await startOwnNats() : null;
  const env = { DEMO: '1', DATABASE_URL: postgres.url, NATS_URL: nats?.url ?? '', ...more };
  const first = await startTestCompanion(env);
  const second = await startTestCompanion(env);
  return {
    nodes: [first, second], env,
    async cutBus() { await nats?.close(); },
    async close() {
      await Promise.all([first.close(), second.close()]);
      await nats?.close();
      await postgres.close();
    },
  };
}
