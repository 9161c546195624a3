import { lookup as systemLookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { isPublic, plainHost } from './address.ts';

export interface OutgoingRequest {
  url: string; method: 'GET' | 'POST'; headers?: Record<string, string>; body?: string;
  /** From the first look at the address to the last byte, ms. */
  deadlineMs: number;
  /** The answer may be so large, bytes. */
  maxBytes: number;
  /** Hears the answer as it comes, in pieces of text, and what kind of answer it is. */
  onText?: (piece: string, head: AnswerHead) => void;
}
export interface AnswerHead { status: number; contentType: string }
/** Why there is no answer; `message` is for the admin who typed the address. */
export type OutgoingFailure = { ok: false; code: 'bad_address' | 'not_allowed' | 'unreachable' | 'redirected' | 'too_large' | 'timeout' | 'stopped'; message: string };
/** @property retryAfter the header, when a server says how long it wants to be left alone */
export type OutgoingAnswer = ({ ok: true; body: string; retryAfter?: string } & AnswerHead) | OutgoingFailure;

export interface OutgoingParts {
  /** `host` or `host:port` that may be private, and may be spoken to without TLS: the operator's list, never a screen's. */
  allowedHosts: readonly string[];
  lookup?: (host: string) => Promise<{ address: string }[]>;
}
/** The one way out for webhooks and models. */
export interface Outgoing { call(request: OutgoingRequest, signal?: AbortSignal): Promise<OutgoingAnswer> }

const REQUEST_MAX = 1024 * 1024;
const HEADERS_MAX = 16 * 1024;

const fail = (code: OutgoingFailure['code'], message: string): OutgoingFailure => ({ ok: false, code, message });

/** The address as it may be used, or why not. Nothing is connected yet. */
function readAddress(text: string, isListed: (url: URL) => boolean): URL | OutgoingFailure {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return fail('bad_address', `"${text.slice(0, 200)}" is not an address. It looks like https://bot.example.com/answer`);
  }
  if (url.username || url.password) return fail('bad_address', 'An address must not hold a user name or password. Use the key field.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fail('bad_address', `The address must begin with https://, not ${url.protocol}//`);
  if (url.protocol === 'http:' && !isListed(url)) return fail('not_allowed', `${url.host} can only be used over https, unless the operator lists it in OUTGOING_HOSTS.`);
  return url;
}

/**
 * Every host is looked up once, each of its addresses is checked, and the connection goes to a checked one and nowhere
 * else: no second answer of the name service, no redirect, no proxy can lead inside (OWASP, SSRF prevention).
 */
export function createOutgoing({ allowedHosts, lookup = (host) => systemLookup(host, { all: true, verbatim: true }) }: OutgoingParts): Outgoing {
  const listed = new Set(allowedHosts.map((one) => one.trim().toLowerCase()));
  const isListed = (url: URL): boolean => {
    const host = plainHost(url.hostname);
    return listed.has(host) || listed.has(`${host}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`);
  };
  const resolve = async (url: URL): Promise<string | OutgoingFailure> => {
    const host = plainHost(url.hostname);
    const addresses = isIP(host) ? [host] : (await lookup(host)).map(({ address }) => address);
    const [first] = addresses;
    if (first === undefined) return fail('unreachable', `${host} has no address.`);
    if (isListed(url) || addresses.every(isPublic)) return first;
    return fail('not_allowed', `${host} is inside a private network. If it is meant to be used, the operator lists it in OUTGOING_HOSTS.`);
  };
  return {
    async call(request, signal) {
      const url = readAddress(request.url, isListed);
      if ('ok' in url) return url;
      if (Buffer.byteLength(request.body ?? '') > REQUEST_MAX) return fail('too_large', 'The request is larger than 1 MB.');
      const deadline = AbortSignal.timeout(request.deadlineMs);
      const stop = signal ? AbortSignal.any([deadline, signal]) : deadline;
      const stopped = new Promise<never>((_, reject) => stop.addEventListener('abort', () => reject(new Error('stopped')), { once: true }));
      try {
        const address = await Promise.race([resolve(url), stopped]);
        if (typeof address !== 'string') return address;
        return await send(url, address, request, stop);
      } catch (error) {
        if (signal?.aborted) return fail('stopped', 'Nobody waits for the answer any more.');
        if (deadline.aborted) return fail('timeout', `${url.host} did not answer within ${Math.round(request.deadlineMs / 1000)} s.`);
        return fail('unreachable', `${url.host} cannot be reached: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}

async function send(url: URL, address: string, request: OutgoingRequest, signal: AbortSignal): Promise<OutgoingAnswer> {
  const options: RequestOptions = {
    method: request.method, signal, agent: false, maxHeaderSize: HEADERS_MAX, host: address, port: url.port || (url.protocol === 'http:' ? 80 : 443), path: `${url.pathname}${url.search}`,
    headers: { ...request.headers, host: url.host, 'accept-encoding': 'identity', ...(request.body === undefined ? {} : { 'content-length': Buffer.byteLength(request.body) }) },
  };
  const name = plainHost(url.hostname);
  const sent = url.protocol === 'https:' ? httpsRequest({ ...options, ...(isIP(name) ? {} : { servername: name }) }) : httpRequest(options);
  const answer = new Promise<IncomingMessage>((resolve, reject) => { sent.once('response', resolve); sent.on('error', reject); });
  sent.end(request.body);
  const response = await answer;
  if ((response.statusCode ?? 0) >= 300 && (response.statusCode ?? 0) < 400) {
    sent.destroy();
    return fail('redirected', `${url.host} answers with a redirect. Give the address that it leads to.`);
  }
  const decoder = new TextDecoder();
  const head: AnswerHead = { status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '' };
  const retryAfter = response.headers['retry-after'];
  let [size, body] = [0, ''];
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > request.maxBytes) {
      sent.destroy();
      return fail('too_large', `The answer of ${url.host} is larger than ${Math.floor(request.maxBytes / 1024)} kB.`);
    }
    const text = decoder.decode(part, { stream: true });
    body += text;
    request.onText?.(text, head);
  }
  if (!response.complete) return fail('unreachable', `${url.host} broke off in the middle of its answer.`);
  return { ok: true, ...head, body, ...(retryAfter === undefined ? {} : { retryAfter }) };
}
