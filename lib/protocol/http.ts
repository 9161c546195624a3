import * as z from 'zod';
import { DeviceToken, PairingCode } from './agent.ts';
import { Conversation, Channel, Status } from './conversation.ts';
import { BotId } from './ids.ts';
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

/** Every refusal over HTTP. */
export const HttpError = z.object({ code: z.string(), message: z.string() });
export type HttpError = z.infer<typeof HttpError>;
