import { assertNever } from '#lib/base/assert-never.ts';
import type { Engine } from '#lib/protocol/settings.ts';
import type { CreateBot } from './bots.ts';
import { createEmbeddedBot } from './embedded.ts';
import type { Learner } from './learner/learner.ts';

const EMBEDDED: Engine = { kind: 'embedded' };

/** Which engine answers for which settings. */
export function createBotBySettings({ learner }: { learner: Learner }): CreateBot {
  return ({ id, engine = EMBEDDED }) => {
    switch (engine.kind) {
      case 'embedded': case 'model': case 'webhook': return createEmbeddedBot(learner, id);
      default: return assertNever(engine);
    }
  };
}
