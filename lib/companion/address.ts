import type { IncomingMessage } from 'node:http';
import type { Core } from './core.ts';

/** The client's address: of the connection, or with TRUST_PROXY the one that the proxy nearest to us wrote down last. */
export function addressOf(core: Pick<Core, 'config'>, { headers, socket }: IncomingMessage): string {
  const forwarded = core.config.trustProxy ? String(headers['x-forwarded-for'] ?? '').split(',').at(-1)?.trim() : '';
  return forwarded || (socket.remoteAddress ?? '');
}

export const isLoopback = (address: string): boolean => /^(::1$|(::ffff:)?127\.)/.test(address);
