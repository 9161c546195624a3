import { createHash } from 'node:crypto';
import { KnowledgeId, type BotId } from '#lib/protocol/ids.ts';
import { KnowledgeAdd, KnowledgeEntry, type KnowledgeAdded, type KnowledgeAdd as Added } from '#lib/protocol/knowledge.ts';
import type { Actor } from '#lib/handoff/op.ts';
import { audited } from '../audit/audited.ts';
import type { Core } from '../core.ts';
import { parseFaq, type Parsed, type ParsedEntry } from '../knowledge/parse.ts';
import type { FileReader } from '../knowledge/read-files.ts';
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
  const { added, refused } = await entriesOf(core.files, botId, read.body);
  const files = [...new Set(added.flatMap(({ file }) => file ?? []))];
  if (added.length > 0) await core.store.addKnowledge(added, audited(by, { what: 'knowledge.add', target: botId, after: { entries: added.length, ...(files.length > 0 ? { files } : {}) } }));
  return c.json({ added, refused, removed: await removeStale(core, botId, files, added, by) } satisfies KnowledgeAdded);
}

/** What a file said before, and its new version does not. After the new entries: a cut between the two leaves too much, never too little, and the next import mends it. */
async function removeStale(core: Core, botId: BotId, files: readonly string[], added: readonly KnowledgeEntry[], by: Actor | null): Promise<number> {
  if (files.length === 0) return 0;
  const kept = new Set(added.map(({ id }) => id));
  const stale = (await core.store.knowledge(botId)).filter(({ id, file }) => file !== null && files.includes(file) && !kept.has(id));
  for (const { id, title } of stale) await core.store.removeKnowledge(botId, id, audited(by, { what: 'knowledge.remove', target: botId, before: { title } }));
  return stale.length;
}

/** By what is asked, not by when it came: the same question of the same origin is the same entry. @param n which of those with this title */
const idOf = (botId: BotId, { file, title }: ParsedEntry, n: number): KnowledgeId =>
  KnowledgeId.parse(createHash('sha256').update(JSON.stringify([botId, file, title.toLowerCase(), n])).digest('base64url'));

async function entriesOf(reader: FileReader, botId: BotId, { faq, files = [] }: Added): Promise<Pick<KnowledgeAdded, 'added' | 'refused'>> {
  const at = Date.now();
  const added = new Map<KnowledgeId, KnowledgeEntry>();
  const refused: KnowledgeAdded['refused'] = [];
  const whole = files.filter(({ base64 }) => isBase64(base64));
  const cut = files.filter((one) => !whole.includes(one)).map(({ name }): Parsed => ({ ok: false, name, reason: `${name} did not arrive whole; add it again` }));
  const parsed = [...await reader.read(whole.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }))), ...cut];
  for (const one of [{ ok: true as const, entries: (faq ?? []).map(parseFaq) }, ...parsed]) {
    if (!one.ok) { refused.push({ name: one.name, reason: one.reason }); continue; }
    const titles = new Map<string, number>();
    for (const entry of one.entries) {
      const n = titles.get(entry.title.toLowerCase()) ?? 0;
      // A typed question is asked once; a document may have several sections of one name.
      if (entry.kind === 'document') titles.set(entry.title.toLowerCase(), n + 1);
      const id = idOf(botId, entry, n);
      added.set(id, KnowledgeEntry.parse({ ...entry, id, botId, at }));
    }
  }
  return { added: [...added.values()], refused };
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
