import type { BotId } from '#lib/protocol/ids.ts';
import type { Bot, BotTurn, TurnContext } from '../bot.ts';
import { LATER_MS } from '../later.ts';
import { deliver, type DeliverParts } from './deliver.ts';
import { readAnswer } from './read-answer.ts';
import { readSecret } from './signature.ts';
import { turnRequest } from './turn-request.ts';

export interface WebhookParts extends DeliverParts {
  botId: BotId; url: string;
  /** `whsec_<base64>`; null: none is set. */
  secret: string | null;
  /** Answers when the webhook does not. */
  embedded: Bot;
  /** Never gets message text. */
  log: { warn: (details: object, message: string) => void };
}

/** The customer's own bot. Whenever it gives no answer the embedded one does, and the turn says so. */
export function createWebhookBot({ botId, url, secret, embedded, log, ...parts }: WebhookParts): Bot {
  const key = secret === null ? null : readSecret(secret);
  const instead = async (context: TurnContext, signal: AbortSignal): Promise<BotTurn> => {
    const turn = await embedded.respond(context, signal);
    if (turn === 'later') throw new Error('The embedded bot answers at once.');
    return { ...turn, degraded: true };
  };
  return {
    prepare: (knowledge) => embedded.prepare(knowledge),
    async respond(context, signal) {
      if (!key) {
        log.warn({ botId }, `The webhook bot ${secret === null ? 'has no signing secret' : 'has a signing secret that is not whsec_ and 24 to 64 bytes in base64'}: the knowledge base answers instead. Set one in Baton: Options, Bots, Edit.`);
        return await instead(context, signal);
      }
      const now = parts.now();
      const body = JSON.stringify(turnRequest(botId, context, now, now + LATER_MS));
      const turn = readAnswer(await deliver(parts, { url, key, id: context.turnId, body }, signal));
      if (turn === 'later' || !('failed' in turn)) return turn;
      log.warn({ botId, turnId: context.turnId, reason: turn.failed }, 'The webhook bot gave no answer: the knowledge base answers instead.');
      return await instead(context, signal);
    },
    explain: async (context) => await embedded.explain?.(context) ?? { ranked: [] },
    late: (context, signal) => {
      log.warn({ botId, turnId: context.turnId }, `The webhook bot said 202 and did not answer in time: the knowledge base answers instead. Post turn.answer within ${LATER_MS / 1000} s.`);
      return instead(context, signal);
    },
  };
}
