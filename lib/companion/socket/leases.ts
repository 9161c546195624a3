import type { MemberId } from '#lib/protocol/ids.ts';
import type { Lease } from '../store/store.ts';

/** Law 9: a worker that its alarm wakes keeps its lease this long without a socket, ms. */
export const LEASE_MS = 90_000;

export interface Leases {
  /** Members who can be reached: a socket lives, or did less than `leaseMs` ago. */
  connected(): MemberId[];
  /** Members with an open socket right now. */
  open(): MemberId[];
  has(id: MemberId): boolean;
  /** A socket of theirs opened. */
  take(id: MemberId): void;
  /** One closed. @param aliveAt when they were surely there last, epoch ms: the lease runs from then, not from when a dead socket was found */
  drop(id: MemberId, aliveAt: number): void;
  /** Left this node on purpose: no grace here. */
  leave(id: MemberId): void;
  /** Revoked: no grace anywhere. */
  end(id: MemberId): void;
  /** This node's, for others to count. */
  own(): Lease[];
  /** Those of other nodes, and of this one before it was restarted. */
  setOthers(leases: readonly Lease[]): void;
  close(): void;
}

/** Which members can be reached. `changed` when a lease begins or ends. */
export function createLeases(changed: () => void, leaseMs = LEASE_MS): Leases {
  const held = new Map<MemberId, { sockets: number; until: number; timer: NodeJS.Timeout | null }>();
  /** Until when, by member. */
  let others = new Map<MemberId, number>();
  let othersTimer: NodeJS.Timeout | undefined;
  let list: MemberId[] = [];
  const tell = (): void => { list = [...new Set([...held.keys(), ...others.keys()])]; changed(); };
  const end = (id: MemberId): void => {
    const lease = held.get(id);
    if (!lease) return;
    if (lease.timer) clearTimeout(lease.timer);
    held.delete(id);
    tell();
  };
  const setOthers = (next: Map<MemberId, number>): void => {
    clearTimeout(othersTimer);
    const isSame = next.size === others.size && [...next.keys()].every((id) => others.has(id));
    others = next;
    if (next.size > 0) othersTimer = setTimeout(expire, Math.max(0, Math.min(...next.values()) - Date.now())).unref();
    if (!isSame) tell();
  };
  const expire = (): void => setOthers(new Map([...others].filter(([, until]) => until > Date.now())));
  const endAfter = (id: MemberId, ms: number): NodeJS.Timeout => setTimeout(() => end(id), ms).unref();
  return {
    connected: () => list, has: (id) => list.includes(id), leave: end,
    end(id) { if (others.delete(id)) tell(); end(id); },
    open: () => [...held].filter(([, { sockets }]) => sockets > 0).map(([id]) => id),
    take(id) {
      const lease = held.get(id);
      if (!lease) { held.set(id, { sockets: 1, until: 0, timer: null }); return tell(); }
      if (lease.timer) clearTimeout(lease.timer);
      lease.timer = null;
      lease.sockets++;
    },
    drop(id, aliveAt) {
      const lease = held.get(id);
      if (!lease) return;
      lease.until = Math.max(lease.until, aliveAt + leaseMs);
      if (--lease.sockets > 0) return;
      lease.timer = endAfter(id, lease.until - Date.now());
    },
    own: () => [...held].map(([memberId, { sockets, until }]) => ({ memberId, leftMs: sockets > 0 ? leaseMs : until - Date.now() })),
    setOthers: (leases) => setOthers(new Map(leases.map(({ memberId, leftMs }) => [memberId, Date.now() + Math.min(leaseMs, leftMs)]))),
    close() { clearTimeout(othersTimer); for (const lease of held.values()) if (lease.timer) clearTimeout(lease.timer); held.clear(); },
  };
}
