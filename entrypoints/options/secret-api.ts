import { request } from '#lib/extension/api.ts';
import type { BotId } from '#lib/protocol/ids.ts';
import { SecretList, type SecretName } from '#lib/protocol/secret.ts';

/** Which keys a bot has; never the keys. @throws as `request` */
export async function listSecrets(botId: BotId): Promise<SecretList> {
  return SecretList.parse(await (await request(`/api/bots/${botId}/secrets`)).json());
}

/** @param value null removes it. @throws as `request` */
export async function saveSecret(botId: BotId, name: SecretName, value: string | null): Promise<void> {
  const path = `/api/bots/${botId}/secrets/${name}`;
  await (value === null ? request(path, { method: 'DELETE' }) : request(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ value }) }));
}
