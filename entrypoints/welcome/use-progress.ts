import { useLiveQuery } from 'dexie-react-hooks';
import { useEffect, useState } from 'react';
import { openDatabase, type Database, type MetaRow } from '#lib/db/schema.ts';
import type { LinkState } from '#lib/protocol/runtime.ts';
import { progressOf, type Progress } from './progress.ts';

const db: Database = openDatabase();
/** The steps look at what is newest; a full inbox must not be read whole. */
const LOOK_AT = 200;

interface WelcomeState { self: Extract<MetaRow, { key: 'self' }> | null; link: LinkState; progress: Progress }

async function read(): Promise<WelcomeState> {
  const [self, link, outbox, conversations] = await Promise.all([
    db.meta.get('self'), db.meta.get('link'), db.outbox.toArray(), db.conversation.orderBy('lastAt').reverse().limit(LOOK_AT).toArray()]);
  const who = self?.key === 'self' ? self : null;
  return { self: who, link: link?.key === 'link' ? link.state : { name: 'unpaired' }, progress: progressOf(who?.member.id ?? null, conversations, outbox) };
}

/** Live; undefined until first read. A step once ticked stays ticked while the page is open. */
export function useWelcomeState(): WelcomeState | undefined {
  const state = useLiveQuery(read, []);
  const [most, setMost] = useState<Progress>(0);
  const now = state?.progress ?? 0;
  useEffect(() => { setMost((before) => (now > before ? now : before)); }, [now]);
  return state && { ...state, progress: state.self && most > now ? most : now };
}
