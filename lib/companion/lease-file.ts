import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { MemberId } from '#lib/protocol/ids.ts';
import type { Core } from './core.ts';

/** A companion that is killed knows who was connected at most this long ago, ms. */
const EVERY_MS = 5_000;
const Kept = z.array(z.object({ memberId: MemberId, until: z.int() }));

/**
 * Keeps the leases over a restart or a kill, so that visitors are not told "offline" while agents' browsers connect again.
 * A file that cannot be read or written costs no more than that.
 */
export function keepLeases(core: Core): { close(): void } {
  const file = join(core.config.dataDir, 'leases.json');
  const now = Date.now();
  core.leases.restore(read(file).filter(({ memberId }) => core.settings.member(memberId)?.revokedAt === null), now);
  let written = '';
  const write = (): void => {
    const text = JSON.stringify(core.leases.kept(Date.now()));
    if (text === written) return;
    try {
      writeFileSync(`${file}.new`, text, { mode: 0o600 });
      renameSync(`${file}.new`, file);
      written = text;
    } catch (error) {
      core.log.warn({ error }, 'The leases could not be kept: after a restart, visitors are told that nobody is there until an agent connects again');
    }
  };
  const forget = core.onPresence(write);
  const timer = setInterval(write, EVERY_MS);
  return { close() { clearInterval(timer); forget(); write(); } };
}

function read(file: string): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return []; // none yet, or cut while it was written: those members connect again
  }
}
