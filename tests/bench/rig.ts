/** A server under load: 200 visitors, each talking with one of 20 agents. The floor and the companion look alike here. */
export interface Rig {
  name: string; /** Of every process that serves. */ pids: number[]; visitors: number;
  /** Visitor n says something; `id` comes back through `onAck` and `onAgent`. */
  say(n: number, id: string): void;
  /** The agent of visitor n answers. */
  reply(n: number, id: string): void;
  onAck(listener: (id: string) => void): void;
  onAgent(listener: (id: string) => void): void;
  onVisitor(listener: (id: string) => void): void;
  close(): Promise<void>;
}

export const VISITORS = 200;
export const AGENTS = 20;
/** About the length of a support question: 90 characters. */
export const TEXT = 'Hello, I ordered a tent last week and the tracking page still says that it was not packed.';

/** Calls every listener; how a rig keeps one list per event. */
export function createSignal(): { emit: (id: string) => void; on: (listener: (id: string) => void) => void } {
  const listeners: ((id: string) => void)[] = [];
  return { emit: (id) => { for (const listener of listeners) listener(id); }, on: (listener) => { listeners.push(listener); } };
}
