import { RuntimeMessages, type RuntimeAnswers, type RuntimeData, type RuntimeMessageName } from '#lib/protocol/runtime.ts';
import type { Answered } from './messages.ts';

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

/** The name of one of our messages; a name that every object answers to ("constructor") is none. */
const isName = (name: unknown): name is RuntimeMessageName => typeof name === 'string' && Object.hasOwn(RuntimeMessages, name);

/** Registers the one listener, synchronously, so that a waking message finds it. What is not one of our messages gets no answer. */
export function listen(handlers: Handlers): void {
  const own = { id: chrome.runtime.id, origin: chrome.runtime.getURL('/').replace(/\/$/, '') };
  chrome.runtime.onMessage.addListener((message: unknown, sender, respond: (answered: Answered) => void) => {
    const { name, data } = typeof message === 'object' && message !== null ? message as Record<string, unknown> : {};
    if (!isName(name)) return false;
    answer(handlers, own, name, data, sender).then((value) => respond({ ok: true, value }), (error: unknown) => respond({ ok: false, message: error instanceof Error ? error.message : String(error) }));
    return true;
  });
}
