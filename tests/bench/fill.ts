import type { Page } from 'playwright';

/** Puts `count` resolved conversations straight into the extension's IndexedDB, copies of one that is there. @param page an extension page */
export async function fillConversations(page: Page, count: number): Promise<void> {
  await page.evaluate(async (total) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('baton');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(String(request.error)));
    });
    const done = (transaction: IDBTransaction): Promise<void> => new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => reject(new Error(String(transaction.error)));
    });
    const sample = await new Promise<Record<string, unknown>>((resolve) => {
      const request = db.transaction('conversation').objectStore('conversation').openCursor();
      request.onsuccess = () => resolve(request.result?.value as Record<string, unknown>);
    });
    for (let at = 0; at < total; at += 5_000) {
      const transaction = db.transaction('conversation', 'readwrite');
      const store = transaction.objectStore('conversation');
      for (let i = at; i < Math.min(total, at + 5_000); i++) {
        store.put({ ...sample, id: `filled-${i}`, status: i % 3 === 0 ? 'open' : 'resolved', claim: null, floor: 'bot', escalation: null, email: null, owed: null, lastAt: 1_700_000_000_000 + i * 1_000 });
      }
      await done(transaction);
    }
    db.close();
  }, count);
}
