import type { Engine } from '#lib/protocol/settings.ts';
import type { Decided, Difference, DifferenceKind, ReplayBy, ReplaySummary } from '#lib/protocol/replay.ts';
import { score, verdictOf } from '#components/detector/try-words.ts';

/** In the order in which they are listed. */
export const KIND_NAMES: Record<DifferenceKind, string> = {
  escalate: 'A person would be brought in', offer: 'Would be offered a person', sooner: 'A person would come up sooner', later: 'A person would come up later',
  no_offer: 'Would no longer be offered a person', no_escalate: 'A person would no longer be brought in', answer: 'The bot would say something else',
};
const CLAUSES: Record<DifferenceKind, (count: number) => string> = {
  offer: (count) => `${count} would be offered a person who ${count === 1 ? 'was' : 'were'} not`, no_offer: (count) => `${count} would no longer be offered one`,
  escalate: (count) => `${count} would be handed to a person who ${count === 1 ? 'was' : 'were'} not`, no_escalate: (count) => `${count} would no longer be handed over`,
  sooner: (count) => `${count} would come to a person sooner`, later: (count) => `${count} would come to a person later`,
  answer: (count) => `in ${count} the bot would say something else`,
};
const ORDER: readonly DifferenceKind[] = ['offer', 'no_offer', 'escalate', 'no_escalate', 'sooner', 'later', 'answer'];
const conversations = (count: number): string => (count === 1 ? '1 conversation' : `${count} conversations`);

/** What the change would do, in one sentence. */
export function summaryWords({ replayed, kinds }: ReplaySummary): string {
  const clauses = ORDER.filter((kind) => kinds[kind] > 0).map((kind) => CLAUSES[kind](kinds[kind]));
  if (clauses.length === 0) return replayed === 1 ? 'With these settings the 1 conversation would go as with the saved ones.' : `With these settings all ${replayed} conversations would go as with the saved ones.`;
  return `With these settings, of ${conversations(replayed)}, ${clauses.join('; ')}.`;
}

/** How many come to a person at all, before and after. */
export const totalWords = ({ saved, changed }: ReplaySummary): string =>
  `Offered a person: ${saved.offered} with the saved settings, ${changed.offered} with these. Handed over: ${saved.escalated} and ${changed.escalated}.`;

export const skippedWords = (skipped: number): string | null => (skipped === 0 ? null : `${conversations(skipped)} ${skipped === 1 ? 'has' : 'have'} no line that the bot took, and ${skipped === 1 ? 'is' : 'are'} left out.`);

/** Where the findings come from, which says what they are worth. @param embedder the semantic tier is set up */
export function sourceWords(by: ReplayBy, engine: Engine['kind'], embedder: boolean): string {
  if (by === 'recorded') return `${engine === 'model' ? 'The chat model' : 'Your own bot'} is not asked again: what it found then is judged once more. The slider changes nothing in that; mode and words do.`;
  return `The knowledge base is asked again, as it is now, so that only the settings make a difference.${embedder ? ' The embeddings endpoint is asked for each line, too.' : ''}`;
}

export interface DecidedWords { title: string; because: string }
/** A decision and why. @param on what the visitor did */
export function decidedWords(decided: Decided | null, on: Difference['on']): DecidedWords {
  if (decided && on === 'feedback' && decided.action !== 'offer') return thumbWords(decided);
  const { title, because } = verdictOf(decided);
  return { title, because: decided?.assumed ? 'The bot was not asked then; it is taken to have an answer.' : because };
}

function thumbWords({ action, after }: Decided): DecidedWords {
  const because = `The evidence after the thumb is ${score(after.evidence)}; an offer is made at ${score(after.bar)}.`;
  return { title: action === 'clarify' ? 'Would ask back' : 'Would say nothing more', because };
}
