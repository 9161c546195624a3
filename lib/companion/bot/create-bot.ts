import { assertNever } from '#lib/base/assert-never.ts';
import type { Engine } from '#lib/protocol/settings.ts';
import type { CreateBot } from './bots.ts';
import { createEmbeddedBot } from './embedded.ts';
import type { Outgoing } from '../outgoing/outgoing.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import type { Learner } from './learner/learner.ts';
import { createModelBot, type ModelBotParts } from './model/model-bot.ts';
import { secretOf } from './secret-of.ts';

const EMBEDDED: Engine = { kind: 'embedded' };

/** What engines that are elsewhere need of the companion. */
export interface EngineParts { learner: Learner; outgoing: Outgoing; vault: Vault | null; store: Pick<Store, 'secret'>; log: ModelBotParts['log'] }

/** Which engine answers for which settings. */
export function createBotBySettings(parts: EngineParts): CreateBot {
  const { learner, outgoing, log } = parts;
  return async ({ id, engine = EMBEDDED }) => {
    const embedded = createEmbeddedBot(learner, id);
    switch (engine.kind) {
      case 'embedded': case 'webhook': return embedded;
      case 'model': return createModelBot({ botId: id, settings: engine, embedded, outgoing, key: await secretOf(parts, id, 'model'), log, now: Date.now });
      default: return assertNever(engine);
    }
  };
}
