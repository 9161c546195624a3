import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAvailability } from './availability.ts';
import { createTeam, type Team } from './cast.ts';
import { contendClaims } from './claims.ts';
import { deployCluster, deployEmbedded, type Deployment } from './deployment.ts';
import { spread } from './figures.ts';
import { interleaveFloor } from './floor.ts';
import { flawless, judgeClaims } from './judge.ts';
import { isFlawless, lineOf, markdownOf, startOutcome, type Outcome, type Tally } from './outcome.ts';
import { EVEN } from './plan.ts';
import { measureStillness } from './stillness.ts';
import { storm } from './storm.ts';
import { killWorkers } from './worker-kills.ts';
import { fuzzAll } from '../hostile/fuzz-all.ts';

const USAGE = `npm run torture -- [--kills 1000] [--seed N] [--store sqlite|postgres|all] [--claims 10000] [--turns 1000] [--availability 120] [--parts storms,claims,floor,stillness,availability] [--report DIR]
Kills servers, workers, connections and pages under load and judges what everybody holds in the end. Exit code 1 unless nothing is wrong.
Two parts run only when they are named, for their length: \`workers\` kills the worker of a real Chromium [--worker-kills 1000], \`fuzz\` feeds every parser [--fuzz 1000000].`;
/** So many kills make one storm: its conversations stay short enough for a window to hold whole. */
const STORM_KILLS = 50;

interface Options { kills: number; seed: number; claims: number; turns: number; availabilityMs: number; workerKills: number; fuzz: number; parts: readonly string[] }
/** One thing that is done to a deployment; whatever it throws counts as wrong. */
interface Part { name: string; run(deployment: Deployment, team: Team, options: Options, tally: Tally): Promise<void> }

const say = (text: string): void => { process.stderr.write(`${text}\n`); };

async function storms(deployment: Deployment, team: Team, { kills, seed }: Options, tally: Tally): Promise<void> {
  for (let [done, at] = [0, 0]; done < kills; at++) {
    const result = await storm(deployment, team, { seed: seed + at, kills: Math.min(STORM_KILLS, kills - done), visitors: 5, agents: 3, mix: EVEN });
    done += result.toll.kills;
    tally.storm(result);
    tally.part('Starts of a companion', { 'until it answers, ms': spread(deployment.nodes.flatMap(({ starts }) => starts)) });
    say(`${deployment.name}: ${done} of ${kills} kills, seed ${result.seed}, ${result.messages} messages, ${Math.round(result.ms / 1_000)} s${JSON.stringify(result.verdict) === JSON.stringify(flawless()) ? '' : ', WRONG'}`);
  }
}

async function claims(deployment: Deployment, team: Team, options: Options, tally: Tally): Promise<void> {
  const { answers, took } = await contendClaims(deployment, team, options.claims, options.seed);
  const verdict = flawless();
  judgeClaims({ claims: answers }, verdict);
  tally.judged('claims', verdict);
  tally.part('Contended claims', { rounds: options.claims, claims: answers.length, 'answered within, ms': took });
}

/** On the deployment's own database, in this process, so that the bot can be a slow one. */
async function floor(deployment: Deployment, _: Team, { turns, seed }: Options, tally: Tally): Promise<void> {
  const { interleavings, botMessages, irresponsible, silent, verdict } = await interleaveFloor(turns, seed, deployment.env);
  tally.judged('floor', verdict);
  tally.part('Bot and people at once', { interleavings, 'messages of the bot': botMessages, 'states without anybody responsible': irresponsible.length, 'silent after hand-back': silent.length });
  for (const one of [...irresponsible, ...silent]) tally.bar(one, false);
}

async function stillness(deployment: Deployment, team: Team, { seed }: Options, tally: Tally): Promise<void> {
  const { found, falseKills } = await measureStillness(deployment, team, seed);
  tally.part('Half-open and standing still', { ...Object.fromEntries(found.map(({ what, ...ms }) => [what, ms])), 'connections that a stall of 5 s cost': falseKills });
  for (const { what, agentMs, visitorMs, companionMs, backMs } of found) {
    const wanted = companionMs !== null || what.includes('vanished') ? [companionMs] : [agentMs, visitorMs];
    tally.bar(`${what} is found within 30 s: ${wanted.map((one) => one ?? 'never').join(', ')} ms`, wanted.every((one) => one !== null && one <= 30_500));
    if (!what.includes('vanished')) tally.bar(`${what}: back again`, backMs !== null);
  }
  tally.bar(`a stall of 5 s costs no connection: ${falseKills}`, falseKills === 0);
}

async function availability(deployment: Deployment, team: Team, { seed, availabilityMs }: Options, tally: Tally): Promise<void> {
  const figures = await measureAvailability(deployment, team, seed, availabilityMs);
  tally.part('Availability', { ...figures });
  tally.bar(`"offline" is shown less than 0.1 % of the time that an agent is connected: ${figures.share}`, figures.share < 0.001);
  for (const what of ['closedMs', 'vanishedMs'] as const) tally.bar(`"available" ends within 100 s, ${what}: ${figures[what] ?? 'never'}`, figures[what] !== null && figures[what] <= 100_000);
  tally.bar('an agent who is back is seen', figures.againMs !== null);
}

