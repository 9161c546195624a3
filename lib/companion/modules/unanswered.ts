import { groupQuestions } from '#lib/detect/group-questions.ts';
import type { KnowledgeEntry, Unanswered, UnansweredList } from '#lib/protocol/knowledge.ts';
import { QUESTION_MAX } from '#lib/protocol/limits.ts';
import type { Core } from '../core.ts';
import { cut } from '../knowledge/cut.ts';
import { keyOf } from '../knowledge/plan.ts';
import type { Missed } from '../store/store.ts';
import { botOf } from './bot-of.ts';
import type { Http } from './parts.ts';

/** The latest that are looked at, and how many different ones are shown: more than anybody answers in one sitting. */
const [LOOKED_AT, SHOWN] = [300, 50];
const WORDINGS = 10;

/** What visitors asked and nobody could answer, the same question once; what the bot has been taught since is left out. */
export async function listUnanswered(core: Core, c: Http): Promise<Response> {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const taught = taughtAt(await core.store.knowledge(botId));
  const groups = groupQuestions(await core.store.missed(botId, LOOKED_AT));
  return c.json({ questions: groups.flatMap((group) => unansweredOf(group, taught)).slice(0, SHOWN) } satisfies UnansweredList, 200, { 'cache-control': 'no-store' });
}

/** Since when the bot has an answer to what is asked in just these words. */
function taughtAt(knowledge: readonly KnowledgeEntry[]): Map<string, number> {
  return new Map(knowledge.filter(({ proposed }) => !proposed).flatMap(({ title, phrasings = [], at }) => [title, ...phrasings].map((one): [string, number] => [keyOf(one), at])));
}

function unansweredOf(group: readonly Missed[], taught: ReadonlyMap<string, number>): Unanswered[] {
  const since = Math.max(...group.map(({ text }) => taught.get(keyOf(text)) ?? -Infinity));
  // Asked again after that and missed again: it belongs here all the same.
  const left = group.filter(({ at }) => at > since);
  const [latest] = left;
  if (!latest) return [];
  const said = [...new Set(left.map(({ text }) => cut(text.trim(), QUESTION_MAX).trim()))];
  return [{ question: said[0] ?? '', wordings: said.slice(1, WORDINGS), count: left.length, at: latest.at, conversationIds: [...new Set(left.map(({ conversationId }) => conversationId))] }];
}
