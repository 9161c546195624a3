import type { BotId } from '#lib/protocol/ids.ts';
import type { SecretName } from '#lib/protocol/secret.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';

/** A secret is sealed for its bot and its use, and opens nowhere else. */
export const placeOf = (botId: BotId, name: SecretName): string => `${botId}/${name}`;

/** Null: none is set, or it was sealed with a key that this companion has no more. */
export async function secretOf({ store, vault }: { store: Pick<Store, 'secret'>; vault: Vault | null }, botId: BotId, name: SecretName): Promise<string | null> {
  const sealed = await store.secret(botId, name);
  return sealed === null ? null : vault?.open(sealed, placeOf(botId, name)) ?? null;
}
