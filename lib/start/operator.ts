import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROLES = ['admin', 'lead', 'agent'] as const;
export type Role = (typeof ROLES)[number];
/** The companion's key is in its folder this many ms after it answers, at the latest. */
const KEY_MS = 3000;

/** What whoever can read the data folder may ask the companion that runs on it. */
export interface Operator {
  /** A fresh one-time code for the first member of that role. */
  code(role: Role): Promise<string>;
  codes(): Promise<Record<Role, string>>;
  /** Agents' browsers connected right now. */
  connected(): Promise<number>;
}

/** @param data the companion's data folder; its `operator.json` holds the key. @throws when it is missing or a request is refused */
export function createOperator(url: string, data: string): Operator {
  const request = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response | null> => {
    const file = join(data, 'operator.json');
    if (!existsSync(file)) return null;
    const { token } = JSON.parse(readFileSync(file, 'utf8')) as { token: string };
    return await fetch(`${url}/api/operator/${path}`, {
      method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }), signal: AbortSignal.timeout(10_000),
    });
  };
  const ask = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Record<string, unknown>> => {
    // The companion listens a moment before it has written its key; the file of its last run may still be there.
    const deadline = performance.now() + KEY_MS;
    let response = await request(method, path, body);
    while ((!response || response.status === 401 || response.status === 403) && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      response = await request(method, path, body);
    }
    if (!response) throw new Error(`The companion at ${url} wrote no operator.json into ${data}.`);
    if (!response.ok) throw new Error(`The companion refused ${method} /api/operator/${path}: ${response.status} ${await response.text()}`);
    return await response.json() as Record<string, unknown>;
  };
  const code = async (role: Role): Promise<string> => String((await ask('POST', 'code', { role })).code);
  const codes = async (): Promise<Record<Role, string>> => {
    const [admin, lead, agent] = await Promise.all(ROLES.map(code));
    return { admin: admin!, lead: lead!, agent: agent! };
  };
  return { code, codes, connected: async () => Number((await ask('GET', 'status')).agents) };
}
