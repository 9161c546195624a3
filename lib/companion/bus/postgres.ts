import type { Client } from 'pg';
import { backoff } from '#lib/base/backoff.ts';
import { uuid } from '#lib/base/uuid.ts';
import { connect } from '../store/postgres/connect.ts';
import type { Bus, Hint } from './bus.ts';
import { createLocalBus } from './local.ts';
import { hintsFrom } from './wire.ts';

/** Doorbells of so many ms go out together: NOTIFY takes a lock of the whole server at commit. */
const TOGETHER_MS = 5;
/** PostgreSQL's limit for one payload is 8,000 bytes. */
const PAYLOAD_MAX = 7_900;
const CHANNEL = 'baton';

/** Hints over NOTIFY: of a commit only its seq travels, and whoever hears it reads the rows from the store. */
export function createPostgresBus({ url, onError }: { url: string; onError: (error: unknown) => void }): Bus {
  const local = createLocalBus(onError);
  const node = uuid();
  const bells = new Map<string, Extract<Hint, { kind: 'bell' }>>();
  let others: Hint[] = [];
  let timer: NodeJS.Timeout | null = null;
  let client: Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;

  const listen = async (attempt: number): Promise<void> => {
    try {
      const made = await connect(url, 'bus', () => {
        client = null;
        if (!closed) retry = setTimeout(() => void listen(0), backoff(0, Math.random()));
      });
      made.on('notification', ({ payload }) => { for (const hint of hintsFrom(payload ?? '', node)) local.publish(hint); });
      await made.query(`listen ${CHANNEL}`);
      if (closed) await made.end();
      else client = made;
    } catch (error) {
      onError(error);
      if (!closed) retry = setTimeout(() => void listen(attempt + 1), backoff(Math.min(attempt, 4), Math.random()));
    }
  };
  const notify = (hints: Hint[]): void => {
    const payload = JSON.stringify({ node, hints });
    if (Buffer.byteLength(payload) <= PAYLOAD_MAX) client?.query('select pg_notify($1, $2)', [CHANNEL, payload]).catch(onError);
    else if (hints.length > 1) for (const half of [hints.slice(0, hints.length / 2), hints.slice(hints.length / 2)]) notify(half);
  };
  const flush = (): void => {
    timer = null;
    const hints = [...bells.values(), ...others];
    bells.clear();
    others = [];
    if (client && hints.length > 0) notify(hints);
  };
  const opened = listen(0);
  return {
    subscribe: local.subscribe,
    publish(hint) {
      local.publish(hint);
      const { workspaceId } = hint;
      if (hint.kind === 'commit') bells.set(workspaceId, { kind: 'bell', workspaceId, to: Math.max(hint.commit.to, bells.get(workspaceId)?.to ?? 0) });
      else others.push(hint);
      timer ??= setTimeout(flush, TOGETHER_MS);
    },
    async close() {
      closed = true;
      for (const one of [timer, retry]) if (one) clearTimeout(one);
      await opened;
      await client?.end();
      await local.close();
    },
  };
}
