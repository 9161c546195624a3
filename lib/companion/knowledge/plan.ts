import type { BotId, KnowledgeId } from '#lib/protocol/ids.ts';
import type { FileResult, KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import { KNOWLEDGE_ENTRIES_MAX, KNOWLEDGE_TEXT_MAX } from '#lib/protocol/limits.ts';
import type { KnowledgeChange } from '../store/store.ts';
import type { Parsed, ParsedEntry } from './parse.ts';

/** What an import makes of the knowledge there is. */
export interface Plan extends KnowledgeChange { added: KnowledgeEntry[]; changed: KnowledgeEntry[]; unchanged: number; files: FileResult[]; refused: { name: string; reason: string }[] }
export interface PlanParts { botId: BotId; now: number; newId: () => KnowledgeId }

/** Newer than everything there is, whatever this node's clock says: `knowledgeMark` tells one state from another by it. */
export const nextAt = (held: readonly KnowledgeEntry[], now: number): number => held.reduce((at, one) => Math.max(at, one.at + 1), now);
/** The same question, however it is written. */
export const keyOf = (title: string): string => title.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
const isSame = (held: KnowledgeEntry, { text, title, phrasings = held.phrasings }: ParsedEntry): boolean =>
  held.title === title && held.text === text && JSON.stringify(held.phrasings ?? []) === JSON.stringify(phrasings ?? []);

/**
 * A file takes the place of the one of its name, a typed question of the same question typed before: what says the same stays untouched, what has
 * the same title keeps its id, and of a file what it has no more goes. Where the new version knows no other ways to ask, those that are there stay.
 */
export function planImport(held: readonly KnowledgeEntry[], typed: readonly ParsedEntry[], files: readonly Parsed[], parts: PlanParts): Plan {
  const plan: Plan = { put: [], remove: [], added: [], changed: [], unchanged: 0, files: [], refused: [] };
  const at = nextAt(held, parts.now);
  const live = held.filter(({ proposed }) => !proposed);
  const size = { entries: held.length, text: held.reduce((sum, one) => sum + sizeOf(one), 0) };
  const take = (name: string, old: readonly KnowledgeEntry[], entries: readonly ParsedEntry[], takesPlace: boolean): FileResult | null => {
    const match = matchEntries(old, entries);
    const gone = takesPlace ? match.left : [];
    const next = { entries: size.entries + match.pairs.filter(([before]) => !before).length - gone.length, text: size.text + sum(entries) - sum(match.pairs.flatMap(([before]) => before ?? [])) - sum(gone) };
    const tooMuch = tooMuchWords(next, size.entries);
    if (tooMuch) { plan.refused.push({ name, reason: `${name} ${tooMuch}` }); return null; }
    Object.assign(size, next);
    plan.remove.push(...gone.map(({ id }) => id));
    const counts = { added: 0, changed: 0, removed: gone.length, unchanged: 0 };
    for (const [before, entry] of match.pairs) {
      if (before && isSame(before, entry)) { counts.unchanged += 1; continue; }
      const kept = before?.phrasings && !entry.phrasings ? { phrasings: before.phrasings } : {};
      const made: KnowledgeEntry = { ...entry, ...kept, id: before?.id ?? parts.newId(), botId: parts.botId, at };
      plan.put.push(made);
      plan[before ? 'changed' : 'added'].push(made);
      counts[before ? 'changed' : 'added'] += 1;
    }
    plan.unchanged += counts.unchanged;
    return { name, ...counts, notes: [] };
  };
  if (typed.length > 0) take(`“${typed[0]?.title}”`, live.filter(({ file }) => file === null), typed.filter((one, n) => typed.findLastIndex(({ title }) => keyOf(title) === keyOf(one.title)) === n), false);
  for (const file of lastOfEachName(files)) {
    if (!file.ok) { plan.refused.push({ name: file.name, reason: file.reason }); continue; }
    const result = take(file.name, live.filter((one) => one.file === file.name), file.entries, true);
    if (result) plan.files.push({ ...result, notes: file.notes });
  }
  return plan;
}

const sizeOf = ({ title, text, phrasings = [] }: Pick<KnowledgeEntry, 'title' | 'text' | 'phrasings'>): number => phrasings.reduce((all, one) => all + one.length, title.length + text.length);
const sum = (entries: readonly Pick<KnowledgeEntry, 'title' | 'text' | 'phrasings'>[]): number => entries.reduce((all, one) => all + sizeOf(one), 0);

/** What is too much, or null. */
function tooMuchWords({ entries, text }: { entries: number; text: number }, before: number): string | null {
  if (entries > KNOWLEDGE_ENTRIES_MAX) return `would make ${entries.toLocaleString('en')} entries; a bot can have ${KNOWLEDGE_ENTRIES_MAX.toLocaleString('en')}, and this one has ${before.toLocaleString('en')}`;
  return text > KNOWLEDGE_TEXT_MAX ? `is more than this bot can hold: all its entries together have up to ${KNOWLEDGE_TEXT_MAX / 1024 / 1024} million characters` : null;
}

/** Of two files of one name in one request the later one counts. */
const lastOfEachName = (files: readonly Parsed[]): Parsed[] => files.filter(({ name, ok }, at) => !ok || files.findLastIndex((one) => one.ok && one.name === name) === at);

/** Each new entry with the one whose place it takes: the one that says the same, else the next of its title. */
function matchEntries(old: readonly KnowledgeEntry[], entries: readonly ParsedEntry[]): { pairs: [KnowledgeEntry | undefined, ParsedEntry][]; left: KnowledgeEntry[] } {
  const byTitle = Map.groupBy(old, ({ title }) => keyOf(title));
  const takeFrom = (entry: ParsedEntry, isIt: (one: KnowledgeEntry) => boolean): KnowledgeEntry | undefined => {
    const same = byTitle.get(keyOf(entry.title)) ?? [];
    const at = same.findIndex(isIt);
    return at < 0 ? undefined : same.splice(at, 1)[0];
  };
  const exact = entries.map((entry) => takeFrom(entry, (one) => isSame(one, entry)));
  const pairs = entries.map((entry, n): [KnowledgeEntry | undefined, ParsedEntry] => [exact[n] ?? takeFrom(entry, () => true), entry]);
  return { pairs, left: [...byTitle.values()].flat() };
}
