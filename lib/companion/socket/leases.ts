import type { MemberId } from '#lib/protocol/ids.ts';

/** Law 9: a worker that its alarm wakes keeps its lease this long without a socket, ms. */
export const LEASE_MS = 90_000;

export interface Leases {
  connected(): MemberId[];
  has(id: MemberId): boolean;
  open(id: MemberId): void;
  drop(id: MemberId): void;
  /** Revoked: no grace. */
  end(id: MemberId): void;
  close(): void;
}

/** Which members can be reached: a socket lives, or dropped less than `leaseMs` ago. `changed` when a lease begins or ends. */
export function createLeases(changed: () => void, leaseMs = LEASE_MS): Leases {
  const held = new Map<MemberId, { sockets: number; timer: NodeJS.Timeout | null }>();
  let list: MemberId[] = [];
  const tell = (): void => { list = [...held.keys()]; changed(); };
  const end = (id: MemberId): void => {
    const lease = held.get(id);
    if (!lease) return;
    if (lease.timer) clearTimeout(lease.timer);
    held.delete(id);
    tell();
  };
  return {
    connected: () => list, has: (id) => held.has(id), end,
    open(id) {
      const lease = held.get(id);
      if (!lease) { held.set(id, { sockets: 1, timer: null }); return tell(); }
      if (lease.timer) clearTimeout(lease.timer);
      lease.timer = null;
      lease.sockets++;
    },
    drop(id) {
      const lease = held.get(id);
      if (!lease || --lease.sockets > 0) return;
      lease.timer = setTimeout(() => end(id), leaseMs);
      lease.timer.unref();
    },
    close() { for (const lease of held.values()) if (lease.timer) clearTimeout(lease.timer); held.clear(); },
  };
}
