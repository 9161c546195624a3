import { assertNever } from '#lib/base/assert-never.ts';
import type { Engine } from '#lib/protocol/settings.ts';
import type { CreateBot } from './bots.ts';
import type { Outgoing } from '../outgoing/outgoing.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { createEmbeddedBot } from './embedded.ts';
import { secretOf } from './secret-of.ts';
import { createWebhookBot, type WebhookParts } from './webhook/webhook-bot.ts';

const EMBEDDED: Engine = { kind: 'embedded' };

/** What engines that are elsewhere need of the companion. */
export interface EngineParts { outgoing: Outgoing; vault: Vault | null; store: Pick<Store, 'secret'>; log: WebhookParts['log'] }

/** Which engine answers for which settings. */
export function createBotBySettings(parts: EngineParts): CreateBot {
  const { outgoing, log } = parts;
  return async ({ id, engine = EMBEDDED }) => {
    switch (engine.kind) {
      case 'embedded': case 'model': return createEmbeddedBot();
      case 'webhook': return createWebhookBot({ botId: id, url: engine.url, secret: await secretOf(parts, id, 'webhook'), outgoing, log, now: Date.now, random: Math.random });
      default: return assertNever(engine);
    }
  };
}
