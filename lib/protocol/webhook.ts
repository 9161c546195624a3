import * as z from 'zod';
import { BotId, ConversationId, KnowledgeId } from './ids.ts';
import { Text } from './message.ts';
import { POLICY_ACTS } from './settings.ts';

/** One turn of one conversation: the same on every retry, also after a restart. */
export const TurnId = z.string().regex(/^turn_[A-Za-z0-9_-]{1,64}_[1-9][0-9]{0,8}$/, 'a turn id comes from turn.requested');
export type TurnId = z.infer<typeof TurnId>;

const TurnLine = z.object({ role: z.enum(['visitor', 'bot', 'agent']), text: z.string(), /** Epoch ms. */ at: z.int() });

/**
 * What the customer's bot is sent, signed by the Standard Webhooks scheme; `webhook-id` is `data.turnId`. New fields may
 * come; what is here stays, or `type` changes.
 */
export const TurnRequested = z.object({
  type: z.literal('turn.requested'),
  /** ISO 8601, when it was first sent from this process. */
  timestamp: z.string(),
  data: z.object({
    turnId: TurnId, botId: BotId, conversationId: ConversationId,
    /** The visitor's message to answer. */
    message: TurnLine.pick({ text: true, at: true }),
    /** What was said before it, oldest first; the newest of it when it is long. Never a note of the team. */
    transcript: z.array(TurnLine),
    /** As the visitor's browser says it, for instance `en-GB`. */
    language: z.string().nullable(),
    page: z.object({ url: z.string(), title: z.string() }).nullable(),
    /** An answer to a `202` counts until then, epoch ms; later the embedded bot has answered. */
    answerBy: z.int(),
  }),
});
export type TurnRequested = z.infer<typeof TurnRequested>;

/** Where the answer is from. Without an `id` it has a number. */
const AnswerSource = z.object({ title: z.string().trim().min(1).max(300), id: KnowledgeId.optional() });
/** What the customer's bot makes of a turn: a proposal, like that of any bot. */
export const WebhookAnswer = z.object({
  reply: z.object({ text: Text, sources: z.array(AnswerSource).max(10).optional() }).nullish(),
  /** Chance that the reply is right, 0 to 1; left out: 1 with a reply, 0 without. */
  answerable: z.number().min(0).max(1).optional(),
  /** Offer the visitor a person, or fetch one. */
  handoff: z.enum(POLICY_ACTS).nullish(),
});
export type WebhookAnswer = z.infer<typeof WebhookAnswer>;

/** `POST /api/bots/:botId/webhook`: what the customer's bot may ask for, signed with the same secret. */
export const WebhookCall = z.discriminatedUnion('type', [
  /** The answer to a turn that was answered `202`. */
  z.object({ type: z.literal('turn.answer'), data: WebhookAnswer.extend({ turnId: TurnId }) }),
  /** Of its own accord, while the bot has the floor. */
  z.object({ type: z.literal('message.send'), data: z.object({ conversationId: ConversationId, text: Text, sources: z.array(AnswerSource).max(10).optional() }) }),
  z.object({ type: z.literal('conversation.offer'), data: z.object({ conversationId: ConversationId }) }),
  z.object({ type: z.literal('conversation.escalate'), data: z.object({ conversationId: ConversationId }) }),
]);
export type WebhookCall = z.infer<typeof WebhookCall>;

/** What became of a call. `pointed`: the bot is in Button mode, so the visitor was shown the button. */
export const WebhookDone = z.object({ done: z.enum(['answered', 'said', 'offered', 'escalated', 'pointed']) });
export type WebhookDone = z.infer<typeof WebhookDone>;
