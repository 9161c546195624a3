import { uuid } from '#lib/base/uuid.ts';
import { SECOND } from '#lib/base/time.ts';
import { isAtLeast } from '#lib/protocol/permission.ts';
import { KnowledgeId, type BotId } from '#lib/protocol/ids.ts';
import type { KnowledgeAdded, KnowledgeLearning } from '#lib/protocol/knowledge.ts';
import type { Actor } from '#lib/handoff/op.ts';
import { audited } from '../audit/audited.ts';
import type { Core } from '../core.ts';
import { changeKnowledge, learn } from '../knowledge/change.ts';
import { parseFaq } from '../knowledge/parse.ts';
import { planImport, type Plan } from '../knowledge/plan.ts';
import type { Audited } from '../store/store.ts';
import { botOf } from './bot-of.ts';
import { readBytes, tooLarge } from './body.ts';
import { refusal, type Http } from './parts.ts';

/** A request with files, in bytes: ten files at their limit, as base64. */
const ADD_MAX = 30 * 1024 * 1024;
/** The page waits 15 s for an answer. */
const LEARNING_MS = 10 * SECOND;

export const NO_ENTRY = 'There is no such entry; somebody may have removed it.';

/** Everything the bot answers from, and what is proposed. */
export async function listKnowledge(core: Core, c: Http): Promise<Response> {
  const botId = botOf(core, c);
  return botId instanceof Response ? botId : c.json({ entries: await core.store.knowledge(botId) });
}

/** Typed entries and files together; a file that cannot be used is refused by name and the rest is kept. */
export async function addKnowledge(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const bytes = await readBytes(c, ADD_MAX);
  if (!bytes) return tooLarge(c, ADD_MAX);
  const read = await core.imports.read(bytes);
  if (!read.ok) return refusal(c, 400, 'malformed', read.message);
  const answer = await changeKnowledge(core, botId, (held) => {
    const plan = planImport(held, read.faq.map(parseFaq), read.files, { botId, now: Date.now(), newId: () => KnowledgeId.parse(uuid()) });
    const { added, changed, unchanged, files, refused, remove } = plan;
    return { change: plan, audit: auditOf(by, botId, plan), answer: { added, changed, removed: remove.length, unchanged, files, refused } satisfies KnowledgeAdded };
  });
  return c.json(answer);
}

function auditOf(by: Actor | null, botId: BotId, { added, changed, remove, files }: Plan): Audited {
  const what = added.length > 0 ? 'knowledge.add' : changed.length > 0 ? 'knowledge.change' : 'knowledge.remove';
  const names = files.map(({ name }) => name);
  return audited(by, { what, target: botId, after: { entries: added.length, ...(changed.length > 0 ? { changed: changed.length } : {}), ...(remove.length > 0 ? { removed: remove.length } : {}), ...(names.length > 0 ? { files: names } : {}) } });
}

/** Takes one entry away: a proposal, which leads reject too, or what the bot says. */
export async function removeKnowledge(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const outcome = await changeKnowledge<'done' | 'none' | 'forbidden'>(core, botId, (held) => {
    const entry = held.find(({ id }) => id === c.req.param('id'));
    if (!entry) return { change: null, answer: 'none' };
    if (!entry.proposed && !(by && isAtLeast(by.role, 'admin'))) return { change: null, answer: 'forbidden' };
    return { change: { put: [], remove: [entry.id] }, audit: audited(by, { what: 'knowledge.remove', target: botId, before: { title: entry.title } }), answer: 'done' };
  });
  if (outcome === 'forbidden') return refusal(c, 403, 'forbidden', 'Only admins can delete what the bot answers from. You can reject proposals.');
  return outcome === 'none' ? refusal(c, 404, 'not_found', NO_ENTRY) : c.body(null, 204);
}

/** Answered as soon as the bot answers from what it has now. */
export async function awaitLearning(core: Core, c: Http): Promise<Response> {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const patience = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => patience.resolve(true), LEARNING_MS);
  const learning = await Promise.race([learn(core, botId).then(() => false), patience.promise]);
  clearTimeout(timer);
  return c.json({ learning } satisfies KnowledgeLearning, 200, { 'cache-control': 'no-store' });
}
