import { PHRASES } from '#lib/handoff/phrases.ts';
import { GOOD_ANSWER } from '#lib/handoff/weigh.ts';
import type { Meter } from '#lib/protocol/conversation.ts';
import type { Message } from '#lib/protocol/message.ts';
import type { Bot as Settings } from '#lib/protocol/settings.ts';
import type { Bot, BotTurn } from '../bot/bot.ts';
import { byRules, isSettled } from '../bot/settled.ts';
import { turnIdOf } from '../bot/turn-id.ts';
import type { SayStep } from './stretches.ts';

export interface Asked { settings: Settings; step: SayStep; transcript: Message[]; meter: Meter }
/** What the bot would say to a line. `assumed`: nobody knows, and it is taken to have an answer. */
export interface SourcedTurn { turn: BotTurn | null; assumed: boolean }
export type TurnSource = (asked: Asked, signal: AbortSignal) => Promise<SourcedTurn>;

/** Stands for an answer that was not kept, because visitors did not see it. */
export const NOT_KEPT = '(the bot’s answer, which was not shown then)';
const PHRASE_TEXTS = new Set<string>(Object.values(PHRASES));

/** Turns remembered at most. */
const REMEMBERED = 1_000;

/**
 * Asks the knowledge base again, as it is now. Its turn hangs on the line and the slider alone, whatever came before, so
 * the saved and the changed settings share it where the slider is the same: an embeddings endpoint is asked once.
 */
export function rerun(bot: Bot): TurnSource {
  const turns = new Map<string, BotTurn | null>();
  return async ({ settings: { name, detection }, step: { message: { text }, record }, transcript }, signal) => {
    const key = `${detection?.falseReject ?? ''} ${text}`;
    const known = turns.get(key);
    if (known !== undefined) return { turn: known, assumed: false };
    const said = await bot.respond({ botName: name, text, language: null, transcript, turnId: turnIdOf(record.conversationId, record.index), ...(detection ? { falseReject: detection.falseReject } : {}) }, signal);
    const turn = said === 'later' ? null : said;
    if (turns.size >= REMEMBERED) turns.clear();
    turns.set(key, turn);
    return { turn, assumed: false };
  };
}

/** Takes what the engine found then; nobody is asked. */
export const recorded: TurnSource = ({ settings, step, meter }) => {
  const { record: { engine, signals, action, at }, message } = step;
  if (engine !== null) return Promise.resolve({ turn: turnOf(step, signals.answerable, engine), assumed: false });
  const wasSettled = action === 'escalate' || action === 'point' || action === 'decline';
  // Nobody was asked then, and with these settings somebody would be.
  const assumed = wasSettled && !isSettled(byRules(settings, meter, message.text, at));
  return Promise.resolve({ turn: assumed ? turnOf(step, GOOD_ANSWER.good, settings.engine?.kind ?? 'embedded') : null, assumed });
};

function turnOf({ record: { signals, degraded }, reply }: SayStep, answerable: number, engine: BotTurn['engine']): BotTurn {
  const { wantsHuman, frustration, smallTalk, satisfied, promised, policyHits } = signals;
  const asked = policyHits.find(({ by }) => by === 'bot');
  const own = reply && !PHRASE_TEXTS.has(reply.text) ? reply : null;
  const text = own?.text ?? (answerable >= GOOD_ANSWER.weak && !promised ? NOT_KEPT : null);
  return {
    reply: text === null ? null : { text, sources: (own?.sources ?? []).map((source) => ({ ...source, score: answerable })) },
    signals: { answerable, wantsHuman, frustration, smallTalk, satisfied }, engine, degraded, promised, ...(asked ? { handoff: asked.act } : {}),
  };
}
