import { uuid } from '#lib/base/uuid.ts';
import type { Actor } from '#lib/handoff/op.ts';
import { KnowledgeId } from '#lib/protocol/ids.ts';
import { KnowledgeEdit, KnowledgeProposal, type KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import { PROPOSALS_MAX } from '#lib/protocol/limits.ts';
import { audited } from '../audit/audited.ts';
import type { Core } from '../core.ts';
import { changeKnowledge, type Step } from '../knowledge/change.ts';
import { keyOf, nextAt } from '../knowledge/plan.ts';
import { accepted, proposalOf } from '../knowledge/propose.ts';
import { botOf } from './bot-of.ts';
import { readBody } from './body.ts';
import { NO_ENTRY } from './knowledge.ts';
import { refusal, type Http } from './parts.ts';

/** One entry at its limits with all its other ways to ask, in bytes. */
const EDIT_MAX = 256 * 1024;
const newId = (): KnowledgeId => KnowledgeId.parse(uuid());
type Outcome = KnowledgeEntry | 'none' | 'stale' | 'taken' | 'gone' | 'full';

function answerWith(c: Http, outcome: Outcome): Response {
  switch (outcome) {
    case 'none': return refusal(c, 404, 'not_found', NO_ENTRY);
    case 'gone': return refusal(c, 404, 'not_found', 'There is no such conversation with this bot.');
    case 'stale': return refusal(c, 409, 'stale', 'Somebody changed this entry while you had it open. Look at it as it is now, then change it again.');
    case 'taken': return refusal(c, 409, 'taken', 'Another entry has this question. Change that one, or ask differently here.');
    case 'full': return refusal(c, 409, 'full', `${PROPOSALS_MAX} proposals wait for a lead or an admin already. Ask one of them to look at those first.`);
    default: return c.json({ entry: outcome });
  }
}

/** What an entry says, changed in place. */
export async function editKnowledge(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const read = await readBody(c, KnowledgeEdit, EDIT_MAX);
  if (!read.ok) return read.refused;
  const { title, text, at } = read.body;
  const phrasings = read.body.phrasings.filter((one, n, all) => keyOf(one) !== keyOf(title) && all.findIndex((other) => keyOf(other) === keyOf(one)) === n);
  return answerWith(c, await changeKnowledge<Outcome>(core, botId, (held): Step<Outcome> => {
    const entry = held.find(({ id }) => id === c.req.param('id'));
    if (!entry) return { change: null, answer: 'none' };
    if (entry.at !== at) return { change: null, answer: 'stale' };
    if (!entry.proposed && entry.file === null && held.some((one) => one.id !== entry.id && one.file === null && !one.proposed && keyOf(one.title) === keyOf(title))) return { change: null, answer: 'taken' };
    const { phrasings: _, ...rest } = entry;
    const next: KnowledgeEntry = { ...rest, title, text, at: nextAt(held, Date.now()), ...(phrasings.length > 0 ? { phrasings } : {}) };
    return { change: { put: [next], remove: [] }, audit: audited(by, { what: 'knowledge.change', target: botId, before: { title: entry.title }, after: { title } }), answer: next };
  }));
}

/** An answer to a visitor, proposed to be the bot's: it says nothing of it yet. */
export async function proposeKnowledge(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const read = await readBody(c, KnowledgeProposal, EDIT_MAX);
  if (!read.ok) return read.refused;
  const { conversationId } = read.body;
  if (conversationId && (await core.store.conversation(conversationId))?.botId !== botId) return answerWith(c, 'gone');
  return answerWith(c, await changeKnowledge<Outcome>(core, botId, (held): Step<Outcome> => {
    const next = proposalOf(botId, read.body, by?.name ?? '', held, Date.now(), newId);
    if (held.filter(({ id, proposed }) => proposed && id !== next.id).length >= PROPOSALS_MAX) return { change: null, answer: 'full' };
    return { change: { put: [next], remove: [] }, answer: next };
  }));
}

/** A proposal, as the lead worded it, becomes what the bot says. */
export async function acceptKnowledge(core: Core, c: Http, by: Actor | null): Promise<Response> {
  const botId = botOf(core, c);
  if (botId instanceof Response) return botId;
  const read = await readBody(c, KnowledgeEdit, EDIT_MAX);
  if (!read.ok) return read.refused;
  return answerWith(c, await changeKnowledge<Outcome>(core, botId, (held): Step<Outcome> => {
    const proposal = held.find(({ id, proposed }) => proposed && id === c.req.param('id'));
    if (!proposal) return { change: null, answer: 'none' };
    if (proposal.at !== read.body.at) return { change: null, answer: 'stale' };
    const next = accepted(proposal, read.body, held, Date.now(), newId);
    return { change: { put: [next], remove: [proposal.id] }, audit: audited(by, { what: 'knowledge.accept', target: botId, after: { title: next.title } }), answer: next };
  }));
}
