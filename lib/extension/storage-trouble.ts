import type { StorageTrouble } from '#lib/protocol/runtime.ts';

export const TROUBLE_KEY = 'storageTrouble';

/** The worker's word to pages, past the database, which may be what is broken. */
export const tellStorage = (trouble: StorageTrouble | null): void => void chrome.storage.session.set({ [TROUBLE_KEY]: trouble });
