import { connect, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { uuid } from '#lib/base/uuid.ts';
import type { Bus, Hint } from './bus.ts';
import { createLocalBus } from './local.ts';
import { hintsFrom, type Packet } from './wire.ts';

/** A commit larger than this travels as a doorbell; NATS refuses more than 1 MB. */
const PAYLOAD_MAX = 256 * 1024;
const subjectOf = (workspaceId: string): string => `baton.${workspaceId}`;

/** The client takes a name and password apart from the address only. */
function credentials(url: string): { user?: string; pass?: string } {
  const { username, password } = new URL(url);
  return username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : {};
}

/** Hints over NATS core, a subject per workspace, heard only where somebody subscribed. Commits travel whole, which saves reading them again. */
export function createNatsBus({ url, onError }: { url: string; onError: (error: unknown) => void }): Bus {
  const local = createLocalBus(onError);
  const node = uuid();
  const heard = new Map<string, { count: number; subscription: Subscription | null }>();
  let nats: NatsConnection | null = null;
  const listen = (workspaceId: string): Subscription | null => nats?.subscribe(subjectOf(workspaceId), { callback: (error, message) => {
    if (error) return onError(error);
    for (const hint of hintsFrom(message.string(), node)) local.publish(hint);
  } }) ?? null;
  // A server that is away is waited for: without it the nodes still find everything in the store, only later.
  const opened = connect({ servers: url, ...credentials(url), name: 'baton', waitOnFirstConnect: true, maxReconnectAttempts: -1, reconnectTimeWait: 500, reconnectJitter: 500, noEcho: true }).then((made) => {
    nats = made;
    for (const [workspaceId, one] of heard) one.subscription = listen(workspaceId);
  }, onError);
  const send = (hint: Hint): void => {
    if (!nats || nats.isClosed()) return;
    const whole = JSON.stringify({ node, hints: [hint] });
    const isLarge = whole.length > PAYLOAD_MAX / 3;
    // Of anything but a commit, nobody misses what nobody can read in time.
    if (isLarge && hint.kind !== 'commit') return;
    nats.publish(subjectOf(hint.workspaceId), isLarge && hint.kind === 'commit' ? JSON.stringify({ node, hints: [{ kind: 'bell', workspaceId: hint.workspaceId, to: hint.commit.to }] } satisfies Packet) : whole);
  };
  return {
    publish(hint) {
      local.publish(hint);
      send(hint);
    },
    subscribe(workspaceId, listener) {
      const one = heard.get(workspaceId) ?? { count: 0, subscription: listen(workspaceId) };
      one.count++;
      heard.set(workspaceId, one);
      const stop = local.subscribe(workspaceId, listener);
      let stopped = false;
      return () => {
        if (stopped) return;
        stopped = true;
        stop();
        if (--one.count > 0) return;
        one.subscription?.unsubscribe();
        heard.delete(workspaceId);
      };
    },
    async close() {
      if (nats) await nats.close();
      else void opened.then(() => nats?.close());
      await local.close();
    },
  };
}
