import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { embedAll } from '../bench/detect/embed.ts';

/** How it behaves: real embeddings, or one of the ways in which a server fails. */
export type Behaviour = 'real' | 'refuses' | 'garbage' | 'short' | 'silent';
export interface EmbeddingServer { baseUrl: string; host: string; asked: { authorization: string | undefined; model: string; count: number }[]; behave(how: Behaviour): void; close(): Promise<void> }

async function readAll(request: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** Speaks the embeddings protocol of OpenAI, with real embeddings (English). */
export async function startEmbeddingServer(): Promise<EmbeddingServer> {
  let how: Behaviour = 'real';
  const asked: EmbeddingServer['asked'] = [];
  const server: Server = createServer((request, response) => {
    void readAll(request).then(async (text) => {
      const { model, input } = JSON.parse(text) as { model: string; input: string[] };
      asked.push({ authorization: request.headers.authorization, model, count: input.length });
      if (how === 'silent') return;
      if (how === 'refuses') return void response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}');
      if (how === 'garbage') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>');
      const meanings = await embedAll(input);
      // Out of order, as the protocol allows.
      const data = input.map((one, index) => ({ object: 'embedding', index, embedding: [...meanings.get(one) ?? []] })).toReversed();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', model, data: how === 'short' ? data.slice(1) : data }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: `http://${host}/v1`, host, asked, behave: (next) => { how = next; },
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}
