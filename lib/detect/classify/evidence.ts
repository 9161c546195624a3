import type { Views } from './base.ts';

/** What speaks for an entry, in numbers that mean much the same whatever the number of entries: more is better in each. */
export const FACTORS = ['confidence', 'similarity', 'second similarity', 'covered', 'found', 'meant'] as const;
export interface Evidence { label: number; factors: readonly number[]; ranked: { label: number; probability: number }[] }

/** How far a likely entry is moved by sounding alike and by having the words, in nats. @property taught one phrasing each teaches the softmax little */
const MIX = { taught: 0.5, untaught: 2 };
/** The same by what a search finds, and by what was meant. Where phrasings are few, other words for the same matter most. */
const FOUND = { taught: 1, untaught: 4 };
const MEANT = { taught: 2, untaught: 3 };
/** Beyond these odds (natural logarithm) the softmax is only guessing. */
const ODDS_MAX = 8;
const RANKED = 5;
/** So many entries there are at least in the knowledge bases that teach what odds are worth; the best of one has nobody to be better than. */
const ENTRIES_MIN = 12;

/** @param single whether most entries have one phrasing only. @returns null for a base without entries */
export function weighViews({ likely, similar, alsoSimilar, covered, found, meant }: Views, single: boolean): Evidence | null {
  if (likely.length === 0) return null;
  const teaching = single ? 'untaught' : 'taught';
  const [mix, byFound, byMeant] = [MIX[teaching], FOUND[teaching], MEANT[teaching]];
  const scores = likely.map((one, label) => one + mix * ((similar[label] ?? 0) + (covered[label] ?? 0)) + byFound * (found?.rank[label] ?? 0) + byMeant * (meant?.[label] ?? 0));
  const best: number[] = [];
  for (let label = 0; label < scores.length; label++) {
    const score = scores[label] ?? 0;
    if (best.length === RANKED && score <= (scores[best[RANKED - 1] ?? 0] ?? 0)) continue;
    const place = best.findIndex((other) => score > (scores[other] ?? 0));
    best.splice(place < 0 ? best.length : place, 0, label);
    best.length = Math.min(best.length, RANKED);
  }
  const [label = 0] = best;
  let total = 0;
  for (const score of scores) total += Math.exp(score - (scores[label] ?? 0));
  const missing = Math.max(0, ENTRIES_MIN - scores.length);
  const others = total - 1 + missing * Math.exp(Math.log(1 / ENTRIES_MIN) - (scores[label] ?? 0));
  const odds = Math.max(-ODDS_MAX, Math.min(ODDS_MAX, -Math.log(others + 1e-9)));
  const ranked = best.map((one) => ({ label: one, probability: Math.exp((scores[one] ?? 0) - (scores[label] ?? 0)) / total }));
  return { label, factors: [odds, similar[label] ?? 0, alsoSimilar[label] ?? 0, covered[label] ?? 0, found?.covered[label] ?? 0, meant?.[label] ?? 0], ranked };
}
