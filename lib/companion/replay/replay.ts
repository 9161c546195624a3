import type { Conversation } from '#lib/protocol/conversation.ts';
import type { BotId, WorkspaceId } from '#lib/protocol/ids.ts';
import { DIFFERENCES, type DifferenceKind, type ReplayBy, type ReplayLine, type ReplaySummary } from '#lib/protocol/replay.ts';
import type { Store } from '../store/store.ts';
import { replayConversation, type BothSettings, type Replayed } from './replay-conversation.ts';

/** Rows read at once. */
const PAGE = 50;
/** Of one conversation, newest messages: far more than people write. */
const MESSAGES_MAX = 400;

export interface ReplayParts {
  store: Pick<Store, 'list' | 'messages' | 'turns'>; workspaceId: WorkspaceId; botId: BotId;
  both: BothSettings; by: ReplayBy; newest: number;
  /** Whoever asked has gone, or another of theirs took its place: nothing more is done. */
  left: AbortSignal;
  /** Its time is up: the summary says how far it came. */
  late: AbortSignal;
}

/** Conversations once more, newest first: a line for each as it is done. Only reads. @throws `left`'s reason, and whatever the store or the bot throws */
export async function* replay(parts: ReplayParts): AsyncGenerator<ReplayLine, undefined> {
  const { store, both, left, late } = parts;
  const signal = AbortSignal.any([left, late]);
  const conversations = await newestOf(parts);
  yield { type: 'began', of: conversations.length, by: parts.by };
  const tally = createTally();
  let done = 0;
  try {
    for (const conversation of conversations) {
      signal.throwIfAborted();
      const messages = await store.messages(conversation.id, 0, MESSAGES_MAX);
      const replayed = await replayConversation(both, conversation, messages, await store.turns(conversation.id), signal);
      tally.add(replayed);
      done += 1;
      yield replayed ? { type: 'conversation', done, ...replayed } : { type: 'skipped', done };
    }
  } catch (error) {
    if (left.aborted || !late.aborted) throw error;
  }
  yield tally.summary(done === conversations.length);
  return undefined;
}

/** What was only tried in the Playground is no past conversation. */
async function newestOf({ store, workspaceId, botId, newest, left }: ReplayParts): Promise<Conversation[]> {
  const found: Conversation[] = [];
  for (let before: number | undefined, more = true; more && found.length < newest;) {
    left.throwIfAborted();
    const page = await store.list(workspaceId, { botId, limit: PAGE, ...(before === undefined ? {} : { before }) });
    found.push(...page.conversations.filter(({ channel }) => channel !== 'playground'));
    before = page.conversations.at(-1)?.lastAt;
    more = page.more && before !== undefined;
  }
  return found.slice(0, newest);
}

function createTally(): { add(one: Replayed | null): void; summary(isComplete: boolean): ReplaySummary } {
  const [saved, changed] = [{ offered: 0, escalated: 0 }, { offered: 0, escalated: 0 }];
  const kinds = Object.fromEntries(DIFFERENCES.map((kind) => [kind, 0])) as Record<DifferenceKind, number>;
  let [replayed, skipped, turns] = [0, 0, 0];
  return {
    add(one) {
      if (!one) { skipped += 1; return; }
      replayed += 1;
      turns += one.turns.length;
      for (const [total, reached] of [[saved, one.saved], [changed, one.changed]] as const) {
        if (reached.offered) total.offered += 1;
        if (reached.escalated) total.escalated += 1;
      }
      for (const kind of new Set(one.differences.map((each) => each.kind))) kinds[kind] += 1;
    },
    summary: (isComplete) => ({ type: 'summary', replayed, skipped, turns, saved, changed, kinds, isComplete }),
  };
}
