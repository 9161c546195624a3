import type { Spread } from './figures.ts';
import { wordsOf, type Verdict } from './judge.ts';
import { PLACES, type FaultKind, type Place } from './plan.ts';
import type { StormResult } from './storm.ts';
import { spread } from './figures.ts';

/** What one store went through, and what came of it. Whatever is in `WRONG` must be 0. */
export interface Outcome {
  store: string; kills: number; lost: number; duplicated: number; reordered: number; winners: number; botOnTeamsFloor: number; diverged: number; undead: number; faults: number; unfinished: number; beyondBar: number;
  storms: number; messages: number; acked: number; byKind: Partial<Record<FaultKind, number>>;
  /** Until everybody whom a fault reached was online again, ms after it was over. */
  recoveries: Record<Place, Spread | null>; settle: Spread | null; seconds: number; seeds: number[];
  /** The first things that are wrong, in words, each with its seed. */
  words: string[];
  /** Figures of the other parts, by their names. */
  parts: Record<string, Record<string, unknown>>;
}
const WRONG = ['lost', 'duplicated', 'reordered', 'winners', 'botOnTeamsFloor', 'diverged', 'undead', 'faults', 'unfinished', 'beyondBar'] as const;

const WORDS_MAX = 40;

export function startOutcome(store: string) {
  const began = performance.now();
  const recoveries: Record<Place, number[]> = { server: [], worker: [], network: [], page: [] };
  const settles: number[] = [];
  const outcome: Outcome = {
    store, kills: 0, lost: 0, duplicated: 0, reordered: 0, winners: 0, botOnTeamsFloor: 0, diverged: 0, undead: 0, faults: 0, unfinished: 0, beyondBar: 0,
    storms: 0, messages: 0, acked: 0, byKind: {}, recoveries: { server: null, worker: null, network: null, page: null }, settle: null, seconds: 0, seeds: [], words: [], parts: {},
  };
  const say = (where: string, words: readonly string[]): void => { outcome.words = [...outcome.words, ...words.map((one) => `${where}: ${one.slice(0, 500)}`)].slice(0, WORDS_MAX); };
  const judged = (where: string, verdict: Verdict): void => {
    for (const what of ['lost', 'duplicated', 'reordered', 'winners', 'diverged', 'undead'] as const) outcome[what] += verdict[what].length;
    outcome.botOnTeamsFloor += verdict.bot.length;
    say(where, wordsOf(verdict));
  };
  return {
    judged,
    storm(result: StormResult): void {
      const { seed, verdict, toll, messages, acked, settleMs, faults } = result;
      judged(`seed ${seed}`, verdict);
      say(`seed ${seed}`, faults);
      outcome.faults += faults.length;
      outcome.kills += toll.kills;
      outcome.storms += 1;
      outcome.messages += messages;
      outcome.acked += acked;
      outcome.seeds.push(seed);
      settles.push(settleMs);
      for (const place of PLACES) recoveries[place].push(...toll.recoveries[place]);
      for (const [kind, count] of Object.entries(toll.struck)) outcome.byKind[kind as FaultKind] = (outcome.byKind[kind as FaultKind] ?? 0) + count;
    },
    /** A part that did not come to its end counts as wrong. */
    unfinished(where: string, error: unknown): void {
      outcome.unfinished += 1;
      say(where, [error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error)]);
    },
    /** A figure that its promise does not allow counts as wrong. */
    bar(what: string, isMet: boolean): void {
      if (isMet) return;
      outcome.beyondBar += 1;
      say('beyond its bar', [what]);
    },
    part(name: string, figures: Record<string, unknown>): void { outcome.parts[name] = figures; },
    end(): Outcome {
      for (const place of PLACES) outcome.recoveries[place] = spread(recoveries[place]);
      outcome.settle = spread(settles);
      outcome.seconds = Math.round((performance.now() - began) / 1_000);
      return outcome;
    },
  };
}
export type Tally = ReturnType<typeof startOutcome>;

export const isFlawless = (outcome: Outcome): boolean => WRONG.every((what) => outcome[what] === 0);

/** What the last line of a run tells of a store. */
export function lineOf(outcome: Outcome): Record<string, number> {
  return Object.fromEntries((['kills', ...WRONG, 'messages'] as const).map((what) => [what, outcome[what]]));
}

const cells = (...of: unknown[]): string => `| ${of.join(' | ')} |`;
const shown = (of: Spread | null): string[] => (of ? [of.count, of.p50, of.p99, of.max] : ['–', '–', '–', '–']).map(String);

/** The same for people. */
export function markdownOf(outcome: Outcome): string {
  const { store, storms, seeds, seconds, byKind, recoveries, settle, words, parts } = outcome;
  return [
    `## ${store}`, '', `${outcome.kills} kills in ${storms} storms, ${outcome.messages} messages, ${outcome.acked} acknowledged to agents and visitors, ${seconds} s. Seeds ${seeds[0] ?? '–'} to ${seeds.at(-1) ?? '–'}.`, '',
    cells('wrong', 'count'), cells('---', '---:'), ...WRONG.map((what) => cells(what, outcome[what])), '',
    cells('fault', 'times'), cells('---', '---:'), ...Object.entries(byKind).map(([kind, count]) => cells(kind, count)), '',
    cells('online again after, ms', 'times', 'p50', 'p99', 'max'), cells('---', '---:', '---:', '---:', '---:'),
    ...PLACES.map((place) => cells(place, ...shown(recoveries[place]))), cells('all quiet and equal after a storm', ...shown(settle)), '',
    ...Object.entries(parts).flatMap(([name, figures]) => [`### ${name}`, '', ...Object.entries(figures).map(([what, value]) => `- ${what}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`), '']),
    ...(words.length > 0 ? ['### What is wrong', '', ...words.map((one) => `- ${one.replaceAll('\n', ' ')}`), ''] : []),
  ].join('\n');
}
