import { setImmediate } from 'node:timers/promises';
import type { BotId } from '#lib/protocol/ids.ts';
import type { Bot as Settings } from '#lib/protocol/settings.ts';
import type { Store } from '../store/store.ts';
import type { Bot } from './bot.ts';

/** The engine for a bot's settings; what it needs beyond them it reads while it is made. */
export type CreateBot = (settings: Settings) => Bot | Promise<Bot>;
/** The bots that answer, each prepared once for each state of its settings, keys and knowledge, whichever node changed those. */
export interface Bots { of(settings: Settings): Promise<Bot> }

export function createBots({ store, create }: { store: Pick<Store, 'knowledge' | 'knowledgeMark' | 'secretNames'>; create: CreateBot }): Bots {
  const bots = new Map<BotId, { mark: string; bot: Promise<Bot> }>();
  const prepared = async (settings: Settings): Promise<Bot> => {
    const bot = await create(settings);
    const knowledge = await store.knowledge(settings.id);
    // Thousands of entries: others have their turn between reading and learning.
    await setImmediate();
    await bot.prepare(knowledge.filter(({ proposed }) => !proposed));
    return bot;
  };
  return {
    async of(settings) {
      const { id, name, engine, detection } = settings;
      const mark = JSON.stringify([name, engine, detection?.embedder, await store.knowledgeMark(id), await store.secretNames(id)]);
      const known = bots.get(id);
      if (known?.mark === mark) return await known.bot;
      const bot = prepared(settings);
      bots.set(id, { mark, bot });
      bot.catch(() => { if (bots.get(id)?.bot === bot) bots.delete(id); });
      return await bot;
    },
  };
}
