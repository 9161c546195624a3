import type { Op } from '#lib/handoff/op.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { BotId, ConversationId, MemberId, MessageId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Said } from '#lib/protocol/message.ts';
import type { Committed, Store } from '../store/store.ts';
import type { BotTurn } from './bot.ts';
import type { Bots } from './bots.ts';
import { takePosted, takeTurn, TRANSCRIPT_MAX } from './take-turn.ts';
import { createTurnUnderWay, type TurnUnderWay } from './turn-under-way.ts';

export interface BotRunnerParts {
  workspaceId: WorkspaceId;
  store: Pick<Store, 'conversation' | 'messages' | 'bot' | 'due'>;
  /** Commits the op and tells the bus. */
  submit: (op: Op) => Promise<Committed>;
  /** Members with a live lease. */
  connected: () => MemberId[];
  now: () => number;
  /** Never gets message text. */
  log: { warn: (details: object, message: string) => void };
  onTyping: (conversationId: ConversationId, on: boolean) => void;
  /** A reply grows: all of it so far, under the id its message will have; empty: taken back. */
  onDelta?: (conversationId: ConversationId, id: MessageId, text: string) => void;
  botOf: Bots['of'];
  timeoutMs?: number; laterMs?: number;
}

/** A turn that its bot said would come later. `callId`: the same call is taken once. */
export interface PostedTurn { botId: BotId; callId: string; conversationId: ConversationId; index: number; turn: BotTurn }

export interface BotRunner {
  /** Looks whether the bot owes this conversation a turn, and takes it. One turn at a time for each conversation. */
  kick: (conversation: Pick<Conversation, 'id'>) => void;
  /** Something happened to the conversation, on whichever node: a turn under way may be over, or in a hurry. */
  changed: (conversation: Pick<Conversation, 'id'>) => void;
  /** Null: there is no such turn. */
  post: (posted: PostedTurn) => Promise<Committed | null>;
  /** Takes up the turns that were owed when the companion ended. */
  resume: () => Promise<void>;
  /** Resolves when no turn is under way. */
  idle: () => Promise<void>;
  close: () => Promise<void>;
}

/** What taking a turn needs. */
export interface TurnParts extends BotRunnerParts { closing: AbortSignal }
interface Run { again: boolean; done: Promise<void>; turn: TurnUnderWay | null }

export function createBotRunner(parts: BotRunnerParts): BotRunner {
  const running = new Map<ConversationId, Run>();
  const closing = new AbortController();
  const whole: TurnParts = { ...parts, closing: closing.signal };
  const run = async (id: ConversationId, state: Run): Promise<void> => {
    try {
      do {
        state.again = false;
        await takeTurns(whole, id, state);
      } while (state.again && !closing.signal.aborted);
    } catch (error) {
      parts.log.warn({ conversationId: id, error }, 'A bot turn could not be taken; it stays owed until the next message or start.');
    } finally {
      running.delete(id);
    }
  };
  const changed: BotRunner['changed'] = ({ id }) => {
    running.get(id)?.turn?.look().catch((error: unknown) => parts.log.warn({ conversationId: id, error }, 'A turn under way could not be looked after; it goes on.'));
  };
  const kick: BotRunner['kick'] = ({ id }) => {
    const held = running.get(id);
    if (held) { held.again = true; return changed({ id }); }
    if (closing.signal.aborted) return;
    const state: Run = { again: false, done: Promise.resolve(), turn: null };
    running.set(id, state);
    state.done = run(id, state);
  };
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all([...running.values()].map((one) => one.done));
  };
  return {
    kick, idle, changed,
    async post(posted) {
      const done = await takePosted(whole, posted);
      changed({ id: posted.conversationId });
      return done;
    },
    resume: async () => { for (const one of (await parts.store.due(parts.workspaceId, parts.now())).owed) kick(one); },
    close: async () => { closing.abort(); await idle(); },
  };
}

/** Until nothing is owed: oldest message first, each with what was said before it. */
async function takeTurns(parts: TurnParts, id: ConversationId, run: Run): Promise<void> {
  let answered = 0;
  while (!parts.closing.aborted) {
    const conversation = await parts.store.conversation(id);
    const owed = conversation?.floor === 'bot' ? conversation.owed : null;
    // No progress since the last turn: another writer was faster, or the store refused. Never spin on it.
    if (!conversation || !owed || owed.first <= answered) return;
    const all = await parts.store.messages(id, 0, TRANSCRIPT_MAX);
    const next = all.find((one): one is Said => one.kind === 'said' && one.author.kind === 'visitor' && one.index >= owed.first && one.index <= owed.last);
    if (!next) return parts.log.warn({ conversationId: id, owed }, 'The bot owes a turn to a message that is not there.');
    run.turn = createTurnUnderWay(parts.store, id, next.index, TRANSCRIPT_MAX);
    // What was written before this turn began may be behind it already.
    if (owed.last > next.index) await run.turn.look();
    await takeTurn(parts, run.turn, conversation, next, all.filter((one) => one.index > conversation.detectFrom && one.index <= next.index));
    answered = next.index;
  }
}
