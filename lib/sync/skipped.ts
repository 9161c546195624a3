import type { Database } from '#lib/db/schema.ts';

/** Remembers that something was left out, before the cursor moves over it. */
export async function noteSkipped(db: Database, build: string, newer: readonly string[], unread: number): Promise<void> {
  const row = await db.meta.get('skipped');
  const held = row?.key === 'skipped' ? row : { newer: 0, unread: 0 };
  if (held.newer === 0 && newer.length > 0) console.info(`The companion is newer than this extension; not shown here: ${[...new Set(newer)].join(', ')}.`);
  await db.meta.put({ key: 'skipped', build, newer: held.newer + newer.length, unread: held.unread + unread });
}

/** Another build than the one that left something out may be able to read it: it asks for everything. @returns whether it does */
export async function startsAnew(db: Database, build: string): Promise<boolean> {
  const row = await db.meta.get('skipped');
  if (row?.key !== 'skipped' || row.build === build) return false;
  await db.meta.bulkDelete(['skipped', 'cursor']);
  return true;
}
