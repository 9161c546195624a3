import { request } from 'node:https';
import { setDefaultCACertificates, getCACertificates } from 'node:tls';
import { chromium, type Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KNOWLEDGE_FILE_MAX } from '#lib/protocol/limits.ts';
import { KnowledgeAdded } from '#lib/protocol/knowledge.ts';
import { build } from '#lib/start/build.ts';
import { findBrowser } from '#lib/start/find-browser.ts';
import { startBalancer, type Balancer } from '../support/nginx.ts';
import { startTestCompanion, until, type TestCompanion } from '../support/companion.ts';
import { connectAgent, connectVisitor, pair, type AgentClient } from '../support/socket-client.ts';
import { openChat } from '../support/visitor.ts';

const CHAT = 'chat.baton.test';
const SHOP = 'shop.baton.test';
let companion: TestCompanion;
let balancer: Balancer;
let browser: Browser;
let admin: AgentClient;
let shopOrigin: string;

/** The customer's shop: another origin, also https, that embeds the widget by its one line. */
const SHOP_SERVER = `server {
  listen 127.0.0.1:{port} ssl;
  server_name ${SHOP};
  ssl_certificate {tls}/fullchain.pem;
  ssl_certificate_key {tls}/privkey.pem;
  location / {
    default_type text/html;
    return 200 '<!doctype html><html lang="en"><title>A shop</title><h1>A shop</h1><script async src="https://${CHAT}:{port}/widget.js" data-bot="pinewood"></script></html>';
  }
}`;

beforeAll(async () => {
  await build();
  // Its public address is known before the balancer is: the port is asked first.
  companion = await startTestCompanion({ DEMO: '1', DATABASE_URL: '', NATS_URL: '', TRUST_PROXY: '1' });
  balancer = await startBalancer({ nodes: [companion.url, companion.url], names: [CHAT, SHOP], more: SHOP_SERVER });
  setDefaultCACertificates([...getCACertificates('default'), balancer.ca]);
  shopOrigin = `https://${SHOP}:${balancer.port}`;
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No browser of the Chromium family; `npm test` installs one.');
  browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--ignore-certificate-errors', `--host-resolver-rules=MAP *.baton.test 127.0.0.1`] });
  admin = await connectAgent(balancer.url, await pair(balancer.url, await companion.operator.code('admin')));
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await admin?.close();
  await balancer?.close();
  await companion?.close();
});

/** A request from an address of one's own: the whole of 127.0.0.0/8 is this machine. */
function from(address: string, path: string, body: string | null = null, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${balancer.url.replace('localhost', '127.0.0.1')}${path}`, { method: body === null ? 'GET' : 'POST', localAddress: address, agent: false, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (more: string) => { text += more; }).on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject).end(body ?? undefined);
  });
}

test('a visitor on another https origin talks to the bot and to an agent, all over wss', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const sockets: string[] = [];
  const faults: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  await page.goto(shopOrigin);
  const visitor = await openChat(page);
  await visitor.say('How long does shipping take?');
  await visitor.log.getByText(/days/i).first().waitFor();
  await visitor.button('Talk to a person').click();
  const waiting = await admin.until('the escalation', () => [...admin.rows.values()].find((one) => one.kind === 'conversation' && one.row.status === 'escalated' && one.row.claim === null && one.row.page?.url.startsWith(shopOrigin)));
  const { row } = waiting as Extract<typeof waiting, { kind: 'conversation' }>;
  expect((await admin.command({ type: 'conversation.claim', conversationId: row.id })).type).toBe('ack');
  expect((await admin.command({ type: 'message.send', conversationId: row.id, text: 'Hello over TLS', seen: 1_000_000 })).type).toBe('ack');
  await visitor.log.getByText('Hello over TLS').waitFor();
  expect(sockets).toEqual([`wss://${CHAT}:${balancer.port}/socket/visitor`]);
  expect(faults).toEqual([]);
  await context.close();
});

test('a site that is not on the bot’s list is refused through the proxy, and one that is listed is let in', async () => {
  const bot = [...admin.rows.values()].find((one) => one.kind === 'bot')!;
  const { name, greeting, handoff } = (bot).row;
  const save = async (sites: string[]) => {
    const { row } = [...admin.rows.values()].find((one) => one.kind === 'bot')!;
    expect((await admin.command({ type: 'bot.save', botId: row.id, baseSeq: row.seq, settings: { name, greeting, sites, handoff } })).type).toBe('ack');
    await admin.until('the bot', () => [...admin.rows.values()].some((one) => one.kind === 'bot' && JSON.stringify(one.row.sites) === JSON.stringify(sites)));
  };
  await save([shopOrigin]);
  await (await connectVisitor(balancer.url, { origin: shopOrigin })).close();
  // The companion's own pages, at the address the visitor typed: the proxy hands the host on with its port.
  await (await connectVisitor(balancer.url, { origin: balancer.url })).close();
  await expect(connectVisitor(balancer.url, { origin: 'https://elsewhere.example' })).rejects.toThrow(/site_not_allowed/);
  await save(['*']);
});

