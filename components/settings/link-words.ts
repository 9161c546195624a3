import { assertNever } from '#lib/base/assert-never.ts';
import type { LinkState } from '#lib/protocol/runtime.ts';

/** @param now local time, epoch ms: `retryAt` is local too */
export function linkWords(link: LinkState, now: number): { tone: 'ok' | 'wait' | 'bad' | 'off'; text: string } {
  switch (link.name) {
    case 'unpaired': return { tone: 'off', text: 'Not connected yet' };
    case 'connecting': return { tone: 'wait', text: 'Connecting…' };
    case 'online': return { tone: 'ok', text: 'Connected' };
    case 'waiting': return { tone: 'wait', text: `Offline, trying again in ${Math.max(0, Math.ceil((link.retryAt - now) / 1000))} s. ${link.reason}`.trim() };
    case 'revoked': return { tone: 'bad', text: 'This browser was signed out by an admin. Connect again with a new pairing code.' };
    case 'too_old': return { tone: 'bad', text: link.which === 'extension' ? 'This extension is too old for the companion. Update it.' : 'The companion is too old for this extension. Ask who runs it to update it.' };
    default: return assertNever(link);
  }
}
