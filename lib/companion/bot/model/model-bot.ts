import type { Engine } from '#lib/protocol/settings.ts';
import type { BotId } from '#lib/protocol/ids.ts';
import { SECOND } from '#lib/base/time.ts';
import type { Bot, BotTurn, TurnContext } from '../bot.ts';
import type { EmbeddedBot } from '../embedded.ts';
import type { Outgoing } from '../../outgoing/outgoing.ts';
import type { Passage } from '../passages.ts';
import { ModelAnswer, RESPONSE_FORMAT, turnOf } from './answer.ts';
import { askModel } from './ask-model.ts';
import { createBreaker } from './breaker.ts';
import { MODEL_DEADLINES, type ModelDeadlines } from './deadlines.ts';
import type { ModelFailure } from './failure.ts';
import { createFieldReader, objectIn } from './field-reader.ts';
import { promptFor, queriesFor } from './prompt.ts';

export interface ModelBotParts {
  botId: BotId; settings: Extract<Engine, { kind: 'model' }>;
  /** Finds the passages, and answers whenever the model does not. */
  embedded: EmbeddedBot;
  outgoing: Outgoing;
  /** Null: none is set, which is how models of one's own are used. */
  key: string | null;
  now: () => number;
  /** Never gets message text or the key. */
  log: { warn: (details: object, message: string) => void };
  deadlines?: ModelDeadlines;
}

/** Answers nobody can read are taken for chance so often in a row; a wrong key is not. */
const UNREADABLE_TOLERATED = 2;
/** What only an admin can mend is tried again this late, ms: saving the settings makes another bot, which tries at once. */
const UNTIL_MENDED_MS = 60 * SECOND;

/** A chat model at an OpenAI-compatible address. It proposes an answer from the passages; whenever it gives none the embedded bot does, and the turn says so. */
export function createModelBot(parts: ModelBotParts): Bot {
  const { botId, embedded, log, now } = parts;
  const breaker = createBreaker(now);
  const ask = createAsker(parts);
  const tell = ({ failed, words, restMs }: ModelFailure): void => {
    if (failed === 'stopped') return breaker.stopped();
    const isOurs = failed === 'key' || failed === 'missing' || failed === 'address' || failed === 'refused';
    breaker.failed(isOurs ? UNTIL_MENDED_MS : restMs, failed === 'unreadable' ? UNREADABLE_TOLERATED : 0);
    log.warn({ botId, reason: failed }, `The chat model gave no answer: the knowledge base answers instead. ${words}`);
  };
  return {
    prepare: embedded.prepare, explain: embedded.explain,
    async respond(context, signal, onText) {
      const base = embedded.respond(context, signal);
      // What the rules have settled is not read to a visitor: no words of a model are bought for it.
      if (context.isSettled) return await base;
      const [instead, passages] = await Promise.all([base, embedded.passages(queriesFor(context))]);
      if (!breaker.mayAsk()) return { ...instead, degraded: true };
      const said = await ask(context, passages, instead, context.hurry ? AbortSignal.any([signal, context.hurry]) : signal, onText);
      if ('failed' in said) {
        tell(said);
        return { ...instead, degraded: true };
      }
      breaker.answered();
      return turnOf(said, instead, passages);
    },
  };
}

type Ask = (context: TurnContext, passages: readonly Passage[], base: BotTurn, signal: AbortSignal, onText?: (delta: string) => void) => Promise<ModelAnswer | ModelFailure>;

/** Asks with `response_format`, and without it from then on where a server refuses that. */
function createAsker({ settings, outgoing, key, now, deadlines = MODEL_DEADLINES }: ModelBotParts): Ask {
  const { baseUrl, model, instructions } = settings;
  let takesFormat = true;
  return async (context, passages, base, signal, onText) => {
    const [body, began] = [{ model, stream: true, messages: promptFor(instructions, context, passages) }, now()];
    const left = (): ModelDeadlines => ({ ...deadlines, wholeMs: Math.max(1, deadlines.wholeMs - (now() - began)) });
    const once = async (withFormat: boolean) => await askModel({ outgoing, baseUrl, key, deadlines: left(), now }, withFormat ? { ...body, response_format: RESPONSE_FORMAT } : body, signal, createTeller(passages, base, onText));
    let said = await once(takesFormat);
    if (takesFormat && 'failed' in said && said.failed === 'refused') {
      said = await once(false);
      if (!('failed' in said)) takesFormat = false;
    }
    if ('failed' in said) return said;
    const answer = ModelAnswer.safeParse(objectIn(said.text));
    return answer.success ? answer.data : { failed: 'unreadable', words: `Its answer is not the JSON that was asked for${said.text === '' ? ': it is empty' : ''}. A model that follows a JSON schema is needed.` };
  };
}

/** Passes the answer's text on as it grows, unless it is known by then that it will not stand. */
function createTeller(passages: readonly Passage[], { signals }: BotTurn, onText: ((delta: string) => void) | undefined): (piece: string) => void {
  if (!onText || (passages.length === 0 && !signals.smallTalk)) return () => undefined;
  const reader = createFieldReader(['answerable', 'answer']);
  let told = 0;
  return (piece) => {
    reader.feed(piece);
    if (reader.text('answerable') === 'no' && !signals.smallTalk) return;
    const text = reader.text('answer') ?? '';
    if (text.length > told) onText(text.slice(told));
    told = text.length;
  };
}
