import { join } from 'node:path';
import { build } from '#lib/start/build.ts';
import { abuseFigures } from './abuse.ts';
import { widgetBytes } from './bytes.ts';
import { browserFigures, widgetFolder } from './browser-figures.ts';
import { createCompanionRig } from './companion-rig.ts';
import { againstFloor, print } from './figure.ts';
import { createFloorRig } from './floor-rig.ts';
import { herdFigures } from './herd.ts';
import { idleFigures } from './idle.ts';
import { latency, saturate, type Latency, type Saturation } from './load.ts';
import type { Rig } from './rig.ts';
import { findNats, startNats } from '../support/nats.ts';
import { findPostgres, NO_POSTGRES, startPostgres } from '../support/postgres.ts';

/**
 * `npm run bench [-- PART…]`: one JSON line per figure, each beside its bare floor of the same run where it has one. Floor and
 * companion take turns, so that a slow moment of the machine falls on both; medians of the turns count.
 */
const TURNS = 3;
const RATE = 1_000;
const SECONDS = 4;

interface Taken { say: Latency[]; reply: Latency[]; full: Saturation[] }

async function turn(create: () => Promise<Rig>, taken: Taken): Promise<void> {
  const rig = await create();
  try {
    taken.say.push(await latency(rig, 'say', RATE, SECONDS));
    taken.reply.push(await latency(rig, 'reply', RATE, SECONDS));
    taken.full.push(await saturate(rig, SECONDS));
  } finally {
    await rig.close();
  }
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Ours against a floor on the same ground, in turns. @param where what the names of the figures begin with */
async function serverFigures(where: string, createFloor: () => Promise<Rig>, createOurs: () => Promise<Rig>): Promise<void> {
  const floor: Taken = { say: [], reply: [], full: [] };
  const ours: Taken = { say: [], reply: [], full: [] };
  for (let i = 0; i < TURNS; i++) {
    await turn(createFloor, floor);
    await turn(createOurs, ours);
  }
  const both = (name: string, of: (taken: Taken) => number[], unit: string, better: 'higher' | 'lower', aim: number): void =>
    print(againstFloor(where + name, median(of(ours)), median(of(floor)), unit, better, aim));
  both('durable messages per second at saturation', (taken) => taken.full.map((one) => one.perSecond), '1/s', 'higher', 0.8);
  both('server CPU per message at saturation', (taken) => taken.full.map((one) => one.cpuUsPerMessage), 'us', 'lower', 1.25);
  for (const point of ['p50', 'p95', 'p99'] as const) {
    both(`visitor -> agent at ${RATE}/s, ${point}`, (taken) => taken.say.map((one) => one[point]), 'ms', 'lower', 1.5);
    both(`agent -> visitor at ${RATE}/s, ${point}`, (taken) => taken.reply.map((one) => one[point]), 'ms', 'lower', 1.5);
  }
}

/** The same on PostgreSQL: one node, and two that hear of each other by NATS. Each rig has a database of its own. */
async function clusterFigures(): Promise<void> {
  if (!findPostgres() && !process.env.DATABASE_URL) return void process.stderr.write(`PostgreSQL figures left out. ${NO_POSTGRES}\n`);
  const natsUrl = findNats() ? await startNats() : null;
  const within = async (create: (url: string) => Promise<Rig>): Promise<Rig> => {
    const postgres = await startPostgres();
    const rig = await create(postgres.url);
    return { ...rig, close: async () => { await rig.close(); await postgres.close(); } };
  };
  const floor = (): Promise<Rig> => within((url) => createFloorRig(url));
  await serverFigures('PostgreSQL, one node: ', floor, () => within((databaseUrl) => createCompanionRig({ databaseUrl, nodes: 1 })));
  await serverFigures(`PostgreSQL${natsUrl ? ' and NATS' : ''}, two nodes: `, floor, () => within((databaseUrl) => createCompanionRig({ databaseUrl, natsUrl: natsUrl?.url, nodes: 2 })));
  await natsUrl?.close();
}

const PARTS: Record<string, () => Promise<void> | void> = {
  widget: () => widgetBytes(widgetFolder).forEach(print),
  idle: async () => (await idleFigures()).forEach(print),
  server: () => serverFigures('', createFloorRig, createCompanionRig),
  cluster: clusterFigures,
  abuse: async () => (await abuseFigures()).forEach(print),
  herd: async () => (await herdFigures()).forEach(print),
  browser: () => browserFigures(print),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  process.stderr.write(`Unknown part: ${unknown.join(', ')}. There are ${Object.keys(PARTS).join(', ')}; without any name all of them run.\n`);
  process.exit(2);
}
process.chdir(join(import.meta.dirname, '../..'));
await build();
for (const [name, run] of Object.entries(PARTS)) if (asked.length === 0 || asked.includes(name)) await run();
