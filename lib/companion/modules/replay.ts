import { MINUTE } from '#lib/base/time.ts';
import type { Actor } from '#lib/handoff/op.ts';
import { ReplayRequest, type ReplayLine } from '#lib/protocol/replay.ts';
import type { Core } from '../core.ts';
import { replay, type ReplayParts } from '../replay/replay.ts';
import { createRunning } from '../replay/running.ts';
import { recorded, rerun } from '../replay/turn-source.ts';
import { WORKSPACE_ID } from '../workspace.ts';
import { readBody } from './body.ts';
import { botOf } from './bot-of.ts';
import { refusal, type Http } from './parts.ts';
import { withUnsaved } from './with-unsaved.ts';

/** Of one replay: a knowledge base takes seconds, an embeddings endpoint that is asked for each line may take longer. */
const ALL_MS = 2 * MINUTE;
/** Each keeps a thread busy that visitors wait for, too. */
const AT_ONCE = 3;
const running = createRunning(AT_ONCE);

/** Past conversations against changed settings, a line for each as it is done. Only reads. */
export async function replayBot(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const read = await readBody(c, ReplayRequest);
  if (!read.ok) return read.refused;
  const saved = core.settings.bot(botId);
  if (!saved) return refusal(c, 404, 'not_found', 'There is no such bot.');
  const over = new AbortController();
  const left = running.begin(`${by?.id ?? ''} ${botId}`, AbortSignal.any([over.signal, c.req.raw.signal]));
  if (!left) return refusal(c, 429, 'rate_limited', 'Others of your team are replaying conversations at the moment. Wait until one is done, then run it again.');
  const isEmbedded = (saved.engine?.kind ?? 'embedded') === 'embedded';
  const prepare = async (): Promise<ReplayParts> => ({
    store: core.store, workspaceId: WORKSPACE_ID, botId, by: isEmbedded ? 'rerun' : 'recorded', newest: read.body.newest, left, late: AbortSignal.timeout(ALL_MS),
    both: { saved, changed: withUnsaved(saved, read.body), workspace: core.settings.workspace(), source: isEmbedded ? rerun(await core.bots.of(saved)) : recorded },
  });
  return ndjson(c, tellingFailure(core, prepare, left), over);
}

/** What goes wrong in the middle of an answer can only be said in it. */
async function* tellingFailure(core: Core, prepare: () => Promise<ReplayParts>, left: AbortSignal): AsyncGenerator<ReplayLine, undefined> {
  try {
    yield* replay(await prepare());
  } catch (error) {
    if (!left.aborted) core.log.error({ error }, 'A replay failed');
    yield { type: 'failed', message: left.aborted ? 'Another replay of yours took its place.' : 'The companion could not replay these conversations. Try again.' };
  }
  return undefined;
}

/** One line after the other, each when it is taken. `over` is aborted when the last was, or nobody takes them any more. */
function ndjson(c: Http, lines: AsyncGenerator<ReplayLine, undefined>, over: AbortController): Response {
  const end = (): void => over.abort(new Error('The replay is over.'));
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (!done) return controller.enqueue(new TextEncoder().encode(`${JSON.stringify(value)}\n`));
      end();
      controller.close();
    },
    async cancel() { end(); await lines.return(undefined); },
  });
  return c.body(stream, 200, { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' });
}
