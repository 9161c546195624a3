import { once } from 'node:events';
import { createServer as createHttps } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOutgoing } from '#lib/companion/outgoing/outgoing.ts';
import { makeCertificate } from '../support/certificate.ts';
import { PRIVATE_V4, PRIVATE_V6, spellings } from './private-addresses.ts';

/** Canaries on this machine: whoever connects is counted. */
const open: Server[] = [];
let [port, connects] = [0, 0];
async function listen(server: Server, host: string, at: number): Promise<number> {
  server.listen(at, host);
  await once(server, 'listening');
  open.push(server);
  return (server.address() as AddressInfo).port;
}
const canary = (): Server => createServer((socket) => { connects += 1; socket.destroy(); });
beforeAll(async () => {
  port = await listen(canary(), '127.0.0.1', 0);
  for (const host of ['127.0.0.2', '::1']) await listen(canary(), host, port).catch(() => null); // not every machine has them
});
afterAll(() => { for (const server of open) server.close(); });

const call = (url: string, addresses: string[], allowedHosts: string[] = ['models.internal']) =>
  createOutgoing({ allowedHosts, lookup: () => Promise.resolve(addresses.map((address) => ({ address }))) }).call({ url, method: 'GET', deadlineMs: 3_000, maxBytes: 1_000 });
const LOCAL = ['127.0.0.1', '169.254.169.254', '10.1.2.3'];

/** Every private address as such and in every old spelling; a name with it before, after or without a public address; and hosts that look like a listed one. */
const VECTORS: [host: string, addresses: string[]][] = [
  ...LOCAL.flatMap((address) => spellings(address).map((host) => [host, []] as [string, string[]])),
  ...PRIVATE_V4.map((host) => [host, []] as [string, string[]]), ...PRIVATE_V6.map((host) => [`[${host}]`, []] as [string, string[]]),
  ...[...PRIVATE_V4, ...PRIVATE_V6, '::ffff:127.0.0.1', 'fe80::1%lo', 'no address'].flatMap((address) => [[address], ['93.184.215.14', address], [address, '2606:2800:21f:cb07::1']].map((all) => ['hook.example', all] as [string, string[]])),
  ...['user@hook.example', 'hook.example@127.0.0.1', 'models.internal@hook.example', 'models.internal@127.0.0.1', '127.0.0.1#@models.internal', '127.0.0.1?@models.internal', '127.0.0.1\\@models.internal', '127.0.0.1/@models.internal',
    'models.internal.hook.example', 'xmodels.internal', 'models.internal%00.hook.example', 'models-internal', 'localhost', 'localhost.'].map((host) => [host, ['127.0.0.1']] as [string, string[]]),
];

test(`${VECTORS.length} ways inside are refused in words, and nobody on this machine is connected to`, async () => {
  expect(VECTORS.length).toBeGreaterThanOrEqual(200);
  const wrong: string[] = [];
  for (const [host, addresses] of VECTORS) {
    const got = await call(`https://${host.replace(/(?<=^[^/#?\\]*)$|(?=[/#?\\])/, `:${port}`)}`, addresses);
    if (!got.ok && ['not_allowed', 'bad_address'].includes(got.code) && got.message !== '') continue;
    wrong.push(`${host} ${String(addresses)}: ${JSON.stringify(got)}`);
    break; // the first ones are loopback: a gate that is open is not led on to addresses of others
  }
  expect(wrong).toEqual([]);
  expect(connects).toBe(0);
});

test('over https the certificate must prove the name, although the connection goes to an address', async () => {
  const { key, cert } = makeCertificate('models.internal');
  const own = await listen(createHttps({ key, cert }, (_, response) => response.end('safe')), '127.0.0.1', 0);
  const ask = (host: string) => call(`https://${host}:${own}/`, ['127.0.0.1'], ['models.internal', 'other.internal']);
  expect(await ask('models.internal')).toMatchObject({ ok: false, code: 'unreachable' });
  const trusted = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...trusted, cert]);
  try {
    expect(await ask('models.internal')).toMatchObject({ ok: true, body: 'safe' });
    expect(await ask('other.internal')).toMatchObject({ ok: false, code: 'unreachable' });
  } finally { tls.setDefaultCACertificates(trusted); }
});
