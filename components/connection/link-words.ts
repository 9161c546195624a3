import { SECOND } from '#lib/base/time.ts';
import type { LinkState } from '#lib/protocol/runtime.ts';

/** Whole seconds until `at`, never negative. */
export const secondsTo = (at: number, now: number): number => Math.max(0, Math.ceil((at - now) / SECOND));

/** The one word beside the dot. */
export function linkWords(link: LinkState): { tone: 'ok' | 'wait' | 'bad' | 'off'; text: string } {
  switch (link.name) {
    case 'online': return { tone: 'ok', text: 'Connected' };
    case 'connecting': return { tone: 'wait', text: 'Connecting…' };
    case 'waiting': return { tone: 'wait', text: 'Offline' };
    case 'unpaired': return { tone: 'off', text: 'Not connected' };
    case 'revoked': return { tone: 'bad', text: 'Access revoked' };
    case 'too_old': return { tone: 'bad', text: 'Update needed' };
  }
}
