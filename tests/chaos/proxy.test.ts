import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProxy, type Proxy } from './proxy.ts';

/** Gives back what it gets. */
const server = createServer({ allowHalfOpen: false }, (socket) => { socket.on('error', () => undefined); socket.pipe(socket); });
let proxy: Proxy;
const opened: Socket[] = [];
beforeEach(async () => {
  if (!server.listening) { server.listen(0, '127.0.0.1'); await once(server, 'listening'); }
  proxy = await createProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 1);
});
afterEach(async () => { for (const one of opened.splice(0)) one.destroy(); await proxy.close(); });

async function dial(): Promise<{ socket: Socket; heard: () => string; chunks: () => number; ended: Promise<string> }> {
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  opened.push(socket);
  let [text, chunks] = ['', 0];
  socket.on('data', (chunk: Buffer) => { text += String(chunk); chunks += 1; });
  const ended = new Promise<string>((resolve) => { socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? '')); socket.on('close', () => resolve('closed')); });
  // A reset may come before the other side is even seen: `ended` tells.
  await Promise.race([once(socket, 'connect').catch(() => undefined), ended]);
  return { socket, heard: () => text, chunks: () => chunks, ended };
}
const until = (check: () => boolean): Promise<void> => expect.poll(check, { timeout: 5_000, interval: 5 }).toBe(true);
const quiet = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 60); });

test('without a toxic it only carries, and an end is an end', async () => {
  const { socket, heard, ended } = await dial();
  socket.write('hello');
  await until(() => heard() === 'hello');
  socket.end();
  expect(await ended).toBe('closed');
  await until(() => proxy.count() === 0);
});

test('latency and jitter delay, and never reorder', async () => {
  const { socket, heard } = await dial();
  socket.write('0');
  await until(() => heard() === '0');
  proxy.set({ latencyMs: 40, jitterMs: 40 });
  const began = performance.now();
  for (const digit of '123456') { socket.write(digit); await new Promise((resolve) => { setTimeout(resolve, 2); }); }
  await until(() => heard() === '0123456');
  expect(performance.now() - began).toBeGreaterThan(80);
});

test('slicing and a narrow way change the pieces, not the bytes', async () => {
  const { socket, heard, chunks } = await dial();
  proxy.set({ sliceBytes: 3 });
  socket.write('abcdefghijklmnop');
  await until(() => heard() === 'abcdefghijklmnop');
  expect(chunks()).toBeGreaterThan(1);
  proxy.set({ bytesPerSecond: 1_000 });
  const began = performance.now();
  socket.write('x'.repeat(200));
  await until(() => heard().length === 216);
  expect(performance.now() - began).toBeGreaterThan(150);
});

test('a black hole swallows, one way or both; the connection stays open and mute, also when the way is good again', async () => {
  for (const way of ['up', 'down', 'both'] as const) {
    const { socket, heard } = await dial();
    socket.write('a');
    await until(() => heard() === 'a');
    proxy.set({ blackhole: way });
    socket.write('b');
    await quiet();
    proxy.restore();
    socket.write('c');
    await quiet();
    expect([heard(), socket.destroyed]).toEqual(['a', false]);
    socket.destroy();
  }
});

test('a stall holds bytes back and loses none', async () => {
  const { socket, heard } = await dial();
  proxy.set({ stall: true });
  socket.write('late');
  await quiet();
  expect(heard()).toBe('');
  proxy.restore();
  await until(() => heard() === 'late');
});

test('a reset ends what is there; a cut refuses also what comes, until it is restored', async () => {
  const one = await dial();
  proxy.reset();
  expect(await one.ended).toBe('ECONNRESET');
  const two = await dial();
  two.socket.write('fine');
  await until(() => two.heard() === 'fine');
  proxy.cut();
  expect(await two.ended).toBe('ECONNRESET');
  expect(await (await dial()).ended).toBe('ECONNRESET');
  proxy.restore();
  const three = await dial();
  three.socket.write('again');
  await until(() => three.heard() === 'again');
});
