import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

/** A way to a server that can be cut: connections die at once and new ones are refused by a reset, until it is restored. */
export interface Cuttable { url: string; cut(): void; restore(): void; close(): Promise<void> }

/** @param target the server's address, for instance http://127.0.0.1:8787 */
export async function createCuttable(target: string): Promise<Cuttable> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isCut = false;
  const hold = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A reset is what a cut looks like; there is nobody to tell.
    socket.on('error', () => socket.destroy());
    return socket;
  };
  const server = createServer((inside) => {
    if (isCut) return void inside.resetAndDestroy();
    const outside = hold(connect(Number(port), hostname));
    hold(inside).pipe(outside).pipe(inside);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cut,
    restore: () => { isCut = false; },
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
