import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROLES = ['admin', 'lead', 'agent'] as const;
export type Role = (typeof ROLES)[number];
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
  const ask = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const { token } = JSON.parse(readFileSync(join(data, 'operator.json'), 'utf8')) as { token: string };
    const response = await fetch(`${url}/api/operator/${path}`, {
      method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }), signal: AbortSignal.timeout(10_000),
    });
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
