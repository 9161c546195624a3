import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { uuid } from '#lib/base/uuid.ts';
import { must } from '#lib/base/must.ts';
import { TurnRequested, type WebhookAnswer, type WebhookCall } from '#lib/protocol/webhook.ts';
import type { AgentClient } from './socket-client.ts';

export const WEBHOOK_SECRET = `whsec_${randomBytes(32).toString('base64')}`;

/** What came to the customer's bot. `verified`: the library of the scheme took its signature. */
export interface Heard { id: string; headers: IncomingHttpHeaders; body: string; verified: boolean; turn: TurnRequested['data'] }
/** An answer, a status alone, or whatever the script does with the response. */
export type Script = (turn: TurnRequested['data'], at: number) => WebhookAnswer | number | ((response: ServerResponse) => void);

/** A customer's bot that does as it is told. */
export interface WebhookServer {
  url: string; host: string; heard: Heard[];
  /** From now on. `at` counts the requests since. */
  plays(script: Script): void;
  /** The first request that matches, past or future. */
  hears(text: string): Promise<Heard>;
  close(): Promise<void>;
}

export async function startWebhookServer(secret = WEBHOOK_SECRET): Promise<WebhookServer> {
  const library = new Webhook(secret);
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  let [script, count]: [Script, number] = [() => ({}), 0];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => { body += part; }).on('end', () => {
      let verified = true;
      try { library.verify(body, request.headers as Record<string, string>); } catch { verified = false; }
      const turn = TurnRequested.parse(JSON.parse(body)).data;
      heard.push({ id: String(request.headers['webhook-id']), headers: request.headers, body, verified, turn });
      for (const look of waiting) look();
      const answer = script(turn, count++);
      if (typeof answer === 'function') return answer(response);
      if (typeof answer === 'number') return void response.writeHead(answer).end();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/turns`, host, heard,
    plays(next) { [script, count] = [next, 0]; },
    hears: (text) => new Promise((resolve, reject) => {
      const timer = setTimeout(() => { waiting.delete(look); reject(new Error(`The webhook was not asked "${text}" within 10 s`)); }, 10_000);
      const look = (): void => {
        const found = heard.find(({ turn }) => turn.message.text === text);
        if (!found) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    }),
    async close() { server.closeAllConnections(); server.close(); await once(server, 'close'); },
  };
}

export interface CallOptions { id?: string; at?: Date; secret?: string; botId?: string; /** Sent instead of what was signed. */ tampered?: string }
/** A call as the customer's bot makes it, signed by the library. */
export async function callCompanion(companion: string, call: WebhookCall | object, { id = uuid(), at = new Date(), secret = WEBHOOK_SECRET, botId = 'pinewood', tampered }: CallOptions = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = JSON.stringify(call);
  const headers = { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': new Webhook(secret).sign(id, at, body) };
  const response = await fetch(`${companion}/api/bots/${botId}/webhook`, { method: 'POST', headers, body: tampered ?? body });
  return { status: response.status, body: await response.json() as Record<string, unknown> };
}

/** Makes the demo shop's bot a webhook bot. @param handoff what differs from how it is */
export async function useWebhook(companion: string, admin: AgentClient, url: string | null, { handoff = {}, secret = WEBHOOK_SECRET, botId = 'pinewood' }: { handoff?: object; secret?: string | null; botId?: string } = {}): Promise<void> {
  const row = must([...admin.rows.values()].find((one) => one.kind === 'bot' && one.row.id === botId), 'bot');
  if (row.kind !== 'bot') throw new Error('not a bot');
  const { name, greeting, sites } = row.row;
  const engine = url === null ? { kind: 'embedded' } : { kind: 'webhook', url };
  const before = row.row.seq;
  const answer = await admin.command({ type: 'bot.save', botId, baseSeq: before, force: true, settings: { name, greeting, sites, engine, handoff: { ...row.row.handoff, ...handoff } } });
  if (answer.type !== 'ack') throw new Error(JSON.stringify(answer));
  await admin.until('the bot as it was saved', () => (admin.rows.get(botId)?.row.seq ?? 0) > before);
  const response = await fetch(`${companion}/api/bots/${botId}/secrets/webhook`, { method: secret === null ? 'DELETE' : 'PUT', headers: { authorization: `Bearer ${admin.device.token}`, origin: admin.device.origin, 'content-type': 'application/json' }, ...(secret === null ? {} : { body: JSON.stringify({ value: secret }) }) });
  if (response.status !== 204) throw new Error(`The secret was not taken: ${response.status} ${await response.text()}`);
}
