import { request } from '#lib/extension/api.ts';
import { SECOND } from '#lib/base/time.ts';
import type { BotId } from '#lib/protocol/ids.ts';
import { ReplayLine, type ReplayRequest } from '#lib/protocol/replay.ts';

/** A companion that says nothing for so long is gone: a conversation takes milliseconds, or seconds behind a slow service. */
const SILENCE_MS = 30 * SECOND;

/**
 * Past conversations against changed settings, in pieces as they arrive. Ends early when `signal` is aborted.
 * @throws as `request`, and when the answer breaks off
 */
export async function* replayBot(botId: BotId, body: ReplayRequest, signal: AbortSignal): AsyncGenerator<ReplayLine[], undefined> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const answer = await request(`/api/bots/${botId}/replay`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.any([signal, silence.signal]) });
    let rest = '';
    for await (const piece of textOf(answer)) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      if (lines.length > 0) yield lines.map((line) => ReplayLine.parse(JSON.parse(line)));
    }
  } catch (error) {
    if (signal.aborted) return undefined;
    throw silence.signal.aborted ? new Error('The companion stopped answering in the middle. Try again.', { cause: error }) : error;
  } finally {
    clearTimeout(timer);
  }
  return undefined;
}

/** @throws with words when the connection breaks */
async function* textOf({ body }: Response): AsyncGenerator<string, undefined> {
  const [reader, decoder] = [body?.getReader(), new TextDecoder()];
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) yield decoder.decode(part.value, { stream: true });
  return undefined;
}
