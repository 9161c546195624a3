import type { ConversationId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Bus } from './bus/bus.ts';
import type { Commit, Store } from './store/store.ts';

/** A lost hint is found after this long, ms. */
const POLL_MS = 2_000;
/** A hint that is out of order waits this long for the one before it, ms. */
const PATIENCE_MS = 10;
/** After a failed read, ms. */
const AGAIN_MS = 500;
const PAGE = 500;

export interface Follower {
  /** Every commit of the workspace, from whatever node, in order and without a hole. Returns how to stop. */
  onCommit(listener: (commit: Commit) => void): () => void;
  close(): void;
}
export interface FollowParts { store: Pick<Store, 'feed' | 'streams' | 'head'>; bus: Pick<Bus, 'subscribe'>; workspaceId: WorkspaceId; from: number; onError: (error: unknown) => void; pollMs?: number }

/** Rows and messages as commits of one conversation each: what the hubs tell onwards. */
async function readCommits({ store, workspaceId }: FollowParts, after: number): Promise<{ commits: Commit[]; to: number; more: boolean }> {
  const page = await store.feed(workspaceId, after, PAGE);
  const ids = page.rows.flatMap((one): ConversationId[] => (one.kind === 'conversation' ? [one.row.id] : []));
  const streams = new Map((await store.streams(ids, after)).map((one) => [one.conversationId, one]));
  const commits: Commit[] = [];
  let open: Commit = { workspaceId, from: after, to: after, rows: [], stream: null };
  for (const one of page.rows) {
    open.rows.push(one);
    if (one.kind !== 'conversation') continue;
    open.to = one.row.seq;
    open.stream = streams.get(one.row.id) ?? null;
    commits.push(open);
    open = { workspaceId, from: open.to, to: open.to, rows: [], stream: null };
  }
  if (page.to > open.from) commits.push({ ...open, to: page.to });
  return { commits, to: page.to, more: page.more };
}

/**
 * Turns hints into the one order of the store: a commit that follows on what is held is passed on at once; a hole, a
 * doorbell or a lost hint is read from the store.
 */
export function followCommits(parts: FollowParts): Follower {
  const listeners = new Set<(commit: Commit) => void>();
  const early = new Map<number, Commit>();
  let held = parts.from;
  let reading: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let gap: NodeJS.Timeout | null = null;

  const pass = (commit: Commit): void => {
    held = commit.to;
    for (const listener of listeners) {
      try {
        listener(commit);
      } catch (error) {
        parts.onError(error); // keeps nobody else from hearing
      }
    }
  };
  const passEarly = (): void => {
    for (let next = early.get(held); next && !reading; next = early.get(held)) { early.delete(held); pass(next); }
    for (const [from, { to }] of early) if (to <= held) early.delete(from);
  };
  const readAll = async (): Promise<void> => {
    do {
      again = false;
      for (let more = true; more && !closed;) {
        const page = await readCommits(parts, held);
        for (const commit of page.commits) if (!closed) pass(commit);
        more = page.more;
      }
    } while (again && !closed);
  };
  const read = (): void => {
    if (reading) { again = true; return; }
    let pause = PATIENCE_MS;
    reading = readAll().catch((error: unknown) => { pause = AGAIN_MS; parts.onError(error); }).finally(() => { reading = null; passEarly(); if (early.size > 0) wait(pause); });
  };
  const wait = (ms: number): void => { gap ??= setTimeout(() => { gap = null; if (early.size > 0) read(); }, ms); };
  const poll = setInterval(() => {
    parts.store.head(parts.workspaceId).then((head) => { if (head > held) read(); }, parts.onError);
  }, parts.pollMs ?? POLL_MS);
  const stop = parts.bus.subscribe(parts.workspaceId, (hint) => {
    if (hint.kind === 'bell' && hint.to > held) read();
    if (hint.kind !== 'commit' || hint.commit.to <= held) return;
    if (hint.commit.from <= held && !reading) { pass(hint.commit); passEarly(); return; }
    early.set(hint.commit.from, hint.commit);
    if (!reading) wait(PATIENCE_MS);
  });
  return {
    onCommit(listener) { listeners.add(listener); return () => listeners.delete(listener); },
    close() { closed = true; stop(); clearInterval(poll); if (gap) clearTimeout(gap); },
  };
}
