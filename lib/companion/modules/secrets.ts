import { SECRET_NAMES, SecretName, SecretPut, type SecretList } from '#lib/protocol/secret.ts';
import type { BotId } from '#lib/protocol/ids.ts';
import type { Actor } from '#lib/handoff/op.ts';
import { audited } from '../audit/audited.ts';
import { placeOf } from '../bot/secret-of.ts';
import { readSecret } from '../bot/webhook/signature.ts';
import type { Core } from '../core.ts';
import { botOf } from './bot-of.ts';
import { readBody } from './body.ts';
import { refusal, type Http } from './parts.ts';

const NO_KEY = 'This companion has no key to keep secrets with. Its operator sets the same SECRET_KEY on every node.';

/** Which secrets a bot has, and since when; what they are is never given out again. */
export async function listSecrets(core: Core, c: Http): Promise<Response> {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const held = await core.store.secretNames(botId);
  return c.json({ secrets: SECRET_NAMES.map((name) => ({ name, setAt: held.find((one) => one.name === name)?.at ?? null })), canKeep: core.vault !== null } satisfies SecretList);
}

function target(core: Core, c: Http): { botId: BotId; name: SecretName } | Response {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const name = SecretName.safeParse(c.req.param('name'));
  return name.success ? { botId, name: name.data } : refusal(c, 404, 'not_found', 'There is no such key.');
}

export async function putSecret(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const of = target(core, c);
  if (of instanceof Response) return of;
  const read = await readBody(c, SecretPut);
  if (!read.ok) return read.refused;
  if (of.name === 'webhook' && !readSecret(read.body.value)) return refusal(c, 400, 'bad_secret', 'A signing secret looks like whsec_ and 24 to 64 random bytes in base64. `openssl rand -base64 32` makes them.');
  if (!core.vault) return refusal(c, 503, 'no_secret_key', NO_KEY);
  const sealed = core.vault.seal(read.body.value, placeOf(of.botId, of.name));
  await core.store.putSecret(of.botId, of.name, sealed, audited(by, { what: 'secret.put', target: of.botId, after: { name: of.name } }));
  return c.body(null, 204);
}

export async function removeSecret(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const of = target(core, c);
  if (of instanceof Response) return of;
  await core.store.putSecret(of.botId, of.name, null, audited(by, { what: 'secret.remove', target: of.botId, before: { name: of.name } }));
  return c.body(null, 204);
}
