import { smallTalk } from '#lib/detect/small-talk.ts';
import { satisfied } from '#lib/detect/satisfied.ts';
import { informative } from '#lib/detect/words.ts';
import { GOOD_ANSWER } from '#lib/handoff/weigh.ts';
import type { Bot, BotTurn } from './bot.ts';
import { buildIndex, rank, search, type SearchIndex } from './search.ts';
import { SMALL_TALK_REPLIES } from './small-talk-replies.ts';

/** A section longer than this is answered with the part that fits the question, in characters. */
const REPLY_MAX = 700;
/** So many entries are worth showing to whoever asks why. */
const EXPLAINED = 5;

/** The bot that needs no service, key or download: it answers with entries of the knowledge base, or says nothing. */
export function createEmbeddedBot(): Bot {
  let index: SearchIndex = buildIndex([]);
  return {
    prepare(knowledge) {
      index = buildIndex(knowledge);
      return Promise.resolve();
    },
    respond: (context) => Promise.resolve(answer(index, context.text)),
    explain: ({ text }) => Promise.resolve({ threshold: GOOD_ANSWER.weak,
      ranked: rank(index, text).slice(0, EXPLAINED).map(({ entry: { id, title }, confidence }) => ({ id, title, score: Math.min(1, confidence) })) }),
  };
}

function answer(index: SearchIndex, text: string): BotTurn {
  const signals = { answerable: 0, wantsHuman: 0, frustration: 0, smallTalk: false, satisfied: satisfied(text) };
  const kind = smallTalk(text);
  if (kind) return { reply: { text: SMALL_TALK_REPLIES[kind], sources: [] }, signals: { ...signals, answerable: 1, smallTalk: true }, engine: 'embedded' };
  const hit = search(index, text);
  const answerable = hit ? Math.min(1, hit.confidence) : 0;
  if (!hit || answerable < GOOD_ANSWER.weak) return { reply: null, signals: { ...signals, answerable }, engine: 'embedded' };
  const source = { id: hit.entry.id, title: hit.entry.title, score: answerable };
  return { reply: { text: excerpt(hit.entry.text, hit.terms), sources: [source] }, signals: { ...signals, answerable }, engine: 'embedded' };
}

/** The whole text when it is short, else its consecutive paragraphs or sentences around the best match. */
function excerpt(text: string, terms: ReadonlySet<string>): string {
  if (text.length <= REPLY_MAX) return text;
  const parts = text.split(/\n{2,}|(?<=[.!?。！？])\s+/u).map((part) => part.trim()).filter(Boolean);
  const scores = parts.map((part) => new Set(informative(part).filter((word) => terms.has(word))).size);
  const from = scores.indexOf(Math.max(...scores));
  let said = (parts[from] ?? text).slice(0, REPLY_MAX);
  for (const part of parts.slice(from + 1)) {
    if (said.length + part.length + 1 > REPLY_MAX) break;
    said += ` ${part}`;
  }
  return said;
}
