import type { MemberId } from '#lib/protocol/ids.ts';

/** Law 9: a worker that its alarm wakes keeps its lease this long without a socket, ms. */
export const LEASE_MS = 90_000;

/** A lease as it is kept over a restart; `until` in epoch ms. */
export interface KeptLease { memberId: MemberId; until: number }

export interface Leases {
  /** Members who can be reached: a socket lives, or did less than `leaseMs` ago. */
  connected(): MemberId[];
  /** Members with an open socket right now. */
  open(): MemberId[];
  has(id: MemberId): boolean;
  /** A socket of theirs opened, or closed. */
  take(id: MemberId): void;
  drop(id: MemberId): void;
  /** Revoked: no grace. */
  end(id: MemberId): void;
  /** What a companion that starts now, or after a kill, may take up again. */
  kept(now: number): KeptLease[];
  restore(kept: readonly KeptLease[], now: number): void;
  close(): void;
}

/** Which members can be reached. `changed` when a lease begins or ends. */
export function createLeases(changed: () => void, leaseMs = LEASE_MS): Leases {
  const held = new Map<MemberId, { sockets: number; until: number; timer: NodeJS.Timeout | null }>();
  let list: MemberId[] = [];
  const tell = (): void => { list = [...held.keys()]; changed(); };
  const end = (id: MemberId): void => {
    const lease = held.get(id);
    if (!lease) return;
    if (lease.timer) clearTimeout(lease.timer);
    held.delete(id);
    tell();
  };
  const endAfter = (id: MemberId, ms: number): NodeJS.Timeout => setTimeout(() => end(id), ms).unref();
  return {
    connected: () => list, has: (id) => held.has(id), end,
    open: () => [...held].filter(([, { sockets }]) => sockets > 0).map(([id]) => id),
    take(id) {
      const lease = held.get(id);
      if (!lease) { held.set(id, { sockets: 1, until: 0, timer: null }); return tell(); }
      if (lease.timer) clearTimeout(lease.timer);
      lease.timer = null;
      lease.sockets++;
    },
    drop(id) {
      const lease = held.get(id);
      if (!lease || --lease.sockets > 0) return;
      lease.until = Date.now() + leaseMs;
      lease.timer = endAfter(id, leaseMs);
    },
    kept: (now) => [...held].map(([memberId, { sockets, until }]) => ({ memberId, until: sockets > 0 ? now + leaseMs : until })),
    restore(kept, now) {
      for (const { memberId, until } of kept) {
        const left = Math.min(leaseMs, until - now);
        if (left > 0 && !held.has(memberId)) held.set(memberId, { sockets: 0, until: now + left, timer: endAfter(memberId, left) });
      }
      tell();
    },
    close() { for (const lease of held.values()) if (lease.timer) clearTimeout(lease.timer); held.clear(); },
  };
}
