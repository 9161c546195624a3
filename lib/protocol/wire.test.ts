import { createHash } from 'node:crypto';
import * as z from 'zod';
import { expect, test } from 'vitest';
import { AGENT_SAYS, recorded, VISITOR_SAYS } from '../../tests/support/wire-v1/recording.ts';
import { AgentDown, AgentUp } from './agent.ts';
import { VisitorDown, VisitorUp } from './visitor.ts';
import { PROTOCOL_VERSION } from './version.ts';
import { WIRE_HISTORY } from './wire-history.ts';

const WIRE = { AgentUp, AgentDown, VisitorUp, VisitorDown };
const hashOf = (wire: Record<string, z.ZodType>): string => createHash('sha256')
  .update(JSON.stringify(Object.entries(wire).map(([name, schema]) => [name, z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })]))).digest('hex').slice(0, 16);

test('the wire has the shape that is written down for this version', () => {
  const hash = hashOf(WIRE);
  const last = WIRE_HISTORY.at(-1)!;
  if (hash !== last.hash || last.version !== PROTOCOL_VERSION) {
    throw new Error(`The wire is not as wire-history.ts says. Raise PROTOCOL_VERSION, or say why peers of version ${PROTOCOL_VERSION} read it all the same, and add:\n`
      + `  { version: ${PROTOCOL_VERSION}, hash: '${hash}', additive: ${last.version < PROTOCOL_VERSION ? 'null' : "'why'"} },`);
  }
});

test('each entry of the history is a new version or says why it needs none', () => {
  for (const [at, { version, additive }] of WIRE_HISTORY.entries()) {
    const before = WIRE_HISTORY[at - 1]?.version ?? version - 1;
    expect(version === before ? additive?.length : version - before).toBeGreaterThan(0);
  }
});

test('the hash sees a new field, a field that is optional no more, and a new kind', () => {
  const one = z.object({ a: z.string(), b: z.int().optional() });
  const hashes = [one, one.extend({ c: z.int() }), one.required(), z.union([one, z.object({ d: z.int() })])].map((schema) => hashOf({ schema }));
  expect(new Set(hashes).size).toBe(4);
});

test.each([['agent', AgentDown], ['visitor', VisitorDown]] as const)('everything a companion of protocol 1 said to an %s is still read, whole', (to, schema) => {
  const frames = recorded(to).map((text) => JSON.parse(text) as { type: string });
  expect(new Set(frames.map(({ type }) => type)).size).toBeGreaterThan(5);
  for (const frame of frames) expect(schema.safeParse(frame).error).toBeUndefined();
});

test('everything clients of protocol 1 say is still taken', () => {
  for (const frame of AGENT_SAYS) expect(AgentUp.safeParse(frame).error).toBeUndefined();
  for (const frame of VISITOR_SAYS) expect(VisitorUp.safeParse(frame).error).toBeUndefined();
});
