import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Engine, Policy } from '#lib/protocol/settings.ts';
import type { Message, Source } from '#lib/protocol/message.ts';
import type { Explained } from '#lib/protocol/try.ts';

/** What the bot made of one visitor message. It proposes; `decide` acts. */
export interface BotTurn {
  reply: { text: string; sources: (Source & { score: number })[] } | null;
  signals: {
    /** Calibrated chance that the reply is right and the question in scope, 0 to 1. */
    answerable: number;
    wantsHuman: number; frustration: number; smallTalk: boolean; satisfied: boolean;
  };
  engine: Engine['kind'];
  /** The customer's own bot asks for a person: weighed as the admin's own words are (law 5 holds). */
  handoff?: Policy['act'];
  /** The engine that was asked for failed and another answered. */
  degraded?: boolean;
  /** The reply claimed a transfer or a follow-up and was taken away: nothing like it is decided (law 3). */
  promised?: boolean;
}

export interface TurnContext {
  botName: string;
  /** The visitor's message to answer. */
  text: string; language: string | null;
  /** Everything since `detectFrom`, oldest first, the message itself included. */
  transcript: Message[];
  /** Of the conversation and the message: the same whenever the turn is asked for again (turn-id.ts). */
  turnId: string;
  /** Where the visitor is, when that is known. */
  page?: Conversation['page'];
  /** See Detection in lib/protocol/settings.ts; the default when absent. */
  falseReject?: number;
  /** The rules have decided already, whatever the bot makes of it: its reply is not shown. */
  isSettled?: boolean;
  /** Aborts when somebody waits behind this turn: answer with what there is. */
  hurry?: AbortSignal;
}

/** A bot. `prepare` is called again when its knowledge changes. Streamed text is ephemeral until the turn commits. */
export interface Bot {
  prepare(knowledge: KnowledgeEntry[]): Promise<void>;
  /** `later`: the turn comes by another way (BotRunner.post), e.g. from a webhook. */
  respond(context: TurnContext, signal: AbortSignal, onText?: (delta: string) => void): Promise<BotTurn | 'later'>;
  /** The turn that was to come later did not come in time: what to say instead. Without it nobody answers. */
  late?(context: TurnContext, signal: AbortSignal): Promise<BotTurn>;
  /** How it would find its answer to `text`, for people who want to see why (Try the detector). */
  explain?(context: Pick<TurnContext, 'text' | 'falseReject'>): Promise<Explained>;
}
