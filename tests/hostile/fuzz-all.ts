import type { Family, FuzzResult } from './family.ts';
import { runFamily } from './family.ts';
import { agentDown } from './fuzz-agent-down.ts';
import { detect } from './fuzz-detect.ts';
import { http } from './fuzz-http.ts';
import { runtime } from './fuzz-runtime.ts';
import { stored } from './fuzz-stored.ts';
import { address, config, csv, knowledge } from './fuzz-text.ts';
import { agentUp, visitorUp } from './fuzz-up.ts';
import { visitorDown } from './fuzz-visitor-down.ts';
import { words } from './fuzz-words.ts';

/** Every parser there is, by a short name. `share`: an input costs so many times another's. */
export const FAMILIES: Record<string, { begin(seed: number): Family<never> | Promise<Family<never>>; share?: number }> = {
  agentUp: { begin: agentUp as never }, visitorUp: { begin: visitorUp as never }, agentDown: { begin: agentDown as never }, visitorDown: { begin: visitorDown as never }, http: { begin: http as never },
  knowledge: { begin: knowledge as never }, csv: { begin: csv as never }, config: { begin: config as never }, words: { begin: words as never }, address: { begin: address as never }, runtime: { begin: runtime as never }, stored: { begin: stored as never },
  detect: { begin: detect as never, share: 25 },
};

export interface FuzzOptions {
  /** Inputs per family; a family with a `share` gets that part of them. */
  runs: number;
  seed: number;
  /** Told after each family. */
  onDone?: (result: FuzzResult) => void;
}

/** All families one after the other, so that times are not each other's. For `npm run torture`. */
export async function fuzzAll({ runs, seed, onDone }: FuzzOptions): Promise<FuzzResult[]> {
  const results: FuzzResult[] = [];
  for (const { begin, share = 1 } of Object.values(FAMILIES)) {
    const result = await runFamily(await begin(seed), Math.ceil(runs / share), seed);
    results.push(result);
    onDone?.(result);
  }
  return results;
}
