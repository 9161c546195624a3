import { assertNever } from '#lib/base/assert-never.ts';
import type { BotId } from '#lib/protocol/ids.ts';
import type { Detection, Engine } from '#lib/protocol/settings.ts';
import type { CreateBot } from './bots.ts';
import type { Outgoing } from '../outgoing/outgoing.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { createEmbeddedBot } from './embedded.ts';
import type { Embedder } from './embedder/embedder.ts';
import { createOpenAiEmbedder } from './embedder/openai-embedder.ts';
import { createWebhookBot, type WebhookParts } from './webhook/webhook-bot.ts';
import type { Learner } from './learner/learner.ts';
import { createModelBot, type ModelBotParts } from './model/model-bot.ts';
import { secretOf } from './secret-of.ts';

const EMBEDDED: Engine = { kind: 'embedded' };

/** What engines that are elsewhere need of the companion. */
export interface EngineParts { outgoing: Outgoing; vault: Vault | null; store: Pick<Store, 'secret'>; log: WebhookParts['log'] & ModelBotParts['log']; learner: Learner }

/** Which engine answers for which settings. */
export function createBotBySettings(parts: EngineParts): CreateBot {
  const { outgoing, log, learner } = parts;
  return async ({ id, engine = EMBEDDED, detection }) => {
    const embedded = createEmbeddedBot(learner, id, detection?.embedder ? await embedderOf(parts, id, detection.embedder) : null);
    switch (engine.kind) {
      case 'embedded': return embedded;
      case 'model': return createModelBot({ botId: id, settings: engine, embedded, outgoing, key: await secretOf(parts, id, 'model'), log, now: Date.now });
      case 'webhook': return createWebhookBot({ botId: id, url: engine.url, secret: await secretOf(parts, id, 'webhook'), embedded, outgoing, log, now: Date.now, random: Math.random });
      default: return assertNever(engine);
    }
  };
}

async function embedderOf(parts: EngineParts, id: BotId, { baseUrl, model }: NonNullable<Detection['embedder']>): Promise<Embedder> {
  const warn = (why: string): void => parts.log.warn({ botId: id, reason: why }, 'The embeddings endpoint gave nothing: questions are judged by their words alone.');
  return createOpenAiEmbedder({ baseUrl, model, key: await secretOf(parts, id, 'embedder'), outgoing: parts.outgoing, now: Date.now, warn });
}
