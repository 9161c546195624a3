import 'fake-indexeddb/auto';
import { uuid } from '#lib/base/uuid.ts';
import { readCredentials } from '#lib/extension/credentials.ts';
import { decideAlerts } from '#lib/extension/notifications.ts';
import type { Family } from './family.ts';
import { createValues, mutateJson } from './mutate.ts';

interface Input { credentials: unknown; alerted: unknown }
const WAITING = [{ id: 'c', escalation: { at: 5 } }, { id: '__proto__', escalation: null }, { id: 'constructor', escalation: { at: 1 } }] as unknown as Parameters<typeof decideAlerts>[1];

/** What the extension finds in its own storage, damaged or of another version: used when it is whole, else as if nothing were there. */
export function stored(seed: number): Family<Input> {
  const values = createValues(seed);
  let held: unknown = null;
  const chromeLike = { storage: { local: { get: (key: string) => Promise.resolve(held === undefined ? {} : { [key]: held }) } } };
  return {
    name: 'stored values',
    make: (chance) => ({ credentials: mutateJson(chance, { address: 'https://chat.example.com', token: uuid().replaceAll('-', '').padEnd(43, 'a') }, values), alerted: mutateJson(chance, { c: 5, d: 7 }, values) }),
    async check({ credentials, alerted }) {
      (globalThis as { chrome?: unknown }).chrome = chromeLike;
      held = credentials;
      const read = await readCredentials();
      if (read !== null && !(typeof read.address === 'string' && /^https?:$/.test(URL.parse(read.address)?.protocol ?? '') && typeof read.token === 'string')) return `took ${JSON.stringify(read)} for credentials`;
      const { next, raise, clear } = decideAlerts(alerted as Parameters<typeof decideAlerts>[0], WAITING, () => false);
      if (Object.keys(next).length !== 3 || raise.length > 3 || !clear.every((id) => typeof id === 'string')) return 'alerts that follow from nothing';
      return read !== null;
    },
  };
}
