import type { Readable, Writable } from 'node:stream';

interface Answer { id?: number; result?: Record<string, unknown>; error?: { message: string } }
export interface CdpPipe { send(method: string, params?: Record<string, unknown>, timeoutMs?: number): Promise<Record<string, unknown>> }

/** The DevTools protocol over a browser's file descriptors 3 and 4: JSON texts, each ended by a zero byte. */
export function createCdpPipe(to: Writable, from: Readable): CdpPipe {
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  let held = '';
  from.setEncoding('utf8').on('data', (chunk: string) => {
    const texts = (held + chunk).split('\0');
    held = texts.pop() ?? '';
    for (const text of texts) {
      const answer = JSON.parse(text) as Answer;
      if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    }
  });
  // A browser that ends takes the pipe with it; whoever waits for an answer runs into the timeout or sees the exit.
  to.on('error', () => undefined);
  from.on('error', () => undefined);
  const send: CdpPipe['send'] = (method, params = {}, timeoutMs = 15_000) => new Promise((resolve, reject) => {
    const id = ++last;
    const timer = setTimeout(() => done({ error: { message: `no answer within ${timeoutMs} ms` } }), timeoutMs);
    const done = (answer: Answer): void => {
      clearTimeout(timer);
      waiting.delete(id);
      if (answer.error) reject(new Error(`${method}: ${answer.error.message}`));
      else resolve(answer.result ?? {});
    };
    waiting.set(id, done);
    to.write(`${JSON.stringify({ id, method, params })}\0`);
  });
  return { send };
}
