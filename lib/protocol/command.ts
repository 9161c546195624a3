import * as z from 'zod';
import { BotId, ConversationId, MemberId, VisitorId } from './ids.ts';
import { Text } from './message.ts';
import { BotSettings, Role, WorkspaceSettings } from './settings.ts';
import { NAME_MAX } from './limits.ts';

const of = <T extends string>(type: T) => ({ type: z.literal(type), conversationId: ConversationId });

/**
 * What a member may ask for. Imperative names; the id beside a command makes it idempotent, and for `message.send`
 * and `note.add` it becomes the id of the message or note.
 */
export const Command = z.discriminatedUnion('type', [
  z.object({ ...of('message.send'), text: Text,
    /** Highest index its author had on screen: law 7. */
    seen: z.int().nonnegative(),
    /** Claim first, in the same transaction (Claim and reply). */
    claim: z.boolean().optional(),
    /** Send although a colleague wrote since. */
    force: z.boolean().optional() }),
  z.object({ ...of('note.add'), text: Text }),
  z.object(of('conversation.claim')),
  z.object(of('conversation.release')),
  z.object(of('conversation.return')),
  z.object(of('conversation.resolve')),
  z.object(of('conversation.reopen')),
  z.object(of('conversation.archive')),
  z.object({ type: z.literal('availability.set'), botIds: z.array(BotId).min(1).nullable(), on: z.boolean() }),
  z.object({ type: z.literal('bot.add'), botId: BotId, name: z.string().trim().min(1).max(NAME_MAX) }),
  /** Refused as `stale` when the bot changed after `baseSeq`, unless forced. */
  z.object({ type: z.literal('bot.save'), botId: BotId, baseSeq: z.int(), settings: BotSettings, force: z.boolean().optional() }),
  z.object({ type: z.literal('workspace.save'), settings: WorkspaceSettings }),
  z.object({ type: z.literal('member.add'), memberId: MemberId, name: z.string().trim().min(1).max(NAME_MAX), role: Role }),
  /** Answers with a new one-time pairing code. */
  z.object({ type: z.literal('member.code'), memberId: MemberId }),
  z.object({ type: z.literal('member.role'), memberId: MemberId, role: Role }),
  /** Revokes every device of the member; their sockets close within a second. */
  z.object({ type: z.literal('member.revoke'), memberId: MemberId }),
  /** Everything that is kept of this visitor, for good; their conversations leave `gone` rows in the feed. Since protocol 2. */
  z.object({ type: z.literal('visitor.delete'), botId: BotId, visitorId: VisitorId }),
]);
export type Command = z.infer<typeof Command>;
export type CommandType = Command['type'];

/** Why a command was not done; expected outcomes, each with its own words on screen. */
export const RefusalCode = z.enum([
  'malformed', 'too_long', 'forbidden', 'not_found', 'taken', 'held', 'not_yours', 'wrong_state', 'stale',
  'bot_has_floor', 'handoff_off', 'id_reused', 'rate_limited', 'draining', 'last_admin', 'internal',
]);
export type RefusalCode = z.infer<typeof RefusalCode>;
export const Refusal = z.object({
  code: RefusalCode, message: z.string(),
  /** `taken`: who won. */
  by: z.string().optional(),
  /** `held`: the conversation's messageCount now; what a colleague wrote lies after `seen`. */
  count: z.int().optional(),
});
export type Refusal = z.infer<typeof Refusal>;

/** What a done command may hand back to its author alone. */
export const CommandResult = z.object({ code: z.string().optional(), memberId: MemberId.optional(), botId: BotId.optional() });
export type CommandResult = z.infer<typeof CommandResult>;