/** The real worker in a real browser. */
async function workers(deployment: Deployment, _: Team, { seed, workerKills }: Options, tally: Tally): Promise<void> {
  const { lost, duplicated, reordered, ...rest } = await killWorkers({ kills: workerKills, seed, companionUrl: deployment.nodes[0]!.url, pairingCode: await deployment.operator.code('agent') });
  tally.part('Worker kills in Chromium', { ...rest, lost, duplicated, reordered });
  tally.bar(`worker kills: ${lost} lost, ${duplicated} duplicated, ${reordered} reordered`, lost + duplicated + reordered === 0);
}

async function fuzz(_: Deployment, __: Team, { seed, fuzz: runs }: Options, tally: Tally): Promise<void> {
  const figures: Record<string, unknown> = {};
  await fuzzAll({ runs, seed, onDone: ({ family, runs: done, accepted, slowestMs, failures }) => {
    say(`fuzz: ${family}, ${done} inputs, slowest ${slowestMs.toFixed(1)} ms, ${failures.length} failures`);
    figures[family] = { inputs: done, 'taken as good': accepted, 'slowest, ms': Number(slowestMs.toFixed(1)) };
    for (const { input, why } of failures) tally.bar(`fuzz, ${family}: ${why}: ${input}`, false);
  } });
  tally.part('Fuzz', figures);
}

const PARTS: readonly Part[] = [
  { name: 'storms', run: storms },
  { name: 'claims', run: claims },
  { name: 'floor', run: floor },
  { name: 'stillness', run: stillness },
  { name: 'availability', run: availability },
  { name: 'workers', run: workers },
  { name: 'fuzz', run: fuzz },
];

const USUAL = PARTS.map(({ name }) => name).filter((name) => name !== 'workers' && name !== 'fuzz');
const STORES = { sqlite: deployEmbedded, postgres: deployCluster } as const;

async function torture(store: keyof typeof STORES, options: Options): Promise<Outcome> {
  const tally = startOutcome(store);
  const deployment = await STORES[store]();
  const abandon = (): void => void deployment.close().finally(() => process.exit(130));
  process.once('SIGINT', abandon).once('SIGTERM', abandon);
  try {
    const team = await createTeam(deployment, 16);
    for (const part of PARTS.filter(({ name }) => options.parts.includes(name))) {
      say(`${store}: ${part.name}`);
      try {
        await part.run(deployment, team, options, tally);
      } catch (error) {
        tally.unfinished(part.name, error);
        for (const node of deployment.nodes) say(`${node.name} said:\n${node.log().slice(-3_000)}`);
        say(`${store}: ${part.name} did not end: ${String(error)}`);
      }
    }
  } finally {
    process.off('SIGINT', abandon).off('SIGTERM', abandon);
    await deployment.close();
  }
  return tally.end();
}

function readFlags(): { options: Options; stores: (keyof typeof STORES)[]; report: string } {
  const { values } = parseArgs({ options: { kills: { type: 'string', default: '1000' }, seed: { type: 'string' }, store: { type: 'string', default: 'all' }, claims: { type: 'string', default: '10000' }, turns: { type: 'string', default: '1000' }, availability: { type: 'string', default: '120' }, parts: { type: 'string', default: USUAL.join(',') }, 'worker-kills': { type: 'string', default: '1000' }, fuzz: { type: 'string', default: '1000000' }, report: { type: 'string', default: '.output/reports/torture' }, help: { type: 'boolean' } } });
  const whole = (name: string, text: string): number => {
    if (!/^\d+$/.test(text)) throw new Error(`--${name} takes a whole number, not "${text}".`);
    return Number(text);
  };
  const stores = values.store === 'all' ? ['sqlite', 'postgres'] as const : [values.store as keyof typeof STORES];
  if (!stores.every((one) => one in STORES)) throw new Error(`--store takes sqlite, postgres or all, not "${values.store}".`);
  if (values.help) { process.stdout.write(`${USAGE}\n`); process.exit(0); }
  const parts = values.parts.split(',');
  const unknown = parts.find((one) => !PARTS.some(({ name }) => name === one));
  if (unknown !== undefined) throw new Error(`--parts takes ${PARTS.map(({ name }) => name).join(', ')}, not "${unknown}".`);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : whole('seed', values.seed);
  return { options: { kills: whole('kills', values.kills), seed, claims: whole('claims', values.claims), turns: whole('turns', values.turns), availabilityMs: whole('availability', values.availability) * 1_000, workerKills: whole('worker-kills', values['worker-kills']), fuzz: whole('fuzz', values.fuzz), parts }, stores: [...stores], report: values.report };
}

function write(folder: string, options: Options, outcomes: readonly Outcome[]): void {
  mkdirSync(folder, { recursive: true });
  const head = `# Torture report\n\n\`npm run torture -- --kills ${options.kills} --seed ${options.seed}\` replays its faults and acts.\n\n`;
  writeFileSync(join(folder, 'torture.md'), head + outcomes.map(markdownOf).join('\n'));
  writeFileSync(join(folder, 'torture.json'), `${JSON.stringify({ options, outcomes }, null, 2)}\n`);
  say(`Report: ${join(folder, 'torture.md')}`);
}

try {
  const { options, stores, report } = readFlags();
  say(`torture: seed ${options.seed}`);
  const outcomes: Outcome[] = [];
  for (const store of stores) outcomes.push(await torture(store, options));
  write(report, options, outcomes);
  for (const { store, words } of outcomes) for (const one of words) say(`${store}: ${one}`);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(outcomes.map((one) => [one.store, lineOf(one)])))}\n`);
  process.exit(outcomes.every(isFlawless) ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
  process.exit(2);
}
