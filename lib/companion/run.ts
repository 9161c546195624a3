import { BadEnvironmentError, parseConfig } from './config.ts';
import { createLog } from './log.ts';
import { startParts } from './start-parts.ts';

type Started = (part: { close(): Promise<void> | void }) => void;

/** Starts a companion from its arguments and environment. @returns why it could not, with the exit code, or null */
export async function run(argv: string[], started: Started): Promise<{ words: string; code: number } | null> {
  try {
    const config = parseConfig({ ...process.env, ...(argv.includes('--demo') ? { DEMO: '1' } : {}) });
    const log = createLog(config.logLevel);
    // Node's own words would hold the message of the error, and so perhaps a visitor's.
    process.on('uncaughtException', (error) => { log.fatal({ error }, 'The companion failed and ends'); process.exit(1); });
    const { url } = await startParts(config, log, started);
    log.info({ url, dataDir: config.dataDir }, 'listening');
    if (argv.includes('--json')) process.stdout.write(`${JSON.stringify({ url, pid: process.pid })}\n`);
    return null;
  } catch (error) {
    return { words: error instanceof Error ? error.message : String(error), code: error instanceof BadEnvironmentError ? 2 : 1 };
  }
}
