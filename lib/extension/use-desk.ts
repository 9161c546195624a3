import { useEffect, useMemo, useRef, useState } from 'react';
import { Dexie } from 'dexie';
import { useLiveQuery } from 'dexie-react-hooks';
import { uuid } from '#lib/base/uuid.ts';
import { forgotten, isGone } from '#lib/db/gone.ts';
import { openDatabase, type Database, type MetaRow, type OutboxEntry } from '#lib/db/schema.ts';
import { write } from '#lib/db/write.ts';
import type { Command } from '#lib/protocol/command.ts';
import type { Channel, Conversation, Status } from '#lib/protocol/conversation.ts';
import type { ConversationQuery } from '#lib/protocol/http.ts';
import type { KnowledgeProposal } from '#lib/protocol/knowledge.ts';
import type { BotId, CommandId, ConversationId } from '#lib/protocol/ids.ts';
import type { CommandAnswer } from '#lib/protocol/runtime.ts';
import { exportConversations, exportVisitor, listConversations, listTurns, proposeKnowledge } from './api.ts';
import { send } from './messages.ts';
import { useStorageTrouble } from './use-storage-trouble.ts';

/** What the screen looks at. */
export interface DeskView {
  tab: 'waiting' | 'mine' | 'email' | 'all'; selectedId: ConversationId | null;
  filter: { status: Status | ''; botId: BotId | ''; channel: Channel | ''; text: string };
}
type Mode = 'reply' | 'note';

const PAGE = 50;
const MESSAGES = 100;
/** A search waits for a pause in typing. */
const SEARCH_AFTER_MS = 250;

const db: Database = openDatabase();
const between = (id: string) => [[id, Dexie.minKey], [id, Dexie.maxKey]] as const;

async function readMeta() {
  const rows = await db.meta.bulkGet(['self', 'link', 'presence', 'typing', 'skipped', 'restored']);
  const find = <K extends MetaRow['key']>(key: K) => rows.find((row): row is Extract<MetaRow, { key: K }> => row?.key === key) ?? null;
  const [bots, workspaces, gone, restored] = await Promise.all([db.bot.toArray(), db.workspace.toArray(), forgotten(db), db.conversation.bulkGet(find('restored')?.replies.map(({ conversationId }) => conversationId) ?? [])]);
  return { undelivered: gone.filter(({ unsent }) => unsent > 0), unread: find('skipped')?.unread ?? 0, restored: restored.map((row) => row?.visitor.name ?? null), self: find('self'), link: find('link'), presence: find('presence'), typing: find('typing'), bots: bots.sort((a, b) => a.createdAt - b.createdAt), workspace: workspaces[0] ?? null };
}

/** Escalated and open ones, the latest of each; both are few beside the archive. */
async function readActive(): Promise<Conversation[]> {
  const of = (status: Status, limit: number) => db.conversation.where('[status+lastAt]').between(...between(status)).reverse().limit(limit).toArray();
  return (await Promise.all([of('escalated', 1_000), of('open', 300)])).flat();
}

function readLatest({ status, botId }: DeskView['filter'], limit: number): Promise<Conversation[]> {
  if (status) return db.conversation.where('[status+lastAt]').between(...between(status)).reverse().limit(limit).toArray();
  if (botId) return db.conversation.where('[botId+lastAt]').between(...between(botId)).reverse().limit(limit).toArray();
  return db.conversation.orderBy('lastAt').reverse().limit(limit).toArray();
}

async function readOpen(id: ConversationId, limit: number) {
  const [isDeleted, conversation, messages, notes, pending, drafts] = await Promise.all([
    isGone(db, id),
    db.conversation.get(id),
    db.message.where('[conversationId+index]').between(...between(id)).reverse().limit(limit).toArray(),
    db.note.where('[conversationId+at]').between(...between(id)).toArray(),
    db.outbox.where('[conversationId+order]').between(...between(id)).toArray(),
    db.draft.bulkGet([`${id}:reply`, `${id}:note`]),
  ]);
  return { id, isDeleted, conversation: conversation ?? null, messages: messages.reverse(), notes, pending, hasOlder: messages.length === limit && (messages[0]?.index ?? 1) > 1,
    drafts: { reply: drafts[0]?.text ?? '', note: drafts[1]?.text ?? '' } };
}

type Found = { rows: Conversation[]; more: boolean };

