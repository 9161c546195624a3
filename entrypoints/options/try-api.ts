import { request } from '#lib/extension/api.ts';
import type { BotId } from '#lib/protocol/ids.ts';
import { Tried, type TryRequest } from '#lib/protocol/try.ts';

/** What the bot would make of a message; nothing is written. @throws as `request` */
export async function tryDetector(botId: BotId, body: TryRequest): Promise<Tried> {
  const answer = await request(`/api/bots/${botId}/try`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return Tried.parse(await answer.json());
}
