import * as z from 'zod';
import { Role } from '#lib/protocol/settings.ts';
import type { Core } from '../core.ts';
import { readBody } from '../modules/body.ts';
import type { Http } from '../modules/parts.ts';
import { codeForRole, people, PeopleRequest } from './people.ts';

/** A code for the first member of a role, who is made when there is none: what `npm start` pairs its browser with. */
export async function code(core: Core, c: Http): Promise<Response> {
  const read = await readBody(c, z.object({ role: Role }));
  return read.ok ? c.json({ code: await codeForRole(core, read.body.role) }) : read.refused;
}

/** What the command line asks for. A request that cannot be done is an answer, not a failure. */
export async function members(core: Core, c: Http): Promise<Response> {
  const read = await readBody(c, PeopleRequest);
  return read.ok ? c.json(await people(core, read.body)) : read.refused;
}

/** `agents`: members with an open socket; `leased`: those visitors can be connected to (law 9). */
export const status = (core: Core, c: Http): Response => c.json({ agents: core.leases.open().length, leased: core.leases.connected().length });
