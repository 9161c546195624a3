import { uuid } from '#lib/base/uuid.ts';
import { toldOfUnsent } from '#lib/db/gone.ts';
import { escalated, waitingOf } from '#lib/db/rows.ts';
import { openDatabase } from '#lib/db/schema.ts';
import type { ConversationId, MemberId } from '#lib/protocol/ids.ts';
import { createEngine } from '#lib/sync/engine.ts';
import { badgeOf, showBadge } from './badge.ts';
import { forgetCredentials, readCredentials, rotateToken } from './credentials.ts';
import type { Handlers } from './listen.ts';
import { alert, forgetAlerts, rememberHeld } from './notifications.ts';
import { pair } from './pair.ts';
import { readPopupState } from './popup-state.ts';
import { spareStorage } from './spare-storage.ts';
import { tellStorage } from './storage-trouble.ts';
import { openWebSocket } from './web-socket.ts';

const isWritten = (type: string): type is 'message.send' | 'note.add' => type === 'message.send' || type === 'note.add';

/** The engine with its browser around it, and the answers to pages. */
export function createWorker() {
  const db = openDatabase();
  async function show(isFeed: boolean): Promise<{ badge: string; alerted: ConversationId[] }> {
    const state = await readPopupState(db, Date.now());
    const badge = badgeOf(state, Date.now());
    const waiting = waitingOf(await escalated(db));
    if (!isFeed && await db.meta.get('cursor')) await rememberHeld(waiting);
    const alerted = isFeed ? await alert(waiting, engine.isViewed) : [];
    await Promise.all([chrome.storage.session.set({ popupState: state }), showBadge(badge)]);
    return { badge: badge.text, alerted };
  }
  const engine = createEngine({
    db, spare: spareStorage, build: chrome.runtime.getManifest().version, openSocket: openWebSocket, now: Date.now, random: Math.random, workerId: uuid(), keepAwake: () => void chrome.runtime.getPlatformInfo(),
    credentials: readCredentials, rotate: rotateToken, onChange: show, onStorage: tellStorage, onOutbox: () => undefined, onFault: (error) => console.error(error),
  });
  const forget = async (): Promise<void> => { await forgetCredentials(); await forgetAlerts(); await engine.forget(); };
  /** Paired anew as the same member: unsent words stay. As somebody else, or elsewhere: nothing may cross. */
  const forgetOther = async (memberId: MemberId, address: string): Promise<void> => {
    const self = await db.meta.get('self');
    if (self?.key === 'self' && (self.member.id !== memberId || self.companion !== address)) await forget();
  };
  const handlers: Handlers = {
    'outbox.add': async ({ id, command }) => {
      if (!isWritten(command.type)) throw new Error(`"${command.type}" is not written words; send it as a command.`);
      await engine.add(id, command as Parameters<typeof engine.add>[1]);
      return { ok: true };
    },
    'outbox.retry': async ({ id, force, seen }) => { await engine.retry(id, force, seen); return { ok: true }; },
    'outbox.discard': async ({ id }) => { await engine.discard(id); return { ok: true }; },
    'command': ({ id, command }) => engine.command(id, command),
    'viewing': async ({ conversationId }, sender) => { await engine.view(sender.url ?? '', conversationId); return { ok: true }; },
    'restored.seen': async () => { await db.meta.delete('restored'); return { ok: true }; },
    'gone.seen': async () => { await toldOfUnsent(db); return { ok: true }; },
    'typing': ({ conversationId, on }) => { engine.typing(conversationId, on); return { ok: true }; },
    'connection.pair': async ({ address, code }) => {
      const answer = await pair(address, code, forgetOther);
      if (answer.ok) await engine.connect(true);
      return answer;
    },
    'connection.forget': async () => { await forget(); await show(false); return { ok: true }; },
    'connection.retry': async () => { await engine.connect(true); return { ok: true }; },
    'popup.state': () => readPopupState(db, Date.now()),
  };
  return { handlers, connect: (): void => void engine.connect(), refresh: (): void => void show(false) };
}
