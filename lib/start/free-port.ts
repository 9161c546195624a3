import { createServer } from 'node:net';

const HOST = '127.0.0.1';
export const DEFAULT_PORT = 8787;

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

/** Below the ports that systems give to outgoing connections (32768 on Linux, 49152 elsewhere): one of those would take a free port before whoever asked for it listens. */
const [ANY_FROM, ANY_TO] = [10_240, 32_768];

async function anyPort(): Promise<number> {
  for (;;) {
    const free = await tryPort(ANY_FROM + Math.floor(Math.random() * (ANY_TO - ANY_FROM)));
    if (free !== null) return free;
  }
}

/**
 * @param wanted null: 8787 or one of the hundred after it; 0: any
 * @throws when a port that was asked for by number, or every one of the hundred, is taken
 */
export async function freePort(wanted: number | null): Promise<number> {
  if (wanted === 0) return await anyPort();
  for (const port of wanted === null ? Array.from({ length: 100 }, (_, i) => DEFAULT_PORT + i) : [wanted]) {
    const free = await tryPort(port);
    if (free !== null) return free;
  }
  throw new Error(wanted === null ? `No free port from ${DEFAULT_PORT} on; name one with --port.` : `Port ${wanted} is taken. Name another with --port, or leave the flag away for the next free one.`);
}
