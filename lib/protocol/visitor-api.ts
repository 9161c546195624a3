import * as z from 'zod';
import { Message } from './message.ts';
import { VisitorBot, VisitorCommand, VisitorConversation } from './visitor.ts';

/** The longest that `GET …/messages` waits for something to tell, in seconds: shorter than what proxies cut. */
export const POLL_MAX_S = 25;

/** `POST /api/visitor/:botId/commands`: a frame of the socket that changes something, with where it was written. */
export const VisitorPost = z.intersection(
  VisitorCommand,
  z.object({ page: z.object({ url: z.string().max(2_000), title: z.string().max(300) }).nullish(), language: z.string().max(35).nullish() }),
);
export type VisitorPost = z.infer<typeof VisitorPost>;
/** Done, now or by an earlier try. `message`: what came of it first, with its place. */
export const VisitorPosted = z.object({ type: z.literal('ack'), id: z.string(), ok: z.literal(true), message: Message.optional() });
export type VisitorPosted = z.infer<typeof VisitorPosted>;

/** `GET /api/visitor/:botId/messages?after=SEQ&wait=SECONDS`. `wait`: answer when there is something new, or after so long. */
export const VisitorPollQuery = z.object({ after: z.coerce.number().int().nonnegative().default(0), wait: z.coerce.number().min(0).max(POLL_MAX_S).default(0) });
/** New or changed messages with `from` < seq ≤ `to`, and how things stand. */
export const VisitorPoll = z.object({
  serverTime: z.int(), bot: VisitorBot,
  /** null until the visitor has said or asked something. */
  conversation: VisitorConversation.nullable(),
  from: z.int(), to: z.int(), messages: z.array(Message),
});
export type VisitorPoll = z.infer<typeof VisitorPoll>;
