import { defineExtensionMessaging } from '@webext-core/messaging';
import type { RuntimeAnswers, RuntimeData, RuntimeMessageName } from '#lib/protocol/runtime.ts';

type ProtocolMap = { [N in RuntimeMessageName]: (data: RuntimeData<N>) => RuntimeAnswers[N] };
/** The one table of messages between pages and the worker. Types only: the popup carries no zod. */
export const wire = defineExtensionMessaging<ProtocolMap>();

/** Longer than the worker's own 10 s for a command, so that its answer wins. */
const DEADLINE_MS = 15_000;

/**
 * Asks the worker, waking it if it sleeps. Sending the same id again is safe.
 * @throws Error with words for the person when the worker refused or did not answer within 15 s
 */
export async function send<N extends RuntimeMessageName>(name: N, data: RuntimeData<N>): Promise<RuntimeAnswers[N]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Baton's background did not answer "${name}" in time. Try again; reload the extension if it stays so.`)), DEADLINE_MS);
  });
  const ask = wire.sendMessage as unknown as (name: N, data: RuntimeData<N>) => Promise<RuntimeAnswers[N]>;
  try {
    return await Promise.race([ask(name, data), late]);
  } finally {
    clearTimeout(timer);
  }
}
