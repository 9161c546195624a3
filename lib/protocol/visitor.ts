import * as z from 'zod';
import { BotId, CommandId, MessageId, VisitorId } from './ids.ts';
import { Channel, Floor, Status } from './conversation.ts';
import { Refusal } from './command.ts';
import { Message, Text } from './message.ts';
import { TriggerMode } from './settings.ts';

export const Email = z.email().max(254);
/** 256 random bits, base64url. Made by the visitor's browser; the server keeps only its hash. */
export const VisitorSecret = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** What the widget may know of a bot: an allow-list. */
export const VisitorBot = z.object({
  id: BotId, name: z.string(), greeting: z.string(),
  handoff: z.object({ enabled: z.boolean(), mode: TriggerMode, agentLabel: z.string(), offlineMessage: z.string(),
    /** Would a request reach a person now? Intent and lease together (law 9). */
    available: z.boolean() }),
  /** Law 10, ms. */
  waitingTooLongMs: z.int(),
});
export type VisitorBot = z.infer<typeof VisitorBot>;

/** What the widget may know of its conversation: an allow-list. */
export const VisitorConversation = z.object({
  status: Status, floor: Floor,
  /** Highest message `seq`. */
  messageSeq: z.int(),
  /** While a person holds it. */
  agentLabel: z.string().nullable(),
  /** While waiting with the team's floor: since when, and the place in the queue (1 = next). */
  waiting: z.object({ since: z.int(), place: z.int() }).nullable(),
  /** The offline message was shown and the request stands. */
  offline: z.boolean(),
  email: z.string().nullable(),
});
export type VisitorConversation = z.infer<typeof VisitorConversation>;

/** The frames that change something: kept in the widget's outbox until acknowledged, deduplicated by id. */
export const VisitorCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), id: MessageId, text: Text }),
  /** Talk to a person. */
  z.object({ type: z.literal('escalate'), id: CommandId }),
  z.object({ type: z.literal('offer'), id: CommandId, messageId: MessageId, accept: z.boolean() }),
  /** Back to the assistant. */
  z.object({ type: z.literal('back'), id: CommandId }),
  z.object({ type: z.literal('email'), id: CommandId, email: Email }),
  z.object({ type: z.literal('feedback'), id: CommandId, messageId: MessageId, value: z.enum(['up', 'down']) }),
]);
export type VisitorCommand = z.infer<typeof VisitorCommand>;

export const VisitorUp = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), version: z.int(), botId: BotId,
    visitor: z.object({ id: VisitorId, secret: VisitorSecret }),
    /** Highest message `seq` already held; 0 for none. */
    after: z.int().nonnegative(), channel: Channel,
    page: z.object({ url: z.string().max(2_000), title: z.string().max(300) }).nullable(), language: z.string().max(35).nullable() }),
  ...VisitorCommand.options,
  z.object({ type: z.literal('fetch'), after: z.int().nonnegative() }),
  z.object({ type: z.literal('typing'), on: z.boolean() }),
  z.object({ type: z.literal('ping') }),
]);
export type VisitorUp = z.infer<typeof VisitorUp>;
export type VisitorHello = Extract<VisitorUp, { type: 'hello' }>;

export const VisitorDown = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), version: z.int(), serverTime: z.int(), bot: VisitorBot,
    /** null until the visitor has said or asked something. */
    conversation: VisitorConversation.nullable(), messages: z.array(Message) }),
  /** New or changed messages with `from` < seq ≤ `to`: apply when `from` ≤ what is held, fetch when it is higher. */
  z.object({ type: z.literal('messages'), from: z.int(), to: z.int(), messages: z.array(Message) }),
  z.object({ type: z.literal('conversation'), conversation: VisitorConversation }),
  z.object({ type: z.literal('bot'), bot: VisitorBot }),
  z.object({ type: z.literal('ack'), id: z.string(), ok: z.literal(true), message: Message.optional() }),
  z.object({ type: z.literal('nack'), id: z.string(), refusal: Refusal }),
  /** A bot's answer as it grows, whole each time; ephemeral, replaced by the message with the same id, taken back when `text` is empty. */
  z.object({ type: z.literal('delta'), id: MessageId, text: z.string() }),
  z.object({ type: z.literal('typing'), by: z.enum(['bot', 'agent']), on: z.boolean() }),
  /** `messageSeq` of the conversation (0: none), so that a lost frame is found. */
  z.object({ type: z.literal('pong'), messageSeq: z.int(), serverTime: z.int() }),
  z.object({ type: z.literal('error'), code: z.string(), message: z.string() }),
  z.object({ type: z.literal('drain'), retryAfterMs: z.int() }),
]);
export type VisitorDown = z.infer<typeof VisitorDown>;
