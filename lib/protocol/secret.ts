import * as z from 'zod';

/** `model`: key of the chat model; `embedder`: of the embeddings; `webhook`: what calls to and from the customer's bot are signed with. */
export const SECRET_NAMES = ['model', 'embedder', 'webhook'] as const;
export const SecretName = z.enum(SECRET_NAMES);
export type SecretName = z.infer<typeof SecretName>;

/** `PUT /api/bots/:botId/secrets/:name`: write-only. */
export const SecretPut = z.object({ value: z.string().trim().min(1).max(1_000) });
export type SecretPut = z.infer<typeof SecretPut>;
/** `GET /api/bots/:botId/secrets`. @property canKeep false: several nodes were given no common SECRET_KEY, so none can be set */
export const SecretList = z.object({ secrets: z.array(z.object({ name: SecretName, setAt: z.int().nullable() })), canKeep: z.boolean() });
export type SecretList = z.infer<typeof SecretList>;
