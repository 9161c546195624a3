import * as z from 'zod';
import { Conversation } from './conversation.ts';
import { ConversationId } from './ids.ts';
import { Note } from './message.ts';
import { Bot, Member, Workspace } from './settings.ts';

/** A conversation that was deleted, with everything in it: whoever holds it forgets it. */
export const Gone = z.object({ id: ConversationId, seq: z.int().positive(), at: z.int() });
export type Gone = z.infer<typeof Gone>;

/**
 * One upsert of the workspace feed. Rows carry the whole new state and their own `seq`, so applying one twice, or an
 * old one late, changes nothing. Messages take a seq too but travel per conversation (see `watch`), with the same rule.
 */
export const FeedRow = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('conversation'), row: Conversation }),
  z.object({ kind: z.literal('note'), row: Note }),
  z.object({ kind: z.literal('bot'), row: Bot }),
  z.object({ kind: z.literal('member'), row: Member }),
  z.object({ kind: z.literal('workspace'), row: Workspace }),
  /** Since protocol 2; a client of protocol 1 is not sent it. */
  z.object({ kind: z.literal('gone'), row: Gone }),
]);
export type FeedRow = z.infer<typeof FeedRow>;

/** Where a client stands. A new epoch (a restored backup, another store) makes every older cursor void. */
export const Cursor = z.object({ epoch: z.string(), seq: z.int().nonnegative() });
export type Cursor = z.infer<typeof Cursor>;
