import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuid } from '#lib/base/uuid.ts';
import { must } from '#lib/base/must.ts';
import { openStore } from '#lib/companion/store/open-store.ts';
import { WORKSPACE_ID } from '#lib/companion/workspace.ts';
import type { WorkspaceCommand } from '#lib/handoff/op.ts';
import { BotId, MemberId, VisitorId } from '#lib/protocol/ids.ts';

export const BENCH_ORIGIN = 'chrome-extension://bench';
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const secret = (): string => randomBytes(32).toString('base64url');

export interface BenchVisitor { id: VisitorId; secret: string }
export interface BenchData { dir: string; botId: BotId; agentTokens: string[]; visitors: BenchVisitor[] }

/**
 * A data folder as a busy day left it: one bot with handoff on, `agents` paired members, and `visitors` conversations,
 * each claimed by agent n mod `agents`, so that the team has the floor and no bot answers. With `databaseUrl` it is in there.
 */
export async function prepareData(agents: number, visitors: number, databaseUrl: string | null = null): Promise<BenchData> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-'));
  const store = await openStore({ databaseUrl, dataDir: dir }, (error) => { throw error; });
  await store.ensureWorkspace({ id: WORKSPACE_ID, name: 'Bench' });
  const actor = { id: MemberId.parse('admin'), name: 'Admin', role: 'admin' as const };
  const base = (): { workspaceId: typeof WORKSPACE_ID; id: string; now: number; connected: MemberId[] } => ({ workspaceId: WORKSPACE_ID, id: uuid(), now: Date.now(), connected: [actor.id] });
  const run = (command: WorkspaceCommand): Promise<unknown> => store.commit({ ...base(), kind: 'workspace', actor, command });
  const botId = BotId.parse('bench');
  await run({ type: 'member.add', memberId: actor.id, name: actor.name, role: 'admin' });
  await run({ type: 'bot.add', botId, name: 'Bench bot' });
  const bot = must(await store.bot(botId), 'bot');
  await run({ type: 'bot.save', botId, baseSeq: bot.seq, force: true, settings: { name: bot.name, greeting: '', sites: ['*'], handoff: { ...bot.handoff, enabled: true, keepOn: true } } });
  await run({ type: 'availability.set', botIds: null, on: true });
  const tokens: string[] = [];
  for (let n = 0; n < agents; n++) {
    const memberId = MemberId.parse(`agent-${n}`);
    await run({ type: 'member.add', memberId, name: `Agent ${n}`, role: 'agent' });
    const token = secret();
    await store.saveDevice({ id: uuid(), memberId, tokenHash: hash(token), previousHash: null, rotatedAt: Date.now(), origin: BENCH_ORIGIN, revokedAt: null });
    tokens.push(token);
  }
  const people = await Promise.all(Array.from({ length: visitors }, async (_, n) => {
    const visitor = { id: VisitorId.parse(`visitor-${n}`), secret: secret() };
    const done = await store.commit({ ...base(), kind: 'visitor', act: { type: 'visitor.escalate' },
      visitor: { visitorId: visitor.id, secretHash: hash(visitor.secret), botId, channel: 'widget', page: null, language: null } });
    if (!done.ok || !done.conversation) throw new Error('The bench visitor could not escalate');
    await store.commit({ ...base(), kind: 'conversation', conversationId: done.conversation.id,
      what: { by: 'member', actor: { id: MemberId.parse(`agent-${n % agents}`), name: `Agent ${n % agents}`, role: 'agent' }, act: { type: 'conversation.claim', conversationId: done.conversation.id } } });
    return visitor;
  }));
  await store.close();
  return { dir, botId, agentTokens: tokens, visitors: people };
}
