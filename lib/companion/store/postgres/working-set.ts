import type { AuditEntry } from '#lib/protocol/audit.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Gone } from '#lib/protocol/feed.ts';
import type { Message, Note } from '#lib/protocol/message.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';
import { visitorMark } from '../forget.ts';
import type { Ground, Remembered, VisitorRow } from '../ground.ts';

/** What can be fetched, by kind; keys hold no spaces of their own beyond those shown. */
export interface Fetched {
  workspace: { row: Workspace; head: number } | null; bots: Bot[]; members: Member[]; conversation: Conversation | null;
  /** `botId visitorId` */ visitor: VisitorRow | null; message: Message | null; note: Note | null;
  /** `actor id` */ command: Remembered | null;
  /** `bot id` or `member id`: the workspace it belongs to. */ owner: string | null;
  /** `botId visitorId` */ talks: Conversation[]; /** `mark of a visitor` */ deleted: string | null; /** The last entry. */ audit: AuditEntry | null;
}
export type Kind = keyof Fetched;
export interface Key { kind: Kind; key: string }

/** A rule read a row that was not fetched: it is fetched, and the batch runs again. */
export class NotFetched extends Error {
  readonly row: Key;
  constructor(row: Key) {
    super(`Not fetched: ${row.kind} ${row.key}`);
    this.row = row;
  }
}

/** Rows by key, as of now; null was looked for and is not there. */
export type Rows = Map<string, Fetched[Kind]>;
export const nameOf = ({ kind, key }: Key): string => `${kind} ${key}`;

/** What a batch wrote: newest state of each row. */
export interface Written {
  workspaces: Map<string, { row: Workspace | null; head: number }>;
  bots: Map<string, { row: Bot; workspaceId: string }>; members: Map<string, { row: Member; workspaceId: string }>;
  conversations: Map<string, { row: Conversation; workspaceId: string }>;
  visitors: Map<string, VisitorRow & { id: string; bot: string }>;
  messages: Map<string, Message>; notes: Map<string, { row: Note; workspaceId: string }>;
  turns: Map<string, { row: TurnRecord; botId: string }>;
  commands: Map<string, Remembered & { actor: string; id: string; at: number }>;
  gone: Map<string, { row: Gone; workspaceId: string; mark: string }>; goneVisitors: Map<string, { id: string; bot: string }>;
  /** By workspace. */
  audit: Map<string, AuditEntry[]>;
}

