import { createHash } from 'node:crypto';
import { uuid } from '#lib/base/uuid.ts';
import { KnowledgeId, type BotId } from '#lib/protocol/ids.ts';
import { KnowledgeAdd, KnowledgeEntry, type KnowledgeAdded, type KnowledgeAdd as Added } from '#lib/protocol/knowledge.ts';
import type { Actor } from '#lib/handoff/op.ts';
import { audited } from '../audit/audited.ts';
import type { Core } from '../core.ts';
import { parseFaq, parseFile, type Parsed } from '../knowledge/parse.ts';
import { botOf } from './bot-of.ts';
import { readBody } from './body.ts';
import { refusal, type Http } from './parts.ts';

/** A request with files, in bytes: ten files at their limit, as base64. */
const ADD_MAX = 30 * 1024 * 1024;

/** Everything the bot answers from. */
export async function listKnowledge(core: Core, c: Http): Promise<Response> {
  const botId = botOf(core, c);
  return botId instanceof Response ? botId : c.json({ entries: await core.store.knowledge(botId) });
}

/** Typed entries and files together; a file that cannot be used is refused by name and the rest is kept. */
export async function addKnowledge(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const read = await readBody(c, KnowledgeAdd, ADD_MAX);
  if (!read.ok) return read.refused;
  const { added, refused } = entriesOf(botId, read.body);
  const files = (read.body.files ?? []).map(({ name }) => name);
  if (added.length > 0) await core.store.addKnowledge(added, audited(by, { what: 'knowledge.add', target: botId, after: { entries: added.length, ...(files.length > 0 ? { files } : {}) } }));
  return c.json({ added, refused } satisfies KnowledgeAdded);
}

/** The same entries of the same request have the same ids, so that a retry replaces what it finds. */
const idOf = (botId: BotId, key: string, n: number): string => createHash('sha256').update(`${botId} ${key} ${n}`).digest('base64url');

function entriesOf(botId: BotId, { faq, files, key }: Added): KnowledgeAdded {
  const at = Date.now();
  const added: KnowledgeEntry[] = [];
  const refused: KnowledgeAdded['refused'] = [];
  const parsed: Parsed[] = (files ?? []).map(({ name, base64 }) => (isBase64(base64) ? parseFile(name, Buffer.from(base64, 'base64')) : { ok: false, name, reason: `${name} did not arrive whole; add it again` }));
  for (const one of [{ ok: true as const, entries: (faq ?? []).map(parseFaq) }, ...parsed]) {
    if (one.ok) added.push(...one.entries.map((entry, n) => KnowledgeEntry.parse({ ...entry, id: key ? idOf(botId, key, added.length + n) : uuid(at), botId, at })));
    else refused.push({ name: one.name, reason: one.reason });
  }
  return { added, refused };
}

const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);

/** Takes one entry away. */
export async function removeKnowledge(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const id = KnowledgeId.safeParse(c.req.param('id'));
  const entry = id.success ? (await core.store.knowledge(botId)).find((one) => one.id === id.data) : undefined;
  if (!entry || !await core.store.removeKnowledge(botId, entry.id, audited(by, { what: 'knowledge.remove', target: botId, before: { title: entry.title } }))) return refusal(c, 404, 'not_found', 'There is no such entry; somebody may have removed it.');
  return c.body(null, 204);
}
