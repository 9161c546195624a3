import { useEffect, useState } from 'react';
import type { StorageTrouble } from '#lib/protocol/runtime.ts';
import { TROUBLE_KEY } from './storage-trouble.ts';

/** What the worker says of this browser's storage, live; null while all is well. */
export function useStorageTrouble(): StorageTrouble | null {
  const [trouble, setTrouble] = useState<StorageTrouble | null>(null);
  useEffect(() => {
    const take = (value: unknown) => setTrouble(value === 'full' || value === 'stuck' ? value : null);
    const onChanged = (changes: Record<string, chrome.storage.StorageChange>) => { const change = changes[TROUBLE_KEY]; if (change) take(change.newValue); };
    chrome.storage.session.onChanged.addListener(onChanged);
    void chrome.storage.session.get(TROUBLE_KEY).then((held) => take(held[TROUBLE_KEY]));
    return () => chrome.storage.session.onChanged.removeListener(onChanged);
  }, []);
  return trouble;
}
