import type { RuntimeAnswers, RuntimeData, RuntimeMessageName } from '#lib/protocol/runtime.ts';

/** What a page asks the worker, as it crosses. Types only: the popup carries no zod. */
export interface Asked { name: string; data: unknown }
export type Answered = { ok: true; value: unknown } | { ok: false; message: string };

/** Longer than the worker's own 10 s for a command, so that its answer wins. */
const DEADLINE_MS = 15_000;

/**
 * Asks the worker, waking it if it sleeps. Sending the same id again is safe.
 * @throws Error with words for the person when the worker refused or did not answer within 15 s
 */
export async function send<N extends RuntimeMessageName>(name: N, data: RuntimeData<N>): Promise<RuntimeAnswers[N]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = (): Error => new Error(`Baton's background did not answer "${name}" in time. Try again; reload the extension if it stays so.`);
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(silent()), DEADLINE_MS); });
  try {
    const answered = await Promise.race([chrome.runtime.sendMessage<Asked, Answered | undefined>({ name, data }), late]);
    if (!answered) throw silent();
    if (!answered.ok) throw new Error(answered.message);
    return answered.value as RuntimeAnswers[N];
  } finally {
    clearTimeout(timer);
  }
}
