import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { uuid } from '#lib/base/uuid.ts';
import { openBus } from '#lib/companion/bus/open-bus.ts';
import { parseConfig } from '#lib/companion/config.ts';
import { createCore, type Core } from '#lib/companion/core.ts';
import { createLog } from '#lib/companion/log.ts';
import { createMetrics } from '#lib/companion/metrics.ts';
import { hashSecret } from '#lib/companion/secrets.ts';
import type { Caller } from '#lib/companion/socket/peer.ts';
import { openStore } from '#lib/companion/store/open-store.ts';
import { WORKSPACE_ID } from '#lib/companion/workspace.ts';
import type { WorkspaceCommand } from '#lib/handoff/op.ts';
import { BotId, MemberId } from '#lib/protocol/ids.ts';
import { ROLES, type Role } from '#lib/protocol/settings.ts';

const ADMIN = { id: MemberId.parse('operator'), name: 'Operator', role: 'admin' as const };
export const BOT = BotId.parse('shop');
export const ORIGIN = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
/** 43 characters, one token per role. */
export const tokenOf = (role: Role): string => role.padEnd(43, 'a');

/** The companion's parts as main.ts joins them, in this process, so that one input is one call: a real store and core, no port. */
export interface Parts { core: Core; /** What the companion wrote down as an error. */ faults: string[]; close(): Promise<void> }

export async function openParts(): Promise<Parts> {
  // Memory where there is such a folder: what is tried here is what is written, not whether it outlives a power cut.
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'baton-hostile-'));
  const faults: string[] = [];
  const config = parseConfig({ DATA_DIR: dir, RATE_LIMITS: 'off', LOG_LEVEL: 'silent' });
  const noted = (details: unknown, words?: string): void => { faults.push(`${words ?? ''} ${(details as { error?: Error }).error?.stack ?? JSON.stringify(details)}`); };
  const log = Object.assign(createLog('silent'), { error: noted, warn: noted });
  const store = await openStore(config, (error) => noted({ error }));
  await store.ensureWorkspace({ id: WORKSPACE_ID, name: 'Hostile' });
  const bus = await openBus(config, (error) => noted({ error }));
  const core = await createCore({ config, store, bus, log, metrics: createMetrics() });
  const run = (command: WorkspaceCommand) => core.act({ kind: 'workspace', id: uuid(), actor: ADMIN, command });
  await run({ type: 'bot.add', botId: BOT, name: 'Shop' });
  const bot = core.settings.bot(BOT)!;
  await run({ type: 'bot.save', botId: BOT, baseSeq: bot.seq, settings: { name: 'Shop', greeting: 'Hello', sites: ['*'], handoff: { ...bot.handoff, enabled: true, mode: 'both' } } });
  for (const role of ROLES) {
    const memberId = MemberId.parse(`the-${role}`);
    await run({ type: 'member.add', memberId, name: role, role });
    await store.saveDevice({ id: uuid(), memberId, tokenHash: hashSecret(tokenOf(role)), previousHash: null, rotatedAt: Date.now(), origin: ORIGIN, revokedAt: null });
  }
  return { core, faults, async close() {
    core.close();
    core.leases.close();
    await bus.close();
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  } };
}

/** The end of a websocket that a hub holds; what it would have sent is kept. */
export class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  closedBy: number | null = null;
  sent: string[] = [];
  send(text: string | Buffer): void { this.sent.push(String(text)); this.emit('sent', String(text)); }
  close(code = 1000): void {
    if (this.readyState !== this.OPEN) return;
    this.readyState = 3;
    this.closedBy = code;
    this.emit('close');
    this.emit('sent', '');
  }
  terminate(): void { this.close(1006); }
}
export const asSocket = (socket: FakeSocket): WebSocket => socket as unknown as WebSocket;
export const CALLER: Caller = { address: '127.0.0.1', origin: ORIGIN, host: 'localhost', stream: { cork: () => undefined, uncork: () => undefined } as unknown as Duplex };
