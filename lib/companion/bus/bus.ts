import type { WorkspaceId } from '#lib/protocol/ids.ts';
import type { Commit } from '../store/store.ts';

/** A hint that something was committed. May be lost or out of order: truth and order come from the store. */
export interface Bus {
  publish(commit: Commit): void;
  /** Returns how to stop. */
  subscribe(workspaceId: WorkspaceId, listener: (commit: Commit) => void): () => void;
  close(): Promise<void>;
}
