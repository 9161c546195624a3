import type { StorageTrouble } from '#lib/protocol/runtime.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { restoredWords } from './restored-words.ts';

/** What this browser's own storage has done to what is shown. */
export interface StorageState {
  trouble: StorageTrouble | null;
  /** Things the companion sent that could not be read here. */
  unread: number;
  /** For whom each reply or note was that came back after the storage was lost; null: a conversation not held here. */
  restored: (string | null)[];
}

/** Says what is wrong with the storage and what to do; nothing while all is well. */
export function StorageNotes({ storage, onRestoredSeen }: { storage: StorageState; onRestoredSeen: () => void }) {
  const { trouble, unread, restored } = storage;
  return (
    <>
      {trouble === 'full' ? <Banner tone="bad"><span role="alert">There is no space left for Baton on this computer. What is new cannot be kept here, and replies may not be stored. Free some space.</span></Banner> : null}
      {trouble === 'stuck' ? <Banner tone="bad"><span role="alert">Baton’s storage in this browser does not open; another Baton tab may hold it. Close the other Baton tabs, or restart the browser.</span></Banner> : null}
      {unread > 0 ? <Banner>Some of what the companion sent could not be read, so conversations here may be incomplete. Update the extension, or tell an admin.</Banner> : null}
      {restored.length > 0 ? <Banner actions={<Button small onClick={onRestoredSeen}>Dismiss</Button>}>{restoredWords(restored)}</Banner> : null}
    </>
  );
}
