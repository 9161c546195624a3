/** What the widget keeps on the visitor's side, under `baton:<bot>:`. */
export interface Keep { get(key: string): string | null; set(key: string, value: string): void; remove(key: string): void; keys(): string[] }

/** Storage that never throws: where the browser blocks it, or it is full, memory of this page serves. */
export function createKeep(botId: string, storage: () => Storage = () => localStorage): Keep {
  const memory = new Map<string, string>();
  const prefix = `baton:${botId}:`;
  const attempt = <T>(act: (store: Storage) => T, otherwise: T): T => {
    try {
      return act(storage());
    } catch {
      return otherwise; // blocked or full: memory has it
    }
  };
  return {
    get: (key) => memory.get(key) ?? attempt((store) => store.getItem(prefix + key), null),
    set(key, value) {
      memory.set(key, value);
      attempt((store) => { store.setItem(prefix + key, value); }, undefined);
    },
    remove(key) {
      memory.delete(key);
      attempt((store) => { store.removeItem(prefix + key); }, undefined);
    },
    keys: () => [...new Set([...memory.keys(), ...attempt((store) => Object.keys(store).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)), [])])],
  };
}
