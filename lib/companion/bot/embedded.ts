import type { Entry, Verdict } from '#lib/detect/classify/model.ts';
import { smallTalk } from '#lib/detect/small-talk.ts';
import { satisfied } from '#lib/detect/satisfied.ts';
import { GOOD_ANSWER } from '#lib/handoff/weigh.ts';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { Explained } from '#lib/protocol/try.ts';
import { DEFAULT_DETECTION } from '#lib/protocol/settings.ts';
import type { Bot, BotTurn, TurnContext } from './bot.ts';
import { excerpt } from './excerpt.ts';
import type { Embedder } from './embedder/embedder.ts';
import { createJudge } from './judge.ts';
import type { Learner } from './learner/learner.ts';
import { choosePassages, type Passage } from './passages.ts';
import { answerableOf } from './answerable.ts';
import { SMALL_TALK_REPLIES } from './small-talk-replies.ts';

/** The embedded bot as others use it: it answers at once, and finds what they may answer from. */
export interface EmbeddedBot extends Bot {
  respond(context: TurnContext, signal: AbortSignal): Promise<BotTurn>;
  explain(context: Pick<TurnContext, 'text' | 'falseReject'>): Promise<Explained>;
  /** What the knowledge base has on these texts, best first. */
  passages(texts: readonly string[]): Promise<Passage[]>;
}

/** The bot that needs no service, key or download: it answers with entries of the knowledge base, or says nothing. @param owner whose knowledge it is */
export function createEmbeddedBot(learner: Learner, owner: string, embedder: Embedder | null = null): EmbeddedBot {
  const judge = createJudge(learner, owner, embedder);
  let entries = new Map<string, KnowledgeEntry>();
  const verdictOn = async ({ text, falseReject = DEFAULT_DETECTION.falseReject }: Pick<TurnContext, 'text' | 'falseReject'>): Promise<Verdict | null> => await judge.verdict(text, falseReject);
  return {
    async prepare(knowledge) {
      entries = new Map(knowledge.map((entry) => [entry.id, entry]));
      await judge.prepare(knowledge.map(toLearn));
    },
    async respond(context) {
      const kind = smallTalk(context.text);
      if (kind) return turnOf(context, { text: SMALL_TALK_REPLIES[kind], sources: [] }, 1, true);
      return answerWith(context, await verdictOn(context), entries);
    },
    explain: async (context) => explained(await verdictOn(context), entries),
    async passages(texts) {
      const found = await Promise.all(texts.map(async (text) => (await judge.verdict(text, DEFAULT_DETECTION.falseReject))?.ranked ?? []));
      return choosePassages(entries, found.flat().toSorted((one, other) => other.probability - one.probability).map(({ id }) => id));
    },
  };
}

const toLearn = ({ id, title, text, phrasings = [] }: KnowledgeEntry): Entry => ({ id, phrasings: [title, ...phrasings], text });

function answerWith(context: TurnContext, verdict: Verdict | null, entries: ReadonlyMap<string, KnowledgeEntry>): BotTurn {
  const answerable = verdict ? answerableOf(verdict) : 0;
  const entry = entries.get(verdict?.ranked[0]?.id ?? '');
  if (!entry || answerable < GOOD_ANSWER.weak) return turnOf(context, null, answerable, false);
  return turnOf(context, { text: excerpt(entry.text, context.text), sources: [{ id: entry.id, title: entry.title, score: answerable }] }, answerable, false);
}

/** Without a threshold: what decides is `answerable`, and the chances here are only among the entries. */
function explained(verdict: Verdict | null, entries: ReadonlyMap<string, KnowledgeEntry>): Explained {
  const ranked = (verdict?.ranked ?? []).flatMap(({ id, probability }) => { const entry = entries.get(id); return entry ? [{ id: entry.id, title: entry.title, score: probability }] : []; });
  return { ranked, ...(verdict?.nearest ? { nearest: { phrasing: verdict.nearest.phrasing, similarity: verdict.nearest.similarity } } : {}) };
}

function turnOf({ text }: TurnContext, reply: BotTurn['reply'], answerable: number, isSmallTalk: boolean): BotTurn {
  return { reply, signals: { answerable, wantsHuman: 0, frustration: 0, smallTalk: isSmallTalk, satisfied: satisfied(text) }, engine: 'embedded' };
}
