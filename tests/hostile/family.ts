import { createChance, type Chance } from './chance.ts';

export interface Failure { input: string; why: string }
export interface FuzzResult { family: string; runs: number; failures: Failure[]; accepted: number; slowestMs: number }

/** One kind of input and the parser it is for. */
export interface Family<I> {
  /** How long one input may take, ms; absent: as long as the event loop may be kept. */
  mostMs?: number;
  name: string;
  /** Before each input. */
  ready?(): Promise<void>;
  make(chance: Chance): I;
  /** `true`: taken as good; `false`: refused as it should be; words: what went wrong. An exception is a failure. */
  check(input: I): boolean | string | Promise<boolean | string>;
  /** Asked after every 200 inputs and at the end: what goes on after `check` returned is done, and all is well (null). */
  settle?(): Promise<string | null>;
  close?(): Promise<void> | void;
}

/** No single input may keep the event loop longer than this, ms. */
const BLOCKED_MS = 50;
/** After this many the same thing is only said again. */
const FAILURES_MAX = 10;

const shown = (input: unknown): string => {
  const text = Buffer.isBuffer(input) ? input.toString('latin1') : JSON.stringify(input) ?? String(input);
  return text.length > 600 ? `${text.slice(0, 600)}… (${text.length})` : text;
};

/** Wall time until the check is done. A machine that does other work makes it long, so a long one is measured again. */
async function timed<I>(family: Family<I>, input: I): Promise<{ verdict: boolean | string; ms: number }> {
  const began = performance.now();
  const verdict = await family.check(input);
  return { verdict, ms: performance.now() - began };
}

async function slowness<I>(family: Family<I>, input: I, first: number): Promise<number> {
  let least = first;
  for (let again = 0; again < 4 && least > (family.mostMs ?? BLOCKED_MS); again++) least = Math.min(least, (await timed(family, input)).ms);
  return least;
}

/** Runs a family. What escapes as an uncaught exception or an unhandled rejection counts as a failure too. */
export async function runFamily<I>(family: Family<I>, runs: number, seed: number): Promise<FuzzResult> {
  const result: FuzzResult = { family: family.name, runs, failures: [], accepted: 0, slowestMs: 0 };
  const chance = createChance(seed);
  const fail = (input: unknown, why: string): void => { if (result.failures.length < FAILURES_MAX) result.failures.push({ input: shown(input), why }); };
  const escaped = (error: unknown): void => fail('(during the run)', `escaped: ${error instanceof Error ? error.stack : String(error)}`);
  process.on('uncaughtException', escaped).on('unhandledRejection', escaped);
  try {
    for (let run = 1; run <= runs; run++) {
      const input = family.make(chance);
      await family.ready?.();
      try {
        const { verdict, ms } = await timed(family, input);
        if (verdict === true) result.accepted += 1;
        else if (verdict !== false) fail(input, verdict);
        const least = ms > (family.mostMs ?? BLOCKED_MS) ? await slowness(family, input, ms) : ms;
        result.slowestMs = Math.max(result.slowestMs, least);
        if (least > (family.mostMs ?? BLOCKED_MS)) fail(input, `kept the event loop ${least.toFixed(0)} ms`);
      } catch (error) {
        fail(input, `threw ${error instanceof Error ? error.stack : String(error)}`);
      }
      if (run % 200 === 0 || run === runs) {
        const wrong = await family.settle?.();
        if (wrong) fail('(after the last 200)', wrong);
      }
    }
  } finally {
    await family.close?.();
    process.off('uncaughtException', escaped).off('unhandledRejection', escaped);
  }
  return result;
}
