import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The ways in which a browser's database was seen to be damaged; what comes of each is the browser's affair and silent. */
export const DAMAGES = ['manifest garbage', 'log garbage', 'log cut in half', 'current deleted'] as const;
export type Damage = (typeof DAMAGES)[number];

/** Damages the extension's IndexedDB in a profile whose browser has ended. @throws when the files are not there */
export function damage(profile: string, extensionId: string, how: Damage): void {
  const folder = join(profile, 'Default', 'IndexedDB', `chrome-extension_${extensionId}_0.indexeddb.leveldb`);
  const named = (pattern: RegExp): string => {
    const name = readdirSync(folder).filter((one) => pattern.test(one)).toSorted().at(-1);
    if (!name) throw new Error(`Nothing like ${pattern} in ${folder}: ${readdirSync(folder).join(', ')}`);
    return join(folder, name);
  };
  const spoil = (file: string): void => writeFileSync(file, readFileSync(file).map((byte, at) => (at % 3 === 0 ? byte ^ 0xa5 : byte)));
  switch (how) {
    case 'manifest garbage': return spoil(named(/^MANIFEST-/));
    case 'log garbage': return spoil(named(/\.log$/));
    case 'log cut in half': { const log = named(/\.log$/); return truncateSync(log, Math.floor(statSync(log).size / 2)); }
    case 'current deleted': return rmSync(named(/^CURRENT$/));
  }
}
