import type { VisitorHello } from '#lib/protocol/visitor.ts';
import { uuid } from '#lib/base/uuid.ts';
import type { Keep } from './storage.ts';

/** This browser's visitor: made once per bot, 256 random bits as the secret. */
export function visitorOf(keep: Keep): VisitorHello['visitor'] {
  const [id, secret] = (keep.get('visitor') ?? '').split(' ');
  if (id && secret?.length === 43) return { id, secret } as VisitorHello['visitor'];
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const fresh = { id: uuid(), secret: btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace('=', '') };
  keep.set('visitor', `${fresh.id} ${fresh.secret}`);
  return fresh as VisitorHello['visitor'];
}
