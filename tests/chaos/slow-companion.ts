import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Bot } from '#lib/companion/bot/bot.ts';
import { parseConfig } from '#lib/companion/config.ts';
import { createLog } from '#lib/companion/log.ts';
import { startParts } from '#lib/companion/start-parts.ts';
import { createOperator, type Operator } from '#lib/start/operator.ts';
import type { Random } from './random.ts';
import { sleep } from './strike.ts';

/** What the demo's story needs a bot to have no answer to: a person is offered there, and the visitor accepts. */
const MISSED = /spare panel/;

/** A bot that thinks for up to `slowMs` while its words come one by one, as a model's do; it answers everything else. */
function createSlowBot(random: Random, slowMs: number): Bot {
  return {
    prepare: async () => undefined,
    async respond({ text }, signal, onText) {
      if (MISSED.test(text)) return { reply: null, signals: { answerable: 0, wantsHuman: 0, frustration: 0, smallTalk: false, satisfied: false }, engine: 'model' };
      const words = ['I', ' believe', ' so,', ' about', ` "${text}".`];
      for (const word of words) {
        await sleep(random.below(slowMs / words.length));
        signal.throwIfAborted();
        onText?.(word);
      }
      const signals = { answerable: 0.9, wantsHuman: 0, frustration: 0, smallTalk: false, satisfied: false };
      return { reply: { text: words.join(''), sources: [] }, signals, engine: 'model' };
    },
  };
}

export interface SlowCompanion { url: string; operator: Operator; close(): Promise<void> }

/** A real companion in this process, all of it but the bot: that one is slow. */
export async function startSlowCompanion(random: Random, slowMs: number, env: NodeJS.ProcessEnv = {}): Promise<SlowCompanion> {
  const dataDir = mkdtempSync(join(tmpdir(), 'baton-slow-'));
  const running: { close(): Promise<void> | void }[] = [];
  const config = parseConfig({ PORT: '0', DATA_DIR: dataDir, RATE_LIMITS: 'off', DEMO: '1', ...env });
  const { url } = await startParts(config, createLog('error'), (part) => running.push(part), { createBot: () => createSlowBot(random, slowMs) });
  return {
    url, operator: createOperator(url, dataDir),
    async close() {
      for (const part of running.reverse()) await part.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
