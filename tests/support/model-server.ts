import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a chat model is told to write, its fields in this order. */
export interface Said { answerable?: string; cited_ids?: string[]; answer?: string | null; confidence?: number; wants_human?: string; frustration?: number }
export interface ModelRequest {
  url: string; headers: Record<string, string | string[] | undefined>;
  body: { model: string; stream?: boolean; messages: { role: string; content: string }[]; response_format?: object };
  /** Ids of the passages in the prompt, best first. */
  passages: { id: string; title: string; text: string }[];
  /** Its connection ended before the answer did. */
  gone: Promise<void>;
}
/** How one request is answered. */
export type Script = (request: ModelRequest, response: ServerResponse) => void | Promise<void>;

/** A server that speaks the OpenAI chat completions protocol and says what it is told to. */
export interface ModelServer {
  /** `http://127.0.0.1:PORT/v1` */
  baseUrl: string; host: string;
  /** What it was asked, oldest first. */
  requests: ModelRequest[];
  /** From now on. */
  script(script: Script): void;
  /** The request number `count` has come, from 1. */
  asked(count: number): Promise<ModelRequest>;
  /** Connections break, and nothing listens any more. */
  close(): Promise<void>;
}

/** @param port 0: any free one */
export async function startModelServer(first: Script = streams({}), port = 0): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const waiting = new Set<() => void>();
  let script = first;
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(pieces).toString('utf8')) as ModelRequest['body'];
      const gone = new Promise<void>((resolve) => response.on('close', () => { if (!response.writableFinished) resolve(); }));
      const asked: ModelRequest = { url: request.url ?? '', headers: request.headers, body, passages: passagesIn(body), gone };
      requests.push(asked);
      for (const look of waiting) look();
      void script(asked, response);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host, baseUrl: `http://${host}/v1`, requests, script(next) { script = next; },
    asked: (count) => new Promise((resolve) => {
      const look = (): void => { const one = requests[count - 1]; if (one) { waiting.delete(look); resolve(one); } };
      waiting.add(look);
      look();
    }),
    async close() {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function passagesIn({ messages }: ModelRequest['body']): ModelRequest['passages'] {
  const line = messages.at(-1)?.content.split('\n').find((one) => one.startsWith('[{"id"')) ?? '[]';
  return JSON.parse(line) as ModelRequest['passages'];
}

export const WHOLE: Required<Said> = { answerable: 'yes', cited_ids: [], answer: 'It ships today. It takes 2 days.', confidence: 0.9, wants_human: 'no', frustration: 0 };
/** Cites the best passage it was given unless told otherwise. */
const textOf = (said: Said, { passages }: ModelRequest): string => JSON.stringify({ ...WHOLE, cited_ids: passages.slice(0, 1).map(({ id }) => id), ...said });

export const chunk = (content: string): string => `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'scripted', choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
export const END = `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`;
export const begin = (response: ServerResponse): void => { response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }); response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] })}\n\n`); };

/** Streams it in pieces of `size` characters. */
export const streams = (said: Said, size = 7): Script => (request, response) => streamText(textOf(said, request), size)(request, response);
export const streamText = (text: string, size = 7): Script => (_, response) => {
  begin(response);
  for (let at = 0; at < text.length; at += size) response.write(chunk(text.slice(at, at + size)));
  response.end(END);
};
/** A server that thinks says so in chunks without text, well within the time a silent one is given up in, ms. */
const ALIVE_MS = 500;
/** Streams up to the end of this part of the answer, waits for `go`, and then the rest. */
export const pausesAfter = (part: string, said: Said, go: Promise<void>): Script => async (request, response) => {
  const text = textOf(said, request);
  const at = text.indexOf(part) + part.length;
  begin(response);
  response.write(chunk(text.slice(0, at)));
  const alive = setInterval(() => response.write(chunk('')), ALIVE_MS);
  response.on('close', () => clearInterval(alive));
  await go;
  clearInterval(alive);
  response.end(chunk(text.slice(at)) + END);
};
/** One JSON body, as a server that does not stream. */
export const whole = (said: Said): Script => (request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'c', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: textOf(said, request) }, finish_reason: 'stop' }] }));
};
export const fails = (status: number, headers: Record<string, string> = {}): Script => (_, response) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ error: { message: 'CANARY-FROM-SERVER', type: 'error' } }));
};
/** Never a word. */
export const silent: Script = () => undefined;
/** Begins, says this, and never ends. */
export const stalls = (text: string): Script => (_, response) => { begin(response); response.write(chunk(text)); };
/** Says this and hangs up in the middle. */
export const breaksOff = (text: string): Script => (_, response) => { begin(response); response.write(chunk(text), () => response.destroy()); };
/** Says so many characters of the answer without end. */
export const floods = (characters: number): Script => (_, response) => {
  begin(response);
  response.write(chunk('{"answerable":"yes","cited_ids":["x"],"answer":"'));
  let left = characters;
  const more = (): void => {
    while (left > 0 && !response.destroyed) { left -= 2_000; if (!response.write(chunk('All is well. '.repeat(154)))) { response.once('drain', more); return; } }
    response.end(END);
  };
  more();
};
/** Takes no `response_format`, as some servers of one's own. */
export const withoutFormat = (then: Script): Script => (request, response) => (request.body.response_format ? fails(400)(request, response) : then(request, response));
