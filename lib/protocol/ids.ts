import * as z from 'zod';

/** Ids are opaque: 1 to 64 characters that are safe in a URL, a file name and an attribute. */
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id is 1 to 64 letters, digits, "-" or "_"');

export const WorkspaceId = id.brand<'WorkspaceId'>();
export type WorkspaceId = z.infer<typeof WorkspaceId>;
export const BotId = id.brand<'BotId'>();
export type BotId = z.infer<typeof BotId>;
export const MemberId = id.brand<'MemberId'>();
export type MemberId = z.infer<typeof MemberId>;
export const VisitorId = id.brand<'VisitorId'>();
export type VisitorId = z.infer<typeof VisitorId>;
export const ConversationId = id.brand<'ConversationId'>();
export type ConversationId = z.infer<typeof ConversationId>;
/** Made by whoever writes the message or note, so that a retry is recognised. */
export const MessageId = id.brand<'MessageId'>();
export type MessageId = z.infer<typeof MessageId>;
/** Made by the client for each command; the same id is the same act, however often it arrives. */
export const CommandId = id.brand<'CommandId'>();
export type CommandId = z.infer<typeof CommandId>;
export const KnowledgeId = id.brand<'KnowledgeId'>();
export type KnowledgeId = z.infer<typeof KnowledgeId>;
