import type { Message } from '#lib/protocol/message.ts';
import type { Keep } from '#lib/widget/storage.ts';
import { createClient } from '#lib/widget/client.ts';
import type { WidgetClient, WidgetModel } from '#lib/widget/model.ts';
import type { Family } from './family.ts';
import { visitorDownFrame } from './good-down.ts';
import { createValues, hostileJson } from './mutate.ts';

/** A websocket that a test speaks through. */
class WireSocket {
  static last: WireSocket | null = null;
  readyState = 1;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor() { WireSocket.last = this; }
  send(): void { /* what the widget says is not looked at here */ }
  close(): void { this.readyState = 3; }
}
function memoryKeep(): Keep {
  const held = new Map<string, string>();
  return { get: (key) => held.get(key) ?? null, set: (key, value) => void held.set(key, value), remove: (key) => void held.delete(key), keys: () => [...held.keys()] };
}

/** Every text that the view puts on screen for a message, as components of lib/widget read it. */
function textsOf(message: Message): unknown[] {
  if (message.kind === 'said') return [message.id, message.text, message.author.kind, message.author.kind === 'agent' ? message.author.label : message.author.kind === 'bot' ? message.author.name : '', ...(message.sources ?? []).map(({ title }) => title)];
  return [message.id, message.what.type, 'label' in message.what ? message.what.label : '', 'text' in message.what ? message.what.text : '', 'email' in message.what ? message.what.email : ''];
}

/** What would make the view fail, or show something that is no text. */
function unshowable({ bot, conversation, messages, pending, streaming, clockOffset }: WidgetModel): string | null {
  const texts: unknown[] = [...messages.flatMap(textsOf), ...pending.map(({ text }) => text), streaming?.text ?? '', conversation?.agentLabel ?? '', conversation?.email ?? ''];
  if (bot) texts.push(bot.name, bot.greeting, bot.handoff.agentLabel, bot.handoff.offlineMessage, bot.handoff.mode);
  if (!texts.every((text) => typeof text === 'string')) return `not a text on screen: ${JSON.stringify(texts.find((text) => typeof text !== 'string'))}`;
  if (!messages.every(({ index, seq }) => Number.isSafeInteger(index) && Number.isSafeInteger(seq))) return 'a message without a place';
  return Number.isFinite(clockOffset) ? null : 'a clock that is no number';
}

/** Frames of a companion into the widget's own client: what it cannot use it leaves alone, and goes on. */
export function visitorDown(seed: number): Family<Buffer> {
  const values = createValues(seed);
  const clients: WidgetClient[] = [];
  let [runs, socket] = [0, new WireSocket()];
  const begin = (): void => {
    clients.pop()?.close();
    clients.push(createClient({ companion: 'http://companion.example', botId: 'b', keep: memoryKeep(), WebSocketClass: WireSocket as unknown as typeof WebSocket }));
    socket = WireSocket.last!;
    socket.onopen?.();
  };
  begin();
  return {
    name: 'VisitorDown frames',
    make(chance) {
      if (++runs % 100 === 0) begin();
      return hostileJson(chance, visitorDownFrame(chance), values, 8);
    },
    check(bytes) {
      const client = clients[0]!;
      const before = client.get();
      socket.onmessage?.({ data: bytes.toString() });
      return unshowable(client.get()) ?? client.get() !== before;
    },
    close: () => clients.pop()?.close(),
  };
}
