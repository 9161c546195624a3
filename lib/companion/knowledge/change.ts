import { setImmediate } from 'node:timers/promises';
import type { BotId } from '#lib/protocol/ids.ts';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { Core } from '../core.ts';
import type { Audited, KnowledgeChange } from '../store/store.ts';

/** What is to become of the knowledge as it stands, and what to answer once that is done; `change` null: nothing is to be written. */
export interface Step<T> { change: KnowledgeChange | null; audit?: Audited; answer: T }
/** Others who change the same bot's knowledge at the same moment are this many at most. */
const TRIES = 20;

/**
 * Reads, decides and writes as if nobody else did meanwhile: `decide` is asked again when somebody was faster. The bot learns the outcome at once,
 * before the next visitor asks for it. Of thousands of entries each step takes milliseconds, so that others have their turn between them.
 */
export async function changeKnowledge<T>(core: Pick<Core, 'store' | 'bots' | 'settings' | 'log'>, botId: BotId, decide: (held: KnowledgeEntry[]) => Step<T>): Promise<T> {
  for (let left = TRIES; left > 0; left--) {
    // The mark first: what changes between the two is found by it.
    const mark = await core.store.knowledgeMark(botId);
    await setImmediate();
    const held = await core.store.knowledge(botId);
    await setImmediate();
    const { change, audit, answer } = decide(held);
    if (!change || change.put.length + change.remove.length === 0) return answer;
    await setImmediate();
    if (!await core.store.changeKnowledge(botId, mark, change, audit)) continue;
    void learn(core, botId);
    return answer;
  }
  throw new Error(`The knowledge of bot ${botId} changed ${TRIES} times while it was to be changed`);
}

/** Resolves when the bot answers from what it is to answer from now. A failure is the next visitor's to find, and in the log. */
export async function learn({ bots, settings, log }: Pick<Core, 'bots' | 'settings' | 'log'>, botId: BotId): Promise<void> {
  await setImmediate();
  const bot = settings.bot(botId);
  if (bot) await bots.of(bot).catch((error: unknown) => log.error({ botId, error }, 'A bot could not learn its knowledge; it tries again with the next question.'));
}
