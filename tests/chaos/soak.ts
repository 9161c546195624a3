import { parseArgs } from 'node:util';
import { MINUTE, SECOND } from '#lib/base/time.ts';
import { must } from '#lib/base/must.ts';
import { startTestCompanion, until, type TestCompanion } from '../support/companion.ts';
import { applied, startQuietAgent } from '../support/quiet-agent.ts';
import type { QuietBrowser } from '../support/quiet-browser.ts';
import { connectVisitor } from '../support/socket-client.ts';
import { spread } from './figures.ts';
import { createRandom, type Random } from './random.ts';

/** An alarm each half minute wakes a dead worker, and a loaded machine may be late with it. */
const ALERT_WITHIN_MS = 2 * MINUTE;
const USAGE = 'npm run soak -- [--minutes 10] [--seed N]   (or SOAK_MINUTES)\nAn agent\'s browser with no debugger attached, for so long: visitors ask for a person at random moments, workers and companions die. None may be missed.';

/** When each escalation was made and first alerted, by conversation; epoch ms. */
interface Soak { asked: Map<string, number>; alerted: Map<string, number>; workers: Set<string>; deaths: number; restarts: number }

/** The log keeps only its end, so it is read all the while. */
function note(companion: TestCompanion, { alerted, workers }: Soak): void {
  for (const one of applied(companion)) {
    workers.add(one.workerId);
    for (const id of one.alerted) if (!alerted.has(id)) alerted.set(id, one.time);
  }
}

async function escalate(companion: TestCompanion, soak: Soak): Promise<void> {
  const visitor = await connectVisitor(companion.url);
  await visitor.say(`Visitor ${soak.asked.size}`);
  const { conversationId } = must(visitor.lines()[0], 'first line');
  const at = Date.now();
  await visitor.act({ type: 'escalate' });
  soak.asked.set(conversationId, at);
  await visitor.close();
}

async function restart(companion: TestCompanion, random: Random): Promise<void> {
  await (random.next() < 0.5 ? companion.kill() : companion.stop());
  const up = Date.now() + random.below(20 * SECOND);
  await until('a companion that is down for a while', () => Date.now() > up, MINUTE);
  await companion.start();
}

async function live(companion: TestCompanion, browser: QuietBrowser, soak: Soak, random: Random, minutes: number): Promise<void> {
  const end = Date.now() + minutes * MINUTE;
  while (Date.now() < end) {
    // Long pauses let the worker idle to its natural death, if it can.
    const next = Date.now() + (random.next() < 0.2 ? 40 * SECOND : random.below(20 * SECOND));
    await until('the next moment', () => { note(companion, soak); return Date.now() > next; }, MINUTE);
    const what = random.next();
    if (what < 0.7) await escalate(companion, soak);
    else if (what < 0.85) { soak.deaths += browser.crashWorker(); if (random.next() < 0.5) await escalate(companion, soak); }
    else { soak.restarts++; await restart(companion, random); await escalate(companion, soak); }
    process.stderr.write(`${new Date().toISOString()} asked ${soak.asked.size}, alerted ${soak.alerted.size}, workers ${soak.workers.size}\n`);
  }
  const isAlerted = (): boolean => { note(companion, soak); return [...soak.asked.keys()].every((id) => soak.alerted.has(id)); };
  await until('every escalation is alerted', isAlerted, ALERT_WITHIN_MS).catch(() => undefined); // what is missing is counted
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: process.env['SOAK_MINUTES'] ?? '10' }, seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) }, help: { type: 'boolean' } } });
  const minutes = Number(values.minutes);
  if (values.help || !(minutes > 0)) { process.stdout.write(`${USAGE}\n`); return values.help ? 0 : 2; }
  process.stderr.write(`soak: ${minutes} minutes, seed ${values.seed}\n`);
  const companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  const browser = await startQuietAgent(companion);
  const soak: Soak = { asked: new Map(), alerted: new Map(), workers: new Set(), deaths: 0, restarts: 0 };
  try {
    await live(companion, browser, soak, createRandom(values.seed), minutes);
  } finally {
    await browser.dispose();
    await companion.close();
  }
  const waits = [...soak.asked].flatMap(([id, at]) => { const seen = soak.alerted.get(id); return seen === undefined ? [] : [seen - at]; });
  const missed = soak.asked.size - waits.length;
  const late = waits.filter((ms) => ms > ALERT_WITHIN_MS).length;
  process.stdout.write(`${JSON.stringify({ minutes, seed: values.seed, escalations: soak.asked.size, missed, late, 'ms to alert': spread(waits), workers: soak.workers.size, 'workers crashed': soak.deaths, 'companions restarted': soak.restarts })}\n`);
  return missed + late > 0 || soak.asked.size === 0 ? 1 : 0;
}

process.exitCode = await main();