test('the visitor’s address is the one the proxy saw: a claimed one changes nothing, and another visitor is not held back', async () => {
  const guess = JSON.stringify({ code: 'AAAA-AAAA', version: 1 });
  const tries = [];
  for (let i = 0; i < 40; i++) tries.push((await from('127.0.0.2', '/api/pair', guess, { 'x-forwarded-for': `10.1.1.${i}` })).status);
  expect(tries.filter((status) => status === 429).length).toBeGreaterThanOrEqual(5);
  expect(tries[0]).toBe(403);
  expect((await from('127.0.0.3', '/api/pair', guess)).status).toBe(403);
});

test('figures and the operator’s routes are not reached from outside, even by whoever claims to be on this machine', async () => {
  for (const path of ['/metrics', '/api/operator/status', '/api/operator/code', '/%6detrics', '//metrics', '/api/./operator/status']) {
    const { status, text } = await from('127.0.0.4', path, null, { 'x-forwarded-for': '127.0.0.1' });
    expect(status, path).toBe(404);
    expect(text, path).not.toContain('baton_');
  }
  expect((await from('127.0.0.4', '/healthz')).status).toBe(200);
});

test('a knowledge upload of several MB arrives whole', async () => {
  const line = 'Baton knows about tents, jackets and packs. ';
  const file = (name: string, bytes: number) => ({ name, base64: Buffer.from(`# ${name}\n\n${line.repeat(Math.floor(bytes / line.length))}`).toString('base64') });
  const files = [file('one.md', KNOWLEDGE_FILE_MAX - 1_000), file('two.md', KNOWLEDGE_FILE_MAX - 1_000)];
  const response = await fetch(`${balancer.url}/api/bots/pinewood/knowledge`, { method: 'POST', headers: { authorization: `Bearer ${admin.device.token}`, origin: admin.device.origin, 'content-type': 'application/json' }, body: JSON.stringify({ files }) });
  expect(response.status).toBe(200);
  expect(KnowledgeAdded.parse(await response.json()).refused).toEqual([]);
});

test('the widget’s code comes compressed, answers with data do not', async () => {
  const encoding = async (path: string, headers: Record<string, string> = {}) => (await fetch(balancer.url + path, { headers: { 'accept-encoding': 'gzip', ...headers } })).headers.get('content-encoding');
  expect(await encoding('/widget.js')).toBe('gzip');
  expect(await encoding('/api/conversations', { authorization: `Bearer ${admin.device.token}`, origin: admin.device.origin })).toBe(null);
});

test('sockets that only ping outlive the proxy’s patience many times over; one that is silent does not', async () => {
  const hasty = await startBalancer({ nodes: [companion.url, companion.url], change: [['proxy_read_timeout 75s;', 'proxy_read_timeout 3s;']] });
  setDefaultCACertificates([...getCACertificates('default'), balancer.ca, hasty.ca]);
  try {
    const visitor = await connectVisitor(hasty.url, { origin: hasty.url });
    const agent = await connectAgent(hasty.url, admin.device, null);
    const silent = await connectVisitor(hasty.url, { origin: hasty.url });
    const beat = setInterval(() => { visitor.send({ type: 'ping' }); agent.frame({ type: 'ping', seq: agent.cursor().seq }); }, 500);
    await silent.closed;
    await until('twenty pongs for each', () => [visitor, agent].every(({ history }) => (history as { type: string }[]).filter((frame) => frame.type === 'pong').length >= 20), 30_000);
    expect([visitor.isClosed(), agent.isClosed(), silent.isClosed()]).toEqual([false, false, true]);
    expect((await visitor.say('still here')).type).toBe('ack');
    clearInterval(beat);
    await Promise.all([visitor.close(), agent.close()]);
  } finally {
    await hasty.close();
  }
}, 60_000);

test('a companion that was stopped and started again is found again through the balancer', async () => {
  const visitor = await connectVisitor(balancer.url, { origin: balancer.url });
  await visitor.say('before');
  await companion.stop();
  await visitor.closed;
  expect((await from('127.0.0.5', '/healthz')).status).toBe(502);
  await companion.start();
  await until('it answers', async () => (await from('127.0.0.5', '/healthz')).status === 200, 20_000);
  const again = await connectVisitor(balancer.url, { origin: balancer.url, id: visitor.id, secret: visitor.secret });
  expect(again.lines().map((one) => (one as { text?: string }).text)).toContain('before');
  await again.close();
});
