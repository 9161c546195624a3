import { WebSocket } from 'ws';
import { atMost, againstFloor, type Figure } from './figure.ts';
import { residentMb } from './process-cost.ts';

const SOCKETS = 2_000;

/** kB of server memory for each idle socket. */
export async function idleSocketKb(pid: number, open: (n: number) => Promise<WebSocket>): Promise<number> {
  const before = residentMb(pid);
  const sockets: WebSocket[] = [];
  for (let n = 0; n < SOCKETS; n += 100) sockets.push(...await Promise.all(Array.from({ length: 100 }, (_, i) => open(n + i))));
  const each = ((residentMb(pid) - before) * 1024) / SOCKETS;
  for (const socket of sockets) socket.terminate();
  return each;
}

export const idleFigure = (ours: number, floor: number): Figure => againstFloor('memory per idle visitor socket', ours, floor, 'kB', 'lower', 1.5);
export const restFigure = (mb: number): Figure => atMost('companion memory at rest', mb, 'MB', 130);
