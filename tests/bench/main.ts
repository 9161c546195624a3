import { join } from 'node:path';
import { build } from '#lib/start/build.ts';
import { widgetBytes } from './bytes.ts';
import { browserFigures, widgetFolder } from './browser-figures.ts';
import { createCompanionRig } from './companion-rig.ts';
import { againstFloor, print } from './figure.ts';
import { createFloorRig } from './floor-rig.ts';
import { herdFigures } from './herd.ts';
import { idleFigures } from './idle.ts';
import { latency, saturate, type Latency, type Saturation } from './load.ts';
import type { Rig } from './rig.ts';

/**
 * `npm run bench`: one JSON line per figure, each beside its bare floor of the same run where it has one. Floor and
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

async function serverFigures(): Promise<void> {
  const floor: Taken = { say: [], reply: [], full: [] };
  const ours: Taken = { say: [], reply: [], full: [] };
  for (let i = 0; i < TURNS; i++) {
    await turn(createFloorRig, floor);
    await turn(createCompanionRig, ours);
  }
  const both = (name: string, of: (taken: Taken) => number[], unit: string, better: 'higher' | 'lower', aim: number): void =>
    print(againstFloor(name, median(of(ours)), median(of(floor)), unit, better, aim));
  both('durable messages per second at saturation', (taken) => taken.full.map((one) => one.perSecond), '1/s', 'higher', 0.8);
  both('server CPU per message at saturation', (taken) => taken.full.map((one) => one.cpuUsPerMessage), 'us', 'lower', 1.25);
  for (const point of ['p50', 'p95', 'p99'] as const) {
    both(`visitor -> agent at ${RATE}/s, ${point}`, (taken) => taken.say.map((one) => one[point]), 'ms', 'lower', 1.5);
    both(`agent -> visitor at ${RATE}/s, ${point}`, (taken) => taken.reply.map((one) => one[point]), 'ms', 'lower', 1.5);
  }
}

process.chdir(join(import.meta.dirname, '../..'));
await build();
widgetBytes(widgetFolder).forEach(print);
(await idleFigures()).forEach(print);
await serverFigures();
(await herdFigures()).forEach(print);
await browserFigures(print);
