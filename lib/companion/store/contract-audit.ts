import { expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import type { AuditDraft, AuditEntry } from '#lib/protocol/audit.ts';
import { KnowledgeId } from '#lib/protocol/ids.ts';
import { verifyAudit } from '../audit/chain.ts';
import { done, refusal, type Scene } from './contract-scene.ts';
import type { Audited } from './store.ts';

type NewScene = () => Promise<Scene>;

/** Oldest first, read page by page. */
async function logOf(scene: Scene): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (let before: number | undefined; ;) {
    const page = await scene.store.auditLog(scene.ws, { limit: 3, ...(before === undefined ? {} : { before }) });
    expect(page.entries.length).toBeLessThanOrEqual(3);
    entries.push(...page.entries);
    if (!page.more) return entries.reverse();
    before = page.entries.at(-1)!.n;
  }
}
const audited = (scene: Scene, what: AuditDraft['what']): Audited => ({ workspaceId: scene.ws, at: scene.at, draft: { by: { id: scene.admin.id, name: 'Ada' }, what, target: null, before: null, after: null } });

/** The log: every privileged act, in order, chained. */
export function auditContract(newScene: NewScene): void {
  test('each privileged act leaves one entry with who, what, before and after; refused, repeated and everyday acts leave none', async () => {
    const scene = await newScene();
    const began = (await logOf(scene)).length;
    const { visitor, conversation } = await scene.chat();
    const id = uuid();
    for (const _ of [1, 2]) done(await scene.manage(scene.lead, { type: 'availability.set', botIds: null, on: false }, id));
    done(await scene.manage(scene.lead, { type: 'availability.set', botIds: null, on: false }));
    expect(refusal(await scene.manage(scene.sam, { type: 'member.role', memberId: scene.mia.id, role: 'admin' }))).toBe('forbidden');
    done(await scene.manage(scene.admin, { type: 'member.role', memberId: scene.mia.id, role: 'lead' }));
    done(await scene.act(scene.sam, conversation, { type: 'conversation.claim' }));
    done(await scene.act(scene.lead, conversation, { type: 'conversation.release' }));
    done(await scene.act(scene.sam, conversation, { type: 'conversation.claim' }));
    done(await scene.act(scene.sam, conversation, { type: 'conversation.release' }));
    done(await scene.manage(scene.admin, { type: 'visitor.delete', botId: visitor.botId, visitorId: visitor.visitorId }));
    expect((await logOf(scene)).slice(began)).toMatchObject([
      { by: { id: scene.lead.id, name: 'Lea' }, what: 'availability.set', target: scene.botId, before: { available: true }, after: { available: false }, at: scene.at },
      { by: { id: scene.admin.id }, what: 'member.role', target: scene.mia.id, before: { role: 'agent' }, after: { role: 'lead' } },
      { by: { id: scene.lead.id }, what: 'conversation.release', target: conversation.id, before: { claim: 'Sam' } },
      { by: { id: scene.admin.id }, what: 'visitor.delete', target: `${visitor.botId}/${visitor.visitorId}`, before: { conversations: 1, visitors: 1 } },
    ]);
  });

  test('however many act at once, numbers are dense and the chain holds; another workspace has a chain of its own', async () => {
    const [scene, other] = [await newScene(), await newScene()];
    const entry = (n: number) => ({ id: KnowledgeId.parse(uuid()), botId: scene.botId, kind: 'faq' as const, title: `T${n}`, text: 'x', file: null, at: 0 });
    const kept = entry(0);
    await scene.store.addKnowledge([kept]);
    const began = (await logOf(scene)).length;
    await Promise.all(Array.from({ length: 8 }, (_, n) => [
      scene.manage(scene.admin, { type: 'availability.set', botIds: null, on: n % 2 === 0 }),
      scene.store.record(audited(scene, 'conversations.export')),
      scene.store.addKnowledge([entry(n), entry(n)], audited(scene, 'knowledge.add')),
      scene.store.addPairingCode(uuid(), scene.sam.id, scene.at + 1, audited(scene, 'member.code')),
      scene.store.saveDevice({ id: uuid(), memberId: scene.sam.id, tokenHash: uuid(), previousHash: null, rotatedAt: 0, origin: '', revokedAt: null }, audited(scene, 'device.add')),
      other.store.record(audited(other, 'visitor.export')),
    ]).flat());
    const mark = await scene.store.knowledgeMark(scene.botId);
    for (const isDone of [true, false]) expect(await scene.store.changeKnowledge(scene.botId, mark, { put: [], remove: [kept.id] }, audited(scene, 'knowledge.remove'))).toBe(isDone);
    const log = await logOf(scene);
    expect(verifyAudit(log)).toMatchObject({ ok: true });
    const counts = Object.groupBy(log.slice(began), ({ what }) => what);
    expect(Object.fromEntries(Object.entries(counts).filter(([what]) => what !== 'availability.set').map(([what, all]) => [what, all?.length])))
      .toEqual({ 'conversations.export': 8, 'knowledge.add': 8, 'member.code': 8, 'device.add': 8, 'knowledge.remove': 1 });
    expect(verifyAudit(await logOf(other))).toMatchObject({ ok: true });
    await scene.under.reopen();
    expect(await logOf(scene)).toEqual(log);
  });
}
