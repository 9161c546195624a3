import { WebSocket } from 'ws';
import { randomBytes } from 'node:crypto';
import { uuid } from '#lib/base/uuid.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { startChild } from './child.ts';
import { prepareData } from './companion-data.ts';
import { againstFloor, atMost, type Figure } from './figure.ts';
import { residentMb } from './process-cost.ts';

const SOCKETS = 2_000;
const AT_ONCE = 100;

/** Opens a socket, says hello, and resolves at its first frame. */
function open(url: string, hello: object): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false, origin: 'http://bench.example' });
    socket.on('error', reject);
    socket.on('open', () => socket.send(JSON.stringify(hello)));
    socket.once('message', () => resolve(socket));
  });
}

/** kB of server memory for each of `SOCKETS` idle sockets; the first hundred warm the server up and do not count. */
async function eachKb(pid: number, connect: (n: number) => Promise<WebSocket>): Promise<number> {
  const sockets: WebSocket[] = [];
  const more = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += AT_ONCE) sockets.push(...await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => connect(sockets.length + n + i))));
  };
  await more(AT_ONCE);
  const before = residentMb(pid);
  await more(SOCKETS);
  const each = ((residentMb(pid) - before) * 1024) / SOCKETS;
  for (const socket of sockets) socket.terminate();
  return each;
}

/** The companion's memory when nothing happens, and what a visitor who only has the page open costs. */
export async function idleFigures(): Promise<Figure[]> {
  const floor = await startChild(new URL('./floor-server.ts', import.meta.url).pathname, []);
  const floorKb = await eachKb(floor.child.pid ?? 0, (n) => open(String(floor.hello['url']), { as: 'visitor', n, id: '', text: '' }));
  await floor.stop();
  const data = await prepareData(1, 1);
  const ours = await startChild('lib/companion/main.ts', ['--json'], { DATA_DIR: data.dir, PORT: '0', LOG_LEVEL: 'warn', RATE_LIMITS: 'off' });
  const pid = ours.child.pid ?? 0;
  const rest = residentMb(pid);
  const url = `${String(ours.hello['url']).replace(/^http/, 'ws')}/socket/visitor`;
  const oursKb = await eachKb(pid, () => open(url, { type: 'hello', version: PROTOCOL_VERSION, botId: data.botId, after: 0, channel: 'widget', page: null, language: null,
    visitor: { id: uuid(), secret: randomBytes(32).toString('base64url') } }));
  await ours.stop();
  return [atMost('companion memory at rest', rest, 'MB', 130), againstFloor('memory per idle visitor socket', oursKb, floorKb, 'kB', 'lower', 1.5)];
}
