import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { uuid } from '#lib/base/uuid.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';

/** A visitor without a browser, for tests where no page may be open: says something, then asks for a person. */
export async function askForPerson(companion: string, botId: string, text: string): Promise<void> {
  const socket = new WebSocket(`${companion.replace(/^http/, 'ws')}/socket/visitor`, { origin: companion });
  const waiting = new Set<string>();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The companion did not acknowledge the visitor within 10 s')), 10_000);
    const send = (frame: { type: string; id?: string; [more: string]: unknown }): void => {
      if (frame.id) waiting.add(frame.id);
      socket.send(JSON.stringify(frame));
    };
    socket.on('error', reject);
    socket.on('open', () => send({ type: 'hello', version: PROTOCOL_VERSION, botId, after: 0, channel: 'widget', page: null, language: 'en',
      visitor: { id: uuid(), secret: randomBytes(32).toString('base64url') } }));
    socket.on('message', (raw) => {
      const frame = JSON.parse(String(raw)) as { type: string; id?: string };
      if (frame.type === 'welcome') {
        send({ type: 'message', id: uuid(), text });
        send({ type: 'escalate', id: uuid() });
      }
      if (frame.type === 'nack' || frame.type === 'error') reject(new Error(String(raw)));
      if (frame.type !== 'ack' || !frame.id) return;
      waiting.delete(frame.id);
      if (waiting.size > 0) return;
      clearTimeout(timer);
      resolve();
    });
  }).finally(() => socket.close());
}
