import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBotRunner } from './bot/runner.ts';
import { createLocalBus } from './bus/local.ts';
import { startClock } from './clock.ts';
import { BadEnvironmentError, parseConfig, type Config } from './config.ts';
import { createCore } from './core.ts';
import { seedDemo } from './demo/seed.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { newToken } from './secrets.ts';
import { listen } from './server.ts';
import { createAgentHub } from './socket/agent.ts';
import { createVisitorHub } from './socket/visitor.ts';
import { openEmbeddedStore } from './store/embedded.ts';
import { WORKSPACE_ID } from './workspace.ts';

async function run(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const store = await openEmbeddedStore({ dir: config.dataDir });
  await store.ensureWorkspace({ id: WORKSPACE_ID, name: config.demo ? 'Pinewood Outdoor (demo)' : 'My workspace' });
  const core = await createCore({ config, store, bus: createLocalBus((error) => log.error({ error }, 'A listener failed')), log, metrics: createMetrics() });
  const visitors = createVisitorHub(core);
  const agents = createAgentHub(core);
  const runner = createBotRunner({ workspaceId: WORKSPACE_ID, store, submit: core.submit, connected: core.leases.connected, now: Date.now, log: { warn: (details, message) => log.warn(details, message) },
    onTyping: (id, on) => { visitors.typing(id, 'bot', on); } });
  core.kick.current = runner.kick;
  core.knowledgeChanged.current = runner.knowledgeChanged;
  visitors.onTyping.current = agents.visitorTyping;
  agents.onTyping.current = (id, on) => visitors.typing(id, 'agent', on);
  if (config.demo) await seedDemo(core);
  const token = newToken();
  const http = await listen(core, visitors, agents, token);
  writeFileSync(join(config.dataDir, 'operator.json'), JSON.stringify({ url: http.url, token }), { mode: 0o600 });
  const clock = startClock(core);
  await runner.resume();
  log.info({ url: http.url, dataDir: config.dataDir }, 'listening');
  if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify({ url: http.url, pid: process.pid })}\n`);
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    clock.close();
    await http.close();
    await runner.close();
    agents.close();
    core.leases.close();
    await store.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end().catch((error: unknown) => { log.error({ error }, 'The end failed'); process.exit(1); }));
}

try {
  await run(parseConfig({ ...process.env, ...(process.argv.includes("--demo") ? { DEMO: "1" } : {}) }));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof BadEnvironmentError ? 2 : 1);
}
