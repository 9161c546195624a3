import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A customer's site: another origin than the companion (localhost, not 127.0.0.1), with the widget embedded. */
export interface HostPage { origin: string; url(botId: string): string; close(): Promise<void> }

/** @param csp sent with each page, to try strict hosts */
export async function startHostPage(companion: string, csp?: string): Promise<HostPage> {
  const server = createServer((request, response) => {
    const bot = new URL(request.url ?? '/', 'http://localhost').searchParams.get('bot') ?? '';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...(csp ? { 'content-security-policy': csp } : {}) });
    response.end(`<!doctype html><html lang="en"><title>A customer's shop</title><h1>A customer's shop</h1><script async src="${companion}/widget.js" data-bot="${encodeURIComponent(bot)}"></script></html>`);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { origin, url: (botId) => `${origin}/?bot=${encodeURIComponent(botId)}`, close };
}
