import type { AuditActor } from '#lib/protocol/audit.ts';
import type { Member } from '#lib/protocol/settings.ts';
import { audited } from './audit/audited.ts';
import type { Core } from './core.ts';
import { hashCode, hashSecret, newCode, newToken } from './secrets.ts';
import type { Device, Store } from './store/store.ts';

const CODE_MS = 15 * 60_000;
const ROTATE_MS = 24 * 3_600_000;
const PREVIOUS_MS = 60_000;

/** Who a token is for, or null. An old token used after its grace means that it was copied: the device is revoked. */
export async function authenticate(core: Core, token: string, origin: string | null): Promise<{ device: Device; member: Member } | 'revoked' | null> {
  const hash = hashSecret(token);
  const found = await core.store.deviceByHash(hash);
  if (!found) return null;
  const { device, member } = found;
  if (device.revokedAt !== null || member.revokedAt !== null) return 'revoked';
  if (device.tokenHash !== hash && Date.now() - device.rotatedAt > PREVIOUS_MS) {
    await core.store.saveDevice({ ...device, revokedAt: Date.now() }, audited(null, { what: 'device.revoke', target: member.id, after: { device: device.id } }));
    core.log.warn({ deviceId: device.id, memberId: member.id }, 'A rotated token was used again; its device is revoked');
    core.deviceRevoked.current(device.id);
    return 'revoked';
  }
  if (origin !== null && device.origin !== origin) return null;
  return found;
}

/** A new token when the current one is older than a day. */
export async function rotated(core: Core, device: Device, given: string): Promise<string | undefined> {
  if (device.tokenHash !== hashSecret(given) || Date.now() - device.rotatedAt < ROTATE_MS) return undefined;
  const token = newToken();
  await core.store.saveDevice({ ...device, tokenHash: hashSecret(token), previousHash: device.tokenHash, rotatedAt: Date.now() });
  return token;
}

/** A one-time pairing code, valid 15 minutes; only its hash is kept. */
export async function makeCode(core: { store: Pick<Store, 'addPairingCode'> }, memberId: Member['id'], by: AuditActor): Promise<string> {
  const code = newCode();
  await core.store.addPairingCode(hashCode(code), memberId, Date.now() + CODE_MS, audited(by, { what: 'member.code', target: memberId }));
  return code;
}

/**
 * Codes for commands: the same command id gets the same code for as long as it is valid, so that a retry makes no second
 * one. Codes are known to this process alone: a retry after a restart, or on another node, gets a new code.
 */
export function createCodeDesk(core: Parameters<typeof makeCode>[0]): (memberId: Member['id'], by: Parameters<typeof makeCode>[2], commandId: string) => Promise<string> {
  const made = new Map<string, { code: Promise<string>; at: number }>();
  return (memberId, by, commandId) => {
    const now = Date.now();
    const commandKey = `${by.id} ${commandId}`;
    for (const [key, { at }] of made) if (now - at > CODE_MS) made.delete(key);
    const known = made.get(commandKey);
    if (known) return known.code;
    const code = makeCode(core, memberId, by);
    made.set(commandKey, { code, at: now });
    code.catch(() => made.delete(commandKey)); // the retry tries again; the caller is told
    return code;
  };
}
