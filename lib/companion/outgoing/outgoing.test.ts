import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createOutgoing, type OutgoingParts, type OutgoingRequest } from './outgoing.ts';

/** A server inside: whoever connects to it was let in. */
let canary: { server: Server; port: number; connects: number };
const opened: Server[] = [];
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  opened.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
beforeAll(async () => {
  const server = createServer((_, response) => response.end('inside'));
  server.on('connection', () => { canary.connects += 1; });
  server.listen(0, '::'); // IPv4 too
  await once(server, 'listening');
  canary = { server, port: (server.address() as AddressInfo).port, connects: 0 };
});
afterAll(() => { canary.server.close(); });
afterEach(() => { for (const server of opened.splice(0)) { server.closeAllConnections(); server.close(); } });

const call = (url: string, parts: Partial<OutgoingParts> = {}, more: Partial<OutgoingRequest> = {}) =>
  createOutgoing({ allowedHosts: [], ...parts }).call({ url, method: 'GET', deadlineMs: 2_000, maxBytes: 10_000, ...more });

/** Spellings of addresses that are not on the open internet. */
const LITERALS = [
  '127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '0177.1', '127.0.0.1.', '127.255.255.254', '0', '0.0.0.0', '0x0', '00000000', '１２７.0.0.1', '127。0。0。1',
  '10.0.0.1', '10.255.255.255', '012.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255', '3232235521', '0xc0a80001', '169.254.169.254', '0xa9fea9fe', '2852039166', '0251.0376.0251.0376', '169.254.0.1',
  '100.64.0.1', '100.127.255.255', '198.18.0.1', '192.0.0.1', '192.0.2.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255',
  '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:10.0.0.1]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2002:a00:1::1]',
  '[2001:0:7f00:1::]', '[fe80::1]', '[febf::1]', '[fc00::1]', '[fd12:3456:789a::1]', '[ff02::1]', '[2001:db8::1]', '[100::1]',
];
/** What a name may resolve to, one of several answers included. */
const ANSWERS = [...new Set(LITERALS.map((one) => one.replace(/[[\]]/g, '')).filter((one) => /^[\da-f.:]+$/.test(one) && /[.:]/.test(one) && !/^0|\.$/.test(one)))].flatMap((one) => [[one], ['93.184.216.34', one]]);

describe('what is not on the open internet is not connected to', () => {
  test.each(LITERALS.flatMap((host) => [[`https://${host}`], [`http://${host}`]]))('%s', async (base) => {
    const answer = await call(`${base}:${canary.port}/`);
    expect(answer).toMatchObject({ ok: false });
    expect(['not_allowed', 'bad_address']).toContain(answer.ok ? 'ok' : answer.code);
    expect(canary.connects).toBe(0);
  });
  test.each(ANSWERS)('a name that resolves to %s %s', async (...addresses) => {
    const answer = await call(`https://bot.example:${canary.port}/`, { lookup: async () => addresses.map((address) => ({ address })) });
    expect(answer).toMatchObject({ ok: false, code: 'not_allowed', message: expect.stringContaining('bot.example') });
    expect(canary.connects).toBe(0);
  });
  test.each(['localhost', 'LOCALHOST', 'localhost.', 'ip6-localhost'])('%s', async (host) => {
    expect((await call(`https://${host}:${canary.port}/`)).ok).toBe(false);
    expect(canary.connects).toBe(0);
  });
  test('there are more than 200 of these', () => expect(LITERALS.length * 2 + ANSWERS.length).toBeGreaterThan(200));
});

test('a name is asked for once, and the connection goes to that answer: a second one is never heard', async () => {
  const port = await serve((_, response) => { response.end('the first answer'); });
  let asked = 0;
  const lookup = async () => [{ address: (asked += 1) === 1 ? '127.0.0.1' : '::1' }];
  expect(await call(`http://rebind.example:${port}/`, { allowedHosts: ['rebind.example'], lookup })).toMatchObject({ ok: true, body: 'the first answer' });
  expect(asked).toBe(1);
});