const queryOf = ({ status, botId, channel, text }: DeskView['filter'], before?: number): ConversationQuery => ({
  limit: PAGE, ...(status ? { status } : {}), ...(botId ? { botId } : {}), ...(channel ? { channel } : {}), ...(text.trim() ? { text: text.trim() } : {}), ...(before === undefined ? {} : { before }),
});

/** An answer ages while it is shown: what this browser has learned since about its rows replaces them, so that one that left the filter goes, and one that was deleted. */
function useNewest(found: Found | null): Found | null {
  const held = useLiveQuery(async () => (found ? { rows: await db.conversation.bulkGet(found.rows.map(({ id }) => id)), gone: await forgotten(db) } : null), [found]);
  if (!found || !held) return found;
  const newer = new Map(held.rows.flatMap((row) => (row ? [[row.id, row]] : [])));
  const gone = new Set(held.gone.map(({ id }) => id));
  return { ...found, rows: found.rows.filter(({ id }) => !gone.has(id)).map((row) => { const known = newer.get(row.id); return known && known.seq > row.seq ? known : row; }) };
}

/** What the companion holds for the filter of All, page by page; null while offline, unanswered or on another tab. */
function useFound(view: DeskView, isOnline: boolean): { found: Found | null; loadMore: () => void } {
  const [found, setFound] = useState<(Found & { key: string }) | null>(null);
  const key = JSON.stringify(view.filter);
  const wanted = view.tab === 'all' && isOnline;
  const latest = useRef(key);
  latest.current = key;
  const ask = (before?: number) => listConversations(queryOf(view.filter, before)).then(
    (page) => {
      if (latest.current !== key) return;
      setFound((held) => ({ key, more: page.more, rows: [...(before === undefined ? [] : held?.rows ?? []), ...page.conversations] }));
    },
    // The cache stays on screen and says what it is.
    () => { if (latest.current === key && before === undefined) setFound(null); },
  );
  useEffect(() => {
    if (!wanted) return undefined;
    const timer = setTimeout(() => void ask(), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted, key]);
  const current = wanted && found?.key === key ? found : null;
  return { found: useNewest(current), loadMore: () => { const before = current?.rows.at(-1)?.lastAt; if (before !== undefined) void ask(before); } };
}

/** Tells the worker what is on screen: that conversation is watched and not alerted. Said again when the tab comes back. */
function useViewing(conversationId: ConversationId | null): void {
  useEffect(() => {
    const say = () => void mention('viewing', { conversationId: document.visibilityState === 'visible' ? conversationId : null });
    say();
    document.addEventListener('visibilitychange', say);
    // A restarted worker has forgotten; well under the time it may sleep unnoticed.
    const again = setInterval(say, 20_000);
    return () => { document.removeEventListener('visibilitychange', say); clearInterval(again); void mention('viewing', { conversationId: null }); };
  }, [conversationId]);
}

/** The conversation that the popup or a notification asked for, once. */
export function useHandedOver(onOpen: (id: ConversationId) => void): void {
  const latest = useRef(onOpen);
  latest.current = onOpen;
  useEffect(() => {
    const take = (value: unknown) => {
      const id = typeof value === 'string' ? value : typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
      if (typeof id !== 'string' || id === '') return;
      void chrome.storage.session.remove('openConversation');
      latest.current(id as ConversationId);
    };
    const onChanged = (changes: Record<string, chrome.storage.StorageChange>) => take(changes['openConversation']?.newValue);
    chrome.storage.session.onChanged.addListener(onChanged);
    void chrome.storage.session.get('openConversation').then((held) => take(held['openConversation']));
    return () => chrome.storage.session.onChanged.removeListener(onChanged);
  }, []);
}

/** One command, once: the companion's word, or why there is none. */
const command = (it: Command): Promise<CommandAnswer> =>
  send('command', { id: uuid() as CommandId, command: it }).catch((): CommandAnswer => ({ ok: false, failed: 'timeout' }));

/** For what is said again soon anyway (on screen, typing) and has nobody to tell when the worker missed it. */
const mention: typeof send = (name, data) => send(name, data).catch((error: unknown) => { console.warn(error); return undefined as never; });

function saveDraft(conversationId: ConversationId, mode: Mode, text: string): void {
  const key = `${conversationId}:${mode}`;
  // A composer that closes because its conversation was deleted must not bring its words back.
  void write(db, ['draft', 'meta'], async (tables): Promise<unknown> => (text === '' || await isGone(tables, conversationId) ? tables.draft.delete(key) : tables.draft.put({ key, conversationId, mode, text, at: Date.now() })));
}

async function save(data: Promise<Blob>, download: string): Promise<string | null> {
  try {
    const url = URL.createObjectURL(await data);
    const link = Object.assign(document.createElement('a'), { href: url, download });
    link.click();
    // The download has its own hold on the blob once it has begun.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    return null;
  } catch (error) {
    return `The export failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A worker that ends while it is asked answers nothing, though it may have stored the words: the same id again is the same words. */
async function post(it: OutboxEntry['command']): Promise<void> {
  const id = uuid() as CommandId;
  await send('outbox.add', { id, command: it }).catch(() => send('outbox.add', { id, command: it }));
}

/** Null when it was proposed, or why not. */
async function propose(botId: BotId, proposal: KnowledgeProposal): Promise<string | null> {
  try {
    await proposeKnowledge(botId, proposal);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const outbox = {
  post,
  retry: async (id: CommandId, force?: { seen: number }): Promise<void> => { await send('outbox.retry', { id, ...(force ? { force: true, seen: force.seen } : {}) }); },
  discard: async (id: CommandId): Promise<void> => { await send('outbox.discard', { id }); },
};

/** Asked for when somebody looks, and kept nowhere. */
const turnsOf = (id: ConversationId) => listTurns(id).then((turns) => ({ ok: true as const, turns }), (error: unknown) => ({ ok: false as const, words: error instanceof Error ? error.message : String(error) }));

/** Everything the desk reads and does, live from the database; `null`s while it loads. */
export function useDesk(view: DeskView) {
  const { selectedId, tab, filter } = view;
  const [limit, setLimit] = useState({ messages: MESSAGES, rows: PAGE });
  useEffect(() => setLimit((now) => ({ ...now, messages: MESSAGES })), [selectedId]);
  const meta = useLiveQuery(readMeta, []);
  const trouble = useStorageTrouble();
  const active = useLiveQuery(readActive, []);
  // A text looks through more of what is held: a row's name and last words.
  const rows = filter.text.trim() ? 2_000 : limit.rows * 4;
  const latest = useLiveQuery(() => (tab === 'all' ? readLatest(filter, rows) : null), [tab, filter.status, filter.botId, rows]);
  const read = useLiveQuery(() => (selectedId ? readOpen(selectedId, limit.messages) : null), [selectedId, limit.messages]);
  useViewing(selectedId);
  const link = meta?.link?.state ?? (meta ? { name: 'unpaired' as const } : { name: 'connecting' as const, since: 0 });
  const { found, loadMore } = useFound(view, link.name === 'online');
  const typing = selectedId ? meta?.typing?.conversations[selectedId] : undefined;
  const open = selectedId && read?.id === selectedId ? { ...read, typing: typing && typing.until > Date.now() ? `${typing.who} is typing…` : null } : null;
  const isLead = meta?.self ? meta.self.member.role !== 'agent' : false;
  const isAdmin = meta?.self?.member.role === 'admin';
  const acts = useMemo(() => ({
    command, ...outbox, saveDraft, propose,
    typing: (conversationId: ConversationId, on: boolean) => void mention('typing', { conversationId, on }),
    loadOlder: () => setLimit((now) => ({ ...now, messages: now.messages + MESSAGES })),
    restoredSeen: () => void mention('restored.seen', {}),
    undeliveredSeen: () => void mention('gone.seen', {}),
    reconnect: () => void mention('connection.retry', {}),
    openOptions: () => void chrome.runtime.openOptionsPage(),
    turnsOf,
  }), []);
  return {
    source: {
      link, clockOffset: meta?.link?.clockOffset ?? 0, self: meta?.self?.member ?? null, workspaceName: meta?.self?.workspaceName ?? '', workspace: meta?.workspace ?? null,
      bots: meta?.bots ?? [], presence: meta?.presence?.presence ?? null, storage: { trouble, unread: meta?.unread ?? 0, restored: meta?.restored ?? [] }, undelivered: meta?.undelivered ?? [], active: active ?? null, latest: latest ?? null, found, moreHeld: (latest?.length ?? 0) >= rows, open,
    },
    acts: { ...acts, loadMore: found ? loadMore : () => setLimit((now) => ({ ...now, rows: now.rows + PAGE })), exportCsv: isLead ? () => save(exportConversations(queryOf(filter)), 'conversations.csv') : undefined,
      exportVisitor: isAdmin ? (one: Conversation) => save(exportVisitor(one), `visitor-${one.visitor.id}.json`) : undefined },
  };
}
