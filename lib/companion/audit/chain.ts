import { createHash } from 'node:crypto';
import { AuditEntry, type AuditDraft } from '#lib/protocol/audit.ts';

/** What stands before the first entry. */
export const NO_HASH = '0'.repeat(64);
/** Nothing may stand beside what the hash covers. */
const Exact = AuditEntry.strict();
export type AuditEnd = Pick<AuditEntry, 'n' | 'hash'>;

/** One text for one value: keys in order, whatever order they were written in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, one]) => one !== undefined).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
}

const hashOf = (previous: string, entry: Omit<AuditEntry, 'hash'>): string => createHash('sha256').update(previous).update(canonical(entry)).digest('hex');

/** The entry that follows `last` (null: the first). Call inside the transaction that writes it. */
export function nextEntry(last: AuditEnd | null, { by, what, target, before, after }: AuditDraft, at: number): AuditEntry {
  const entry = { n: (last?.n ?? 0) + 1, at, by, what, target, before, after };
  return { ...entry, hash: hashOf(last?.hash ?? NO_HASH, entry) };
}

/**
 * Whether a log is as it was written: every entry readable, none missing, moved, added in between or changed. Cutting off
 * its newest entries cannot be seen from what is left: compare `end` with one noted earlier.
 * @param entries oldest first, as read from anywhere; `after`: the end of a part that was checked before
 */
export function verifyAudit(entries: readonly unknown[], after: AuditEnd | null = null): { ok: true; end: AuditEnd | null } | { ok: false; n: number; why: string } {
  let end = after;
  for (const one of entries) {
    const n = (end?.n ?? 0) + 1;
    const read = Exact.safeParse(one);
    if (!read.success) return { ok: false, n, why: `Entry ${n} cannot be read: ${read.error.issues[0]?.message ?? ''}` };
    const { hash, ...entry } = read.data;
    if (entry.n !== n) return { ok: false, n, why: `Entry ${n} is missing; entry ${entry.n} stands in its place.` };
    if (hashOf(end?.hash ?? NO_HASH, entry) !== hash) return { ok: false, n, why: `Entry ${n}, or the one before it, was changed after it was written.` };
    end = { n, hash };
  }
  return { ok: true, end };
}