test.each(['ftp://bot.example/', 'file:///etc/passwd', 'javascript:1', 'gopher://bot.example', 'https://user:pass@bot.example/', 'https://user@bot.example', 'not an address', '', 'https://', '//bot.example'])('%j is no address for this', async (url) => {
  expect(await call(url)).toMatchObject({ ok: false, code: 'bad_address' });
});

describe('a host on the operator’s list', () => {
  const listed = (port: number): Partial<OutgoingParts> => ({ allowedHosts: [`127.0.0.1:${port}`] });
  test('may be private and without TLS; another port of it may not', async () => {
    const port = await serve((request, response) => { response.setHeader('content-type', 'text/plain'); response.end(`${request.method} ${request.url} ${request.headers.host}`); });
    expect(await call(`http://127.0.0.1:${port}/a?b=1`, listed(port))).toEqual({ ok: true, status: 200, contentType: 'text/plain', body: `GET /a?b=1 127.0.0.1:${port}` });
    expect(await call(`http://127.0.0.1:${canary.port}/`, listed(port))).toMatchObject({ ok: false, code: 'not_allowed' });
  });
  test('does not open the way to where it redirects', async () => {
    const port = await serve((_, response) => { response.writeHead(302, { location: `http://127.0.0.1:${canary.port}/` }).end(); });
    expect(await call(`http://127.0.0.1:${port}/`, listed(port))).toMatchObject({ ok: false, code: 'redirected' });
    expect(canary.connects).toBe(0);
  });
  test('that answers drop by drop, or not at all, is given up at the deadline', async () => {
    const slow = await serve((_, response) => { const drop = setInterval(() => response.write('.'), 20); response.on('close', () => clearInterval(drop)); });
    const mute = await serve(() => undefined);
    for (const port of [slow, mute]) {
      const began = performance.now();
      expect(await call(`http://127.0.0.1:${port}/`, listed(port), { deadlineMs: 200 })).toMatchObject({ ok: false, code: 'timeout' });
      expect(performance.now() - began).toBeLessThan(1_500);
    }
  });
  test('that answers without end is cut at the limit, and one with endless headers too', async () => {
    const endless = await serve((_, response) => { const more = (): void => { while (response.write('x'.repeat(1_000))); response.once('drain', more); }; more(); });
    expect(await call(`http://127.0.0.1:${endless}/`, listed(endless))).toMatchObject({ ok: false, code: 'too_large' });
    const headers = await serve((_, response) => { for (let i = 0; i < 40; i++) response.setHeader(`x-${i}`, 'y'.repeat(1_000)); response.end(); });
    expect(await call(`http://127.0.0.1:${headers}/`, listed(headers))).toMatchObject({ ok: false, code: 'unreachable' });
    expect(await call(`http://127.0.0.1:${endless}/`, listed(endless), { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) })).toMatchObject({ ok: false, code: 'too_large' });
  });
  test('is heard as it speaks, and a caller who leaves stops it', async () => {
    const port = await serve((_, response) => { response.write('one '); setTimeout(() => response.end('two ü'), 20); });
    const pieces: string[] = [];
    expect(await call(`http://127.0.0.1:${port}/`, listed(port), { onText: (piece) => pieces.push(piece) })).toMatchObject({ ok: true, body: 'one two ü' });
    expect(pieces).toEqual(['one ', 'two ü']);
    const mute = await serve(() => undefined);
    const leaving = new AbortController();
    const waiting = createOutgoing({ allowedHosts: [`127.0.0.1:${mute}`] }).call({ url: `http://127.0.0.1:${mute}/`, method: 'GET', deadlineMs: 5_000, maxBytes: 10 }, leaving.signal);
    setImmediate(() => leaving.abort());
    expect(await waiting).toMatchObject({ ok: false, code: 'stopped' });
  });
  test('that breaks off is not an answer', async () => {
    const port = await serve((_, response) => { response.writeHead(200, { 'content-length': '100' }); response.write('half'); setImmediate(() => response.destroy()); });
    expect(await call(`http://127.0.0.1:${port}/`, listed(port))).toMatchObject({ ok: false, code: 'unreachable' });
  });
});
