import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AUDIT_ACTS, type AuditDraft, type AuditEntry } from '#lib/protocol/audit.ts';
import { nextEntry, verifyAudit } from './chain.ts';

const draft = (i: number): AuditDraft => ({ by: { id: `m${i}`, name: `Zoë ${i}` }, what: AUDIT_ACTS[i % AUDIT_ACTS.length]!, target: i % 3 ? `t${i}` : null, before: i % 2 ? { mode: 'both', sites: ['*'] } : null, after: { count: i } });
function chain(length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let i = 0; i < length; i++) entries.push(nextEntry(entries.at(-1) ?? null, draft(i), 1_750_000_000_000 + i));
  return entries;
}
const check = (text: string): boolean => {
  try {
    return verifyAudit(JSON.parse(text) as unknown[]).ok;
  } catch (error) {
    if (error instanceof SyntaxError) return false; // damaged beyond reading is found too
    throw error;
  }
};

test('a log as it was written is accepted, whole or in parts, whatever the order of its keys', () => {
  const entries = chain(40);
  expect(verifyAudit(entries)).toEqual({ ok: true, end: { n: 40, hash: entries[39]!.hash } });
  const first = verifyAudit(entries.slice(0, 17));
  expect(verifyAudit(entries.slice(17), first.ok ? first.end : null).ok).toBe(true);
  const turned = entries.map((one) => Object.fromEntries(Object.entries(one).reverse()));
  expect(verifyAudit(turned).ok).toBe(true);
});
test('every one of 1,000 random flips of a byte is found', () => {
  const text = Buffer.from(JSON.stringify(chain(30)));
  expect(check(text.toString())).toBe(true);
  let found = 0;
  fc.assert(fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
    const bent = Buffer.from(text);
    bent[at] = bent[at]! ^ mask;
    expect(check(bent.toString('utf8')), `byte ${at} ^ ${mask}: ${bent.toString('utf8').slice(Math.max(0, at - 20), at + 20)}`).toBe(false);
    found += 1;
  }), { numRuns: 1_000 });
  expect(found).toBe(1_000);
});
test('an entry taken out, doubled, moved or made up is found', () => {
  const entries = chain(10);
  for (const bad of [entries.toSpliced(4, 1), entries.toSpliced(4, 0, entries[4]!), [...entries.slice(0, 3), entries[4]!, entries[3]!, ...entries.slice(5)],
    [...entries, { ...entries[9]!, n: 11 }], entries.slice(1)]) expect(verifyAudit(bad).ok).toBe(false);
});
test('a forged entry with a hash of its own breaks the next; a missing one is named', () => {
  const entries = chain(10);
  const forged = nextEntry(entries[3]!, { ...draft(4), by: { id: 'x', name: 'Somebody else' } }, entries[4]!.at);
  expect(verifyAudit(entries.with(4, forged))).toMatchObject({ ok: false, n: 6 });
  expect(verifyAudit(entries.toSpliced(4, 1))).toMatchObject({ ok: false, n: 5, why: 'Entry 5 is missing; entry 6 stands in its place.' });
});
