import { remember } from '#lib/base/remember.ts';
import { consent } from '#lib/detect/consent.ts';
import { detectRequest } from '#lib/detect/explicit-request.ts';
import { frustration } from '#lib/detect/frustration.ts';
import { isRepeated } from '#lib/detect/repeat.ts';
import { satisfied } from '#lib/detect/satisfied.ts';
import { smallTalk } from '#lib/detect/small-talk.ts';
import { policyHits } from '#lib/detect/policy.ts';
import { BOT_ASKED, PHRASES } from '#lib/handoff/phrases.ts';
import { GOOD_ANSWER } from '#lib/handoff/weigh.ts';
import type { Message } from '#lib/protocol/message.ts';
import type { Policy } from '#lib/protocol/settings.ts';
import type { TurnSignals } from '#lib/protocol/turn.ts';
import type { BotTurn } from './bot.ts';

/** Looked for in each line again with every line after it; a long one takes some ms, and twenty of them would hold up everybody. */
const requestIn = remember(500, detectRequest);
const PHRASE_TEXTS = new Set<string>(Object.values(PHRASES));

/**
 * What one visitor message showed. The rule detectors always run, whatever became of the bot, so that its failure can
 * neither lose a request for a person nor make one up.
 * @param transcript everything since `detectFrom`, oldest first, up to and including the message
 * @param turn null when the bot failed or was too slow: a miss
 * @param policies the admin's words
 */
export function turnSignals(text: string, transcript: readonly Message[], turn: BotTurn | null, policies: readonly Policy[]): TurnSignals {
  const bot = turn?.signals;
  const talk = smallTalk(text) !== null || (bot?.smallTalk ?? false);
  // The rules' small talk is an answer even when the bot failed to give one.
  const answerable = bot?.answerable ?? 0;
  const { asked, answered } = earlierQuestions(transcript);
  // Saying it in other words is what we asked for after a miss: only when that did not help either is it a repeat.
  const repeated = !talk && isRepeated(text, answerable >= GOOD_ANSWER.good ? answered : asked);
  return {
    request: requestIn(text), consent: consent(text), smallTalk: talk, satisfied: satisfied(text) || (bot?.satisfied ?? false),
    answerable, repeated, frustration: Math.max(frustration(text), bot?.frustration ?? 0),
    wantsHuman: bot?.wantsHuman ?? 0, promised: turn?.promised ?? false,
    policyHits: [...(turn?.handoff ? [{ words: BOT_ASKED, act: turn.handoff, by: 'bot' as const }] : []), ...policyHits(text, policies)],
  };
}

/** Messages back from the last one in which a question may be found again: each takes the detectors a fraction of a ms. */
const REMEMBERED = 40;

/** The visitor's questions before the last message, and those of them the bot had an answer to. */
function earlierQuestions(transcript: readonly Message[]): { asked: string[]; answered: string[] } {
  const said = transcript.filter((message) => message.kind === 'said').slice(-REMEMBERED);
  const asked: string[] = [];
  const answered: string[] = [];
  said.slice(0, -1).forEach((message, at) => {
    if (message.author.kind !== 'visitor' || smallTalk(message.text) !== null || requestIn(message.text).strength !== 'none') return;
    asked.push(message.text);
    const next = said[at + 1];
    if (next?.author.kind === 'bot' && !PHRASE_TEXTS.has(next.text)) answered.push(message.text);
  });
  return { asked, answered };
}

/** A question in each kind of script, longer and shorter: V8 compiles an expression for each kind, and anew when it is used again. */
const SAMPLES = ['Hello, I bought a tent and it leaks. Is there someone I could speak with?', 'Здравствуйте, где мой заказ? Can you help?', 'こんにちは、注文はどこですか', 'مرحبا، أين طلبي؟', 'Guten Tag, wo ist meine Bestellung geblieben?'];

/** Compiles what the detectors look for, which takes 0.3 s: else the first visitors' messages would hold up everybody. */
export function warmUp(): void {
  for (const ending of ['', '.']) for (const text of SAMPLES) turnSignals(text + ending, [], null, []);
}
