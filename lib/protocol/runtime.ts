import * as z from 'zod';
import { Command, CommandResult, Refusal } from './command.ts';
import { CommandId, ConversationId } from './ids.ts';

/**
 * Messages between extension pages and the background worker. The worker parses every one (the popup carries no zod:
 * it imports types only). Pages read data from Dexie; these are for acts and for what only the worker knows.
 */
export const RuntimeMessages = {
  /** Writes the optimistic row and the outbox entry; answered before the companion has seen it. For `message.send` and `note.add`. */
  'outbox.add': z.object({ id: CommandId, command: Command }),
  /** A failed or held entry: again (optionally with `force`), or away. */
  'outbox.retry': z.object({ id: CommandId, force: z.boolean().optional(), seen: z.int().optional() }),
  'outbox.discard': z.object({ id: CommandId }),
  /** Any other command: answered by the companion's word, or `offline` / `timeout`. The same id may be sent again. */
  'command': z.object({ id: CommandId, command: Command }),
  /** The conversation on this page's screen (null: none): watched, and not alerted. */
  'viewing': z.object({ conversationId: ConversationId.nullable() }),
  /** The agent has read that words were put back after this browser's storage was lost. */
  'restored.seen': z.object({}),
  /** The author of unsent words has read that their conversation was deleted. */
  'gone.seen': z.object({}),
  'typing': z.object({ conversationId: ConversationId, on: z.boolean() }),
  'connection.pair': z.object({ address: z.string().max(300), code: z.string().max(20) }),
  'connection.forget': z.object({}),
  'connection.retry': z.object({}),
  /** The popup's whole state, also mirrored in `storage.session`. */
  'popup.state': z.object({}),
} as const;
export type RuntimeMessageName = keyof typeof RuntimeMessages;
export type RuntimeData<N extends RuntimeMessageName> = z.infer<(typeof RuntimeMessages)[N]>;

export const CommandAnswer = z.union([
  z.object({ ok: z.literal(true), result: CommandResult.optional() }),
  z.object({ ok: z.literal(false), refusal: Refusal }),
  z.object({ ok: z.literal(false), failed: z.enum(['offline', 'timeout']) }),
]);
export type CommandAnswer = z.infer<typeof CommandAnswer>;

/** Each has its own words on the Connection page. */
export type PairAnswer =
  | { ok: true; memberName: string; workspaceName: string }
  | { ok: false; code: 'bad_address' | 'insecure_address' | 'unreachable' | 'not_a_companion' | 'bad_code' | 'used_code' | 'expired_code' | 'rate_limited' | 'companion_too_old' | 'extension_too_old'; message: string };

/** What the link to the companion is doing; shown, never guessed. */
export type LinkState =
  | { name: 'unpaired' }
  | { name: 'connecting'; since: number }
  | { name: 'online'; since: number }
  | { name: 'waiting'; retryAt: number; reason: string }
  | { name: 'revoked' } | { name: 'too_old'; which: 'extension' | 'companion' };

/** `full`: no space left, what comes is not stored; `stuck`: the database cannot be opened. Kept in `storage.session`, which needs neither. */
export type StorageTrouble = 'full' | 'stuck';

/** Everything the popup shows, in one message: no Dexie, no zod there. Times are server times; `clockOffset` = server − local. */
export interface PopupState {
  link: LinkState; workspaceName: string; selfName: string; role: 'agent' | 'lead' | 'admin' | null; clockOffset: number; updatedAt: number;
  availability: { value: 'on' | 'off' | 'mixed' | 'handoff_off'; by: string | null; at: number | null; maySwitch: boolean;
    /** On, but visitors get the offline path because nobody is connected. */
    unreachable: boolean; bots: { id: string; name: string; on: boolean }[] };
  waiting: { id: string; name: string; since: number; text: string }[]; waitingCount: number; mine: number; companion: string | null;
}

export interface RuntimeAnswers {
  'outbox.add': { ok: true }; 'outbox.retry': { ok: true }; 'outbox.discard': { ok: true };
  'command': CommandAnswer; 'viewing': { ok: true }; 'restored.seen': { ok: true }; 'gone.seen': { ok: true }; 'typing': { ok: true };
  'connection.pair': PairAnswer; 'connection.forget': { ok: true }; 'connection.retry': { ok: true }; 'popup.state': PopupState;
}
