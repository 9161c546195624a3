/**
 * Types of Baton's visitor API: everything a chat window of your own sends and gets. Copy this file, or fetch it from
 * your companion at /widget/visitor-api.d.ts. What it means is in VISITOR-API.md.
 */

/** 1 to 64 letters, digits, "-" or "_". Ids of messages and commands are made by you: the same id is done once. */
export type Id = string;
/** Epoch ms. */
export type Time = number;

export type Channel = 'widget' | 'playground' | 'api';
export type TriggerMode = 'button' | 'auto' | 'both';
export interface Page { url: string; title: string }

export interface Bot {
  id: Id; name: string; greeting: string;
  handoff: {
    enabled: boolean; mode: TriggerMode; agentLabel: string; offlineMessage: string;
    /** Would a request reach a person now? */
    available: boolean;
  };
  /** After so long in the queue, ms, offer the e-mail field. */
  waitingTooLongMs: number;
}

export interface Conversation {
  status: 'open' | 'escalated' | 'resolved' | 'archived';
  /** Who answers the visitor. */
  floor: 'bot' | 'team';
  /** Highest `seq` of its messages. */
  messageSeq: number;
  /** While a person holds it. */
  agentLabel: string | null;
  /** While waiting for a person: since when, and the place in the queue (1 = next). */
  waiting: { since: Time; place: number } | null;
  /** The offline message was shown and the request stands. */
  offline: boolean;
  email: string | null;
}

export type Author =
  | { kind: 'visitor' }
  | { kind: 'bot'; name: string }
  | { kind: 'agent'; id: Id; name: string; label: string };

export type Happening =
  | { type: 'queued' }
  | { type: 'offline'; text: string }
  | { type: 'joined'; label: string }
  | { type: 'left'; label: string }
  | { type: 'returned'; by: 'visitor' | 'agent' }
  | { type: 'resolved' }
  | { type: 'reopened' }
  | { type: 'email'; email: string };

/** Text is text: show it as such, never as markup. */
export interface Said {
  kind: 'said'; id: Id; conversationId: Id;
  /** Place in the conversation, from 1 without a gap: the order on screen. */
  index: number;
  /** Moves on when the message changes: a message you hold is replaced by the same id with a higher `seq`. */
  seq: number;
  at: Time; author: Author; text: string;
  sources?: { id: Id; title: string }[] | undefined;
  /** The bot asks whether a person is wanted; `answer` null: not decided yet. */
  offer?: { reason: string; answer: 'accepted' | 'declined' | 'lapsed' | null } | undefined;
  feedback?: 'up' | 'down' | undefined;
  /** Point at your "Talk to a person" button. */
  point?: 'button' | undefined;
}
export interface Happened { kind: 'happened'; id: Id; conversationId: Id; index: number; seq: number; at: Time; what: Happening }
export type Message = Said | Happened;

/** What changes something: over the socket, or as the body of POST /api/visitor/:botId/commands. */
export type Command =
  | { type: 'message'; id: Id; text: string }
  /** Talk to a person. */
  | { type: 'escalate'; id: Id }
  | { type: 'offer'; id: Id; messageId: Id; accept: boolean }
  /** Back to the assistant, while waiting. */
  | { type: 'back'; id: Id }
  | { type: 'email'; id: Id; email: string }
  | { type: 'feedback'; id: Id; messageId: Id; value: 'up' | 'down' };

/** Frames to /socket/visitor. */
export type Up =
  | { type: 'hello'; version: number; botId: Id; visitor: { id: Id; secret: string }; after: number; channel: Channel; page: Page | null; language: string | null }
  | Command
  | { type: 'fetch'; after: number }
  | { type: 'typing'; on: boolean }
  | { type: 'ping' };

export type RefusalCode =
  | 'malformed' | 'too_long' | 'forbidden' | 'not_found' | 'taken' | 'held' | 'not_yours' | 'wrong_state' | 'stale'
  | 'bot_has_floor' | 'handoff_off' | 'id_reused' | 'rate_limited' | 'draining' | 'last_admin' | 'internal';
export interface Refusal { code: RefusalCode; message: string; by?: string | undefined; count?: number | undefined }

/** Frames from /socket/visitor. Ignore a `type` that you do not know. */
export type Down =
  | { type: 'welcome'; version: number; serverTime: Time; bot: Bot; conversation: Conversation | null; messages: Message[] }
  /** New or changed messages with `from` < seq ≤ `to`: apply when `from` ≤ what you hold, fetch when it is higher. */
  | { type: 'messages'; from: number; to: number; messages: Message[] }
  | { type: 'conversation'; conversation: Conversation }
  | { type: 'bot'; bot: Bot }
  | { type: 'ack'; id: string; ok: true; message?: Message | undefined }
  | { type: 'nack'; id: string; refusal: Refusal }
  /** A bot's answer as it grows; replaced by the message with the same id. */
  | { type: 'delta'; id: Id; text: string }
  | { type: 'typing'; by: 'bot' | 'agent'; on: boolean }
  /** `messageSeq` higher than what you hold: fetch. */
  | { type: 'pong'; messageSeq: number; serverTime: Time }
  | { type: 'error'; code: string; message: string }
  | { type: 'drain'; retryAfterMs: number };

/** POST /api/visitor/:botId/commands takes a command, with where it was written if you like … */
export type PostBody = Command & { page?: Page | null | undefined; language?: string | null | undefined };
/** … and answers 200 with this. */
export interface Posted { type: 'ack'; id: string; ok: true; message?: Message | undefined }
/** GET /api/visitor/:botId/messages?after=SEQ&wait=SECONDS */
export interface Poll { serverTime: Time; bot: Bot; conversation: Conversation | null; from: number; to: number; messages: Message[] }
/** Every other status over HTTP. */
export interface HttpError { code: string; message: string }
