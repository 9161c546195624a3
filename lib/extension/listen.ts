import { RuntimeMessages, type RuntimeAnswers, type RuntimeData, type RuntimeMessageName } from '#lib/protocol/runtime.ts';
import { wire } from './messages.ts';

export type Handlers = { [N in RuntimeMessageName]: (data: RuntimeData<N>, sender: Sender) => Promise<RuntimeAnswers[N]> | RuntimeAnswers[N] };
export interface Sender { id?: string | undefined; url?: string | undefined }
export interface Own { id: string; origin: string }

/**
 * Parses and answers one message. Only our own pages may ask: a content script or another extension is refused.
 * @throws Error for a foreign sender; ZodError for data of another shape
 */
export async function answer<N extends RuntimeMessageName>(handlers: Handlers, own: Own, name: N, data: unknown, sender: Sender): Promise<RuntimeAnswers[N]> {
  if (sender.id !== own.id || !sender.url?.startsWith(`${own.origin}/`)) throw new Error(`Refused "${name}": it came from outside Baton's own pages.`);
  return handlers[name](RuntimeMessages[name].parse(data) as RuntimeData<N>, sender);
}

/** Registers every handler, synchronously, so that a waking message finds its listener. */
export function listen(handlers: Handlers): void {
  const own = { id: chrome.runtime.id, origin: chrome.runtime.getURL('/').replace(/\/$/, '') };
  const on = wire.onMessage as unknown as (name: RuntimeMessageName, handle: (message: { data: unknown; sender: Sender }) => unknown) => void;
  for (const name of Object.keys(RuntimeMessages) as RuntimeMessageName[]) on(name, ({ data, sender }) => answer(handlers, own, name, data, sender));
}
