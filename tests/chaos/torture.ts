import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTeam, type Team } from './cast.ts';
import { contendClaims } from './claims.ts';
import { deployCluster, deployEmbedded, type Deployment } from './deployment.ts';
import { flawless, judgeClaims } from './judge.ts';
import { isFlawless, lineOf, markdownOf, startOutcome, type Outcome, type Tally } from './outcome.ts';
import { EVEN } from './plan.ts';
import { storm } from './storm.ts';

const USAGE = `npm run torture -- [--kills 1000] [--seed N] [--store sqlite|postgres|all] [--claims 10000] [--report DIR]
Kills servers, workers, connections and pages under load and judges what everybody holds in the end. Exit code 1 unless nothing is wrong.`;
/** So many kills make one storm: its conversations stay short enough for a window to hold whole. */
const STORM_KILLS = 50;

interface Options { kills: number; seed: number; claims: number }
/** One thing that is done to a deployment; whatever it throws counts as wrong. */
interface Part { name: string; run(deployment: Deployment, team: Team, options: Options, tally: Tally): Promise<void> }

const say = (text: string): void => { process.stderr.write(`${text}\n`); };

async function storms(deployment: Deployment, team: Team, { kills, seed }: Options, tally: Tally): Promise<void> {
  for (let [done, at] = [0, 0]; done < kills; at++) {
    const result = await storm(deployment, team, { seed: seed + at, kills: Math.min(STORM_KILLS, kills - done), visitors: 5, agents: 3, mix: EVEN });
    done += result.toll.kills;
    tally.storm(result);
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

const PARTS: readonly Part[] = [
  { name: 'storms', run: storms },
  { name: 'claims', run: claims },
];

const STORES = { sqlite: deployEmbedded, postgres: deployCluster } as const;

async function torture(store: keyof typeof STORES, options: Options): Promise<Outcome> {
  const tally = startOutcome(store);
  const deployment = await STORES[store]();
  try {
    const team = await createTeam(deployment, 16);
    for (const part of PARTS) {
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
    await deployment.close();
  }
  return tally.end();
}

function readFlags(): { options: Options; stores: (keyof typeof STORES)[]; report: string } {
  const { values } = parseArgs({ options: { kills: { type: 'string', default: '1000' }, seed: { type: 'string' }, store: { type: 'string', default: 'all' }, claims: { type: 'string', default: '10000' }, report: { type: 'string', default: '.output/reports/torture' }, help: { type: 'boolean' } } });
  const whole = (name: 'kills' | 'seed' | 'claims', text: string): number => {
    if (!/^\d+$/.test(text)) throw new Error(`--${name} takes a whole number, not "${text}".`);
    return Number(text);
  };
  const stores = values.store === 'all' ? ['sqlite', 'postgres'] as const : [values.store as keyof typeof STORES];
  if (!stores.every((one) => one in STORES)) throw new Error(`--store takes sqlite, postgres or all, not "${values.store}".`);
  if (values.help) { process.stdout.write(`${USAGE}\n`); process.exit(0); }
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : whole('seed', values.seed);
  return { options: { kills: whole('kills', values.kills), seed, claims: whole('claims', values.claims) }, stores: [...stores], report: values.report };
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
