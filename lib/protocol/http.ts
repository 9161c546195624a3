import * as z from 'zod';
import { DeviceToken, PairingCode } from './agent.ts';
import { Conversation, Channel, Status } from './conversation.ts';
import { BotId, KnowledgeId } from './ids.ts';
import { Member } from './settings.ts';

/** `POST /api/pair`: a one-time code for a device token. */
export const PairRequest = z.object({ code: PairingCode, version: z.int() });
export const PairResponse = z.object({ token: DeviceToken, member: Member, workspaceName: z.string() });
export type PairResponse = z.infer<typeof PairResponse>;

/** `GET /api/conversations`: the server behind the cache. `before`: keyset, the `lastAt` of the last row held. */
export const ConversationQuery = z.object({
  status: Status.optional(), botId: BotId.optional(), channel: Channel.optional(), text: z.string().trim().max(200).optional(),
  before: z.coerce.number().int().optional(), limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ConversationQuery = z.infer<typeof ConversationQuery>;
export const ConversationPage = z.object({ conversations: z.array(Conversation), more: z.boolean() });
export type ConversationPage = z.infer<typeof ConversationPage>;

/** One thing the bot may answer from: a question with its answer, or a section of a document. */
export const KnowledgeEntry = z.object({
  id: KnowledgeId, botId: BotId, kind: z.enum(['faq', 'document']), title: z.string().trim().min(1).max(300), text: z.string().trim().min(1).max(20_000),
  /** The file it came from; null when typed in. */
  file: z.string().max(200).nullable(), at: z.int(),
});
export type KnowledgeEntry = z.infer<typeof KnowledgeEntry>;
export const KnowledgeList = z.object({ entries: z.array(KnowledgeEntry) });

/** `POST /api/bots/:botId/knowledge`: typed entries and files together; a bad file is refused by name, the rest is kept. */
export const KnowledgeAdd = z.object({
  faq: z.array(z.object({ question: z.string().trim().min(1).max(300), answer: z.string().trim().min(1).max(20_000) })).max(500).optional(),
  files: z.array(z.object({ name: z.string().min(1).max(200), base64: z.string() })).max(20).optional(),
});
export type KnowledgeAdd = z.infer<typeof KnowledgeAdd>;
export const KnowledgeAdded = z.object({ added: z.array(KnowledgeEntry), refused: z.array(z.object({ name: z.string(), reason: z.string() })) });
export type KnowledgeAdded = z.infer<typeof KnowledgeAdded>;
/** Every refusal over HTTP. */
export const HttpError = z.object({ code: z.string(), message: z.string() });
export type HttpError = z.infer<typeof HttpError>;
