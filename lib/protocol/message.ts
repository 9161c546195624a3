import * as z from 'zod';
import { KnowledgeId, MemberId, MessageId, ConversationId } from './ids.ts';
import { LABEL_MAX, MESSAGE_MAX } from './limits.ts';

export const Text = z.string().trim().min(1).max(MESSAGE_MAX);

/** Where an answer of the bot came from. */
export const Source = z.object({ id: KnowledgeId, title: z.string() });
export type Source = z.infer<typeof Source>;

/** Who wrote it. Set by the server, never by text: `label` is what visitors see of an agent. */
export const Author = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visitor') }),
  z.object({ kind: z.literal('bot'), name: z.string() }),
  z.object({ kind: z.literal('agent'), id: MemberId, name: z.string(), label: z.string().max(LABEL_MAX) }),
]);
export type Author = z.infer<typeof Author>;

/**
 * What happened, for the line in the transcript. Words are made by whoever shows it, so they can be translated.
 * `queued`: a person was asked for and will join; `offline`: asked for while nobody is available.
 */
export const Happening = z.discriminatedUnion('type', [
  z.object({ type: z.literal('queued') }),
  z.object({ type: z.literal('offline'), text: z.string() }),
  z.object({ type: z.literal('joined'), label: z.string() }),
  z.object({ type: z.literal('left'), label: z.string() }),
  z.object({ type: z.literal('returned'), by: z.enum(['visitor', 'agent']) }),
  z.object({ type: z.literal('resolved') }),
  z.object({ type: z.literal('reopened') }),
  z.object({ type: z.literal('email'), email: z.string() }),
]);
export type Happening = z.infer<typeof Happening>;

/** The bot asks whether a person is wanted; `answer` is null while the visitor has not decided. */
export const Offer = z.object({ reason: z.string(), answer: z.enum(['accepted', 'declined', 'lapsed']).nullable() });
export type Offer = z.infer<typeof Offer>;

const common = {
  id: MessageId,
  conversationId: ConversationId,
  /** Place in its conversation, dense from 1: the order on every screen. */
  index: z.int().positive(),
  /** The workspace's order of all durable changes; moves on when the message changes (feedback, an answered offer). */
  seq: z.int().positive(),
  /** Server time, epoch ms. */
  at: z.int(),
};

/** Something said. Everything in this union is for the visitor's eyes too; notes are a separate entity. */
export const Said = z.object({
  ...common, kind: z.literal('said'), author: Author, text: z.string(),
  sources: z.array(Source).optional(), offer: Offer.optional(), feedback: z.enum(['up', 'down']).optional(),
  /** A bot's way out of a dead end, e.g. the button to point at; never a promise. */
  point: z.literal('button').optional(),
});
/** Something that happened between the lines. */
export const Happened = z.object({ ...common, kind: z.literal('happened'), what: Happening });
export const Message = z.discriminatedUnion('kind', [Said, Happened]);
export type Said = z.infer<typeof Said>;
export type Happened = z.infer<typeof Happened>;
export type Message = z.infer<typeof Message>;

/** For the team only. Law 11: there is no visitor frame that could carry one. */
export const Note = z.object({
  id: MessageId, conversationId: ConversationId, seq: z.int().positive(), at: z.int(),
  /** null: written by Baton itself, e.g. "Released from Sam after 5 minutes". */
  by: z.object({ id: MemberId, name: z.string() }).nullable(), text: z.string(),
});
export type Note = z.infer<typeof Note>;
