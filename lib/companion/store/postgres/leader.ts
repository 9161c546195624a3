import type { Client } from 'pg';
import { connect } from './connect.ts';

/** Any number that is ours, beside the migration's. */
const LOCK = 8_787_002;

/** Leadership is an advisory lock of a session: it ends with the connection, however the node ends. */
export function createLeader(url: string, report: (error: unknown) => void): { leads(): Promise<boolean>; close(): Promise<void> } {
  let client: Promise<Client> | null = null;
  let holds = false;
  const drop = async (): Promise<void> => {
    const old = client;
    client = null;
    holds = false;
    await old?.then((one) => one.end()).catch(report);
  };
  return {
    close: drop,
    async leads() {
      try {
        client ??= connect(url, 'leader', () => { client = null; holds = false; });
        const { rows } = await (await client).query<{ got: boolean }>(holds ? 'select true as got' : `select pg_try_advisory_lock(${LOCK}) as got`);
        // While it was asked the connection may have gone, and the lock with it.
        holds = client !== null && rows[0]?.got === true;
        return holds;
      } catch (error) {
        report(error);
        await drop();
        return false;
      }
    },
  };
}
