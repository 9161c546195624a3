import { createHttp } from '#lib/companion/http.ts';
import { ROUTES } from '#lib/companion/routes.ts';
import { HttpError } from '#lib/protocol/http.ts';
import { isAtLeast } from '#lib/protocol/permission.ts';
import { ROLES, type Role } from '#lib/protocol/settings.ts';
import type { Chance } from './chance.ts';
import { payloads } from './corpus.ts';
import type { Family } from './family.ts';
import { createValues, hostileJson } from './mutate.ts';
import { BOT, openParts, ORIGIN, tokenOf } from './parts.ts';

interface Asked { method: string; path: string; headers: Record<string, string>; body: Buffer | null; route: (typeof ROUTES)[number] | null; role: Role | null }
const OPERATOR = 'o'.repeat(43);
const BODIES: Record<string, unknown> = {
  '/api/pair': { code: 'ABCD-EFGH', version: 1 }, '/api/operator/code': { role: 'agent' }, '/api/operator/members': { do: 'code', name: 'agent' },
  '/api/bots/:botId/knowledge': { faq: [{ question: 'q', answer: 'a' }], files: [{ name: 'a.md', base64: 'IyBUCgp0ZXh0' }] },
};
const QUERIES = ['status', 'botId', 'channel', 'text', 'before', 'limit', 'x', '__proto__', ''];
const WORDS = ['', '1', '0', '-1', '1e3', '201', '99999999999999999999', 'NaN', 'open', 'resolved', 'widget', BOT, '%00', '%', '%ff', '%ED%A0%80', '%E2%80%AE', '%27%20OR%201=1', '..', '../..', '%2e%2e%2f', '..%5c', '[]', '{}', 'null', ...payloads('http://127.0.0.1:9').map(({ text }) => encodeURIComponent(text.toWellFormed()))];

function pathOf(chance: Chance, path: string): string {
  const filled = path.replace(/:\w+|\*/g, (part) => (part === ':botId' && !chance.oneIn(4) ? BOT : chance.pick(WORDS) || 'x'));
  const odd = chance.oneIn(12) ? chance.pick(['/', '//', '/%00', `/${chance.pick(WORDS)}`, '%2f..', ';x', '/.']) : '';
  const query = Array.from({ length: chance.below(4) }, () => `${chance.pick(QUERIES)}=${chance.pick(WORDS)}`).join(chance.pick(['&', '&&', ';', '&=&']));
  return `${filled}${odd}${query ? `?${query}` : ''}`;
}

/** The companion's own HTTP application, every route of its table: paths, queries, headers and bodies of all kinds. */
export async function http(seed: number): Promise<Family<Asked>> {
  const { core, faults, close } = await openParts();
  const app = createHttp(core, OPERATOR);
  const values = createValues(seed);
  const env = { incoming: { headers: {}, socket: { remoteAddress: '127.0.0.1' } } };
  return {
    name: 'HTTP requests',
    make(chance) {
      const known = chance.pick(ROUTES);
      const route = chance.oneIn(10) ? null : known;
      const role = route?.role === 'operator' || route === null || chance.oneIn(4) ? null : chance.pick(ROLES);
      const token = route?.role === 'operator' && chance.oneIn(2) ? OPERATOR : role === null ? chance.pick(['', 'x', tokenOf('admin').slice(1), JSON.stringify(chance.pick(values))]) : tokenOf(role);
      const headers: Record<string, string> = { origin: role === null ? chance.pick([ORIGIN, 'https://shop.example', 'null', '']) : ORIGIN, authorization: `${role === null ? chance.pick(['Bearer ', 'bearer ', 'Basic ', '']) : 'Bearer '}${token}`.replaceAll(/[^\x20-\x7e]/g, '?') };
      const method = route === null ? chance.pick(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']) : route.method;
      const good = BODIES[known.path];
      const body = method === 'POST' || method === 'PUT' ? hostileJson(chance, good ?? {}, values, 10) : null;
      return { method, path: pathOf(chance, known.path), headers, body, route, role };
    },
    async check({ method, path, headers, body, route, role }) {
      const url = URL.parse(path, 'http://127.0.0.1');
      if (!url) return false;
      const response = await app.fetch(new Request(url, { method, headers, ...(body === null ? {} : { body: new Uint8Array(body) }) }), env);
      const text = await response.text();
      const { status } = response;
      if (status >= 500 && status !== 503) return `answered ${status}: ${text.slice(0, 200)} ${faults.splice(0).join(' ').slice(0, 600)}`;
      if (response.headers.get('x-content-type-options') !== 'nosniff' && method !== 'OPTIONS') return 'an answer that browsers may sniff';
      if (!response.headers.get('content-security-policy') && method !== 'OPTIONS') return 'an answer without a policy';
      const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
      if (status >= 400) return method === 'HEAD' || (isJson && HttpError.safeParse(JSON.parse(text)).success) ? false : `${status} without a code and words: ${text.slice(0, 200)}`;
      const needed = route?.role ?? null;
      if (url.pathname.startsWith('/api/operator/') && method !== 'OPTIONS' && headers['authorization'] !== `Bearer ${OPERATOR}`) return 'the operator\'s route answered somebody else';
      if (needed !== null && needed !== 'operator' && (role === null || !isAtLeast(role, needed))) return `${role ?? 'nobody'} was answered where ${needed} is needed`;
      return true;
    },
    settle: () => Promise.resolve(faults.splice(0)[0] ?? null),
    close,
  };
}
