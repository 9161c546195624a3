import type { AuditDraft } from '#lib/protocol/audit.ts';
import type { Refusal, RefusalCode } from '#lib/protocol/command.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { MessageId, MemberId } from '#lib/protocol/ids.ts';
import type { Author, Happening, Offer, Said, Source } from '#lib/protocol/message.ts';
import type { Bot, Workspace } from '#lib/protocol/settings.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';

/** What a transition may look at. Clock and chance are arguments. */
export interface Context {
  conversation: Conversation; bot: Bot; workspace: Workspace;
  /** Members with a live lease. */
  connected: readonly MemberId[];
  now: number; newId: () => MessageId;
}

/** A message before the store gives it index and seq. */
export type Draft =
  | { kind: 'said'; id: MessageId; author: Author; text: string; sources?: Source[]; offer?: Offer; point?: 'button' }
  | { kind: 'happened'; id: MessageId; what: Happening };
export interface NoteDraft { id: MessageId; by: { id: MemberId; name: string } | null; text: string }
/** A change of a message that is already there. */
export interface Patch { id: MessageId; set: Partial<Pick<Said, 'offer' | 'feedback'>> }

/** What a transition wants written, all in one transaction. */
export interface Change { ok: true; conversation: Conversation; messages: Draft[]; notes: NoteDraft[]; patches: Patch[];
  /** Privileged acts among it, for the audit log. */
  audit: AuditDraft[];
  /** How the bot came to what it did. */
  turn: TurnRecord | null }
export interface Refused { ok: false; refusal: Refusal }
export type Outcome = Change | Refused;

export function refuse(code: RefusalCode, message: string, more: Omit<Refusal, 'code' | 'message'> = {}): Refused {
  return { ok: false, refusal: { code, message, ...more } };
}

/** Collects what one act changes; `set` merges into the conversation, `add` also keeps its counters and preview. */
export class Draftbook {
  conversation: Conversation;
  readonly messages: Draft[] = [];
  readonly notes: NoteDraft[] = [];
  readonly patches: Patch[] = [];
  readonly audit: AuditDraft[] = [];
  turn: TurnRecord | null = null;
  readonly context: Context;

  constructor(context: Context) {
    this.context = context;
    this.conversation = context.conversation;
  }

  set(change: Partial<Conversation>): this {
    this.conversation = { ...this.conversation, ...change };
    return this;
  }

  /** Appends a message; returns its index. */
  add(draft: Draft): number {
    this.messages.push(draft);
    const { now } = this.context;
    const messageCount = this.conversation.messageCount + 1;
    this.set({ messageCount, lastAt: now });
    // What a person wrote says what is needed; the bot's answers would hide it from the inbox.
    if (draft.kind === 'said' && draft.author.kind !== 'bot') this.set({ last: { by: draft.author.kind, text: draft.text.slice(0, 160), at: now } });
    return messageCount;
  }

  happened(what: Happening): this {
    this.add({ kind: 'happened', id: this.context.newId(), what });
    return this;
  }

  note(text: string, by: NoteDraft['by'] = null, id = this.context.newId()): this {
    this.notes.push({ id, by, text });
    return this;
  }

  done(): Change {
    return { ok: true, conversation: this.conversation, messages: this.messages, notes: this.notes, patches: this.patches, audit: this.audit, turn: this.turn };
  }
}
