import * as z from 'zod';
import { Command, CommandResult, Refusal } from './command.ts';
import { Cursor, FeedRow } from './feed.ts';
import { BotId, CommandId, ConversationId, MemberId } from './ids.ts';
import { Message, Note } from './message.ts';
import { Member } from './settings.ts';

/** 256 random bits, base64url: one per member and browser. */
export const DeviceToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const PairingCode = z.string().trim().toUpperCase().regex(/^[A-Z0-9]{4}-?[A-Z0-9]{4}$/);

export const AgentUp = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), version: z.int(), token: DeviceToken, cursor: Cursor.nullable(),
    /** Random per worker start: tells "same worker" from "restarted and resumed" in the log. */
    workerId: z.string().max(64) }),
  /** Asks for all rows after `after`. */
  z.object({ type: z.literal('sync'), after: z.int().nonnegative() }),
  /** Streams this conversation's messages with seq > `after`, now and as they come. */
  z.object({ type: z.literal('watch'), conversationId: ConversationId, after: z.int().nonnegative() }),
  z.object({ type: z.literal('unwatch'), conversationId: ConversationId }),
  z.object({ type: z.literal('command'), id: CommandId, command: Command }),
  z.object({ type: z.literal('typing'), conversationId: ConversationId, on: z.boolean() }),
  /** A sign of work on a claimed conversation that is not a message (law 6). */
  z.object({ type: z.literal('draft'), conversationId: ConversationId }),
  /** The worker's word that rows up to `seq` are in its database; `alerted`: escalations it raised a notification for. */
  z.object({ type: z.literal('applied'), seq: z.int().nonnegative(), badge: z.string().max(8), alerted: z.array(ConversationId) }),
  z.object({ type: z.literal('ping'), seq: z.int().nonnegative() }),
  /** Since protocol 2: leaves on purpose, so nobody is to wait for this browser to come back (law 9). */
  z.object({ type: z.literal('bye') }),
]);
export type AgentUp = z.infer<typeof AgentUp>;

/** Who is connected, and so whether "Agents available" reaches anybody (law 9). Ephemeral. */
export const Presence = z.object({
  connected: z.array(z.object({ memberId: MemberId, name: z.string() })),
  /** Bots for which visitors get the offline path although the switch is on. */
  unreachable: z.array(BotId),
});
export type Presence = z.infer<typeof Presence>;

export const AgentDown = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), version: z.int(), epoch: z.string(), head: z.int(), serverTime: z.int(), self: Member,
    workspaceName: z.string(),
    /** A rotated device token: store it before using it. */
    token: DeviceToken.optional() }),
  /**
   * All changes with `from` < seq ≤ `to`, newest state of each row. Apply when `from` ≤ cursor, fetch when it is higher.
   * `reset`: forget everything held before; this is a snapshot at `to`. `more`: further frames of the same answer follow.
   */
  z.object({ type: z.literal('feed'), from: z.int().nonnegative(), to: z.int().nonnegative(), rows: z.array(FeedRow), reset: z.boolean().optional(), more: z.boolean().optional() }),
  /** New or changed messages of a watched conversation with `from` < seq ≤ `to`; same rule as `feed`, per conversation. */
  z.object({ type: z.literal('messages'), conversationId: ConversationId, from: z.int(), to: z.int(), messages: z.array(Message) }),
  z.object({ type: z.literal('ack'), id: CommandId, message: Message.optional(), note: Note.optional(), result: CommandResult.optional() }),
  z.object({ type: z.literal('nack'), id: CommandId, refusal: Refusal }),
  z.object({ type: z.literal('presence'), presence: Presence }),
  z.object({ type: z.literal('typing'), conversationId: ConversationId, by: z.string(), who: z.enum(['visitor', 'agent']), on: z.boolean() }),
  /** `head`: the workspace's seq, so that a lost hint is found. */
  z.object({ type: z.literal('pong'), head: z.int(), serverTime: z.int() }),
  z.object({ type: z.literal('error'), code: z.string(), message: z.string() }),
  z.object({ type: z.literal('drain'), retryAfterMs: z.int() }),
]);
export type AgentDown = z.infer<typeof AgentDown>;

/** Websocket close codes of our own. */
export const CLOSE = {
  unauthenticated: 4401, revoked: 4403, tooOld: 4426, malformed: 4400, slow: 4408, replaced: 4409, rateLimited: 4429,
  /** To a visitor: what was kept of them was deleted. */
  deleted: 4410,
} as const;