/** A ground over fetched rows: what a batch wrote lies over what was fetched. */
export function createWorkingSet(rows: Rows): { ground: Ground; written: Written } {
  const written: Written = { workspaces: new Map(), bots: new Map(), members: new Map(), conversations: new Map(), visitors: new Map(), messages: new Map(), notes: new Map(), turns: new Map(), commands: new Map(), gone: new Map(), goneVisitors: new Map(), audit: new Map() };
  const fetched = <K extends Kind>(kind: K, key: string): Fetched[K] => {
    const found = rows.get(`${kind} ${key}`);
    if (found === undefined) throw new NotFetched({ kind, key });
    return found as Fetched[K];
  };
  const mine = <T extends { id: string }>(all: T[], changed: Map<string, { row: T; workspaceId: string }>, workspaceId: string): T[] => {
    const own = [...changed.values()].filter((one) => one.workspaceId === workspaceId).map((one) => one.row);
    return own.length === 0 ? all : [...all.filter(({ id }) => !changed.has(id)), ...own];
  };
  const bots: Ground['bots'] = (ws) => mine(fetched('bots', ws), written.bots, ws);
  const head: Ground['head'] = (ws) => written.workspaces.get(ws)?.head ?? fetched('workspace', ws)?.head ?? 0;
  const left = <T extends { conversationId: string } | null>(row: T): T | null => (row && written.gone.has(row.conversationId) ? null : row);
  const reads: Omit<Ground, keyof Writes> = {
    bots, head,
    talks: (bot, id) => {
      const own = [...written.conversations.values()].map(({ row }) => row).filter((one) => one.botId === bot && one.visitor.id === id);
      return [...fetched('talks', `${bot} ${id}`).filter((one) => !written.conversations.has(one.id) && !written.gone.has(one.id)), ...own];
    },
    wasDeleted: (bot, id) => { const mark = visitorMark(bot, id); return [...written.gone.values()].some((one) => one.mark === mark) || fetched('deleted', mark) !== null; },
    lastAudit: (ws) => written.audit.get(ws)?.at(-1) ?? fetched('audit', ws),
    workspace: (ws) => written.workspaces.get(ws)?.row ?? fetched('workspace', ws)?.row ?? null,
    bot: (id, ws) => bots(ws).find((one) => one.id === id) ?? null,
    members: (ws) => mine(fetched('members', ws), written.members, ws),
    isForeign: (kind, id, ws) => {
      const owner = (kind === 'bot' ? written.bots : written.members).get(id)?.workspaceId ?? fetched('owner', `${kind} ${id}`);
      return owner !== null && owner !== ws;
    },
    conversation: (id) => (written.gone.has(id) ? null : written.conversations.get(id)?.row ?? fetched('conversation', id)),
    visitor: (bot, id) => (written.goneVisitors.has(`${bot} ${id}`) ? null : written.visitors.get(`${bot} ${id}`) ?? fetched('visitor', `${bot} ${id}`)),
    message: (id) => left(written.messages.get(id) ?? fetched('message', id)),
    note: (id) => left(written.notes.get(id)?.row ?? fetched('note', id)),
    remembered: (actor, id) => written.commands.get(`${actor} ${id}`) ?? fetched('command', `${actor} ${id}`),
  };
  return { written, ground: { ...reads, ...writesTo(written, head) } };
}

type Writes = Pick<Ground, 'next' | 'putWorkspace' | 'putBot' | 'putMember' | 'putConversation' | 'putVisitor' | 'putMessage' | 'addNote' | 'putTurn' | 'remember' | 'removeConversation' | 'removeVisitor' | 'addAudit'>;
function writesTo(written: Written, head: Ground['head']): Writes {
  return {
    next(ws) {
      const seq = head(ws) + 1;
      written.workspaces.set(ws, { row: written.workspaces.get(ws)?.row ?? null, head: seq });
      return seq;
    },
    putWorkspace: (row) => void written.workspaces.set(row.id, { row, head: head(row.id) }),
    putBot: (row, workspaceId) => void written.bots.set(row.id, { row, workspaceId }),
    putMember: (row, workspaceId) => void written.members.set(row.id, { row, workspaceId }),
    putConversation: (row, workspaceId) => void written.conversations.set(row.id, { row, workspaceId }),
    putVisitor: (bot, id, row) => void written.visitors.set(`${bot} ${id}`, { ...row, bot, id }),
    putMessage: (row) => void written.messages.set(row.id, row),
    addNote: (row, workspaceId) => void written.notes.set(row.id, { row, workspaceId }),
    putTurn: (row, botId) => void written.turns.set(`${row.conversationId} ${row.index}`, { row, botId }),
    remember: (actor, id, row, at) => void written.commands.set(`${actor} ${id}`, { ...row, actor, id, at }),
    removeConversation(row, { botId, visitor }, workspaceId) {
      written.conversations.delete(row.id);
      for (const [id, one] of written.messages) if (one.conversationId === row.id) written.messages.delete(id);
      for (const [id, one] of written.notes) if (one.row.conversationId === row.id) written.notes.delete(id);
      for (const [key, one] of written.turns) if (one.row.conversationId === row.id) written.turns.delete(key);
      written.gone.set(row.id, { row, workspaceId, mark: visitorMark(botId, visitor.id) });
    },
    removeVisitor(bot, id) {
      written.visitors.delete(`${bot} ${id}`);
      for (const [key, one] of written.commands) if (one.actor === `${bot}/${id}`) written.commands.delete(key);
      written.goneVisitors.set(`${bot} ${id}`, { bot, id });
    },
    addAudit: (row, ws) => void written.audit.set(ws, [...written.audit.get(ws) ?? [], row]),
  };
}
