import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBotRunner } from './bot/runner.ts';
import { createLocalBus } from './bus/local.ts';
import { startClock } from './clock.ts';
import type { Config } from './config.ts';
import { createCore } from './core.ts';
import { seedDemo } from './demo/seed.ts';
import { keepLeases } from './lease-file.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { newToken } from './secrets.ts';
import { listen } from './server.ts';
import { createAgentHub } from './socket/agent.ts';
import { createVisitorHub } from './socket/visitor.ts';
import { openEmbeddedStore } from './store/embedded.ts';
import { WORKSPACE_ID } from './workspace.ts';

/** Opens and joins all parts; each is told to `started` as soon as it must be closed again. */
export async function startParts(config: Config, log: Log, started: (part: { close(): Promise<void> | void }) => void): Promise<{ url: string }> {
  const store = await openEmbeddedStore({ dir: config.dataDir });
  started(store);
  await store.ensureWorkspace({ id: WORKSPACE_ID, name: config.demo ? 'Pinewood Outdoor (demo)' : 'My workspace' });
  const bus = createLocalBus((error) => log.error({ error }, 'A listener failed'));
  const core = await createCore({ config, store, bus, log, metrics: createMetrics() });
  started(core.leases);
  const visitors = createVisitorHub(core);
  const agents = createAgentHub(core);
  started(agents);
  const runner = createBotRunner({
    workspaceId: WORKSPACE_ID, store, submit: core.submit, connected: core.leases.connected, now: Date.now,
    log: { warn: (details, message) => log.warn(details, message) }, onTyping: (id, on) => { visitors.typing(id, 'bot', on); },
  });
  started(runner);
  core.kick.current = runner.kick;
  core.knowledgeChanged.current = runner.knowledgeChanged;
  visitors.onTyping.current = agents.visitorTyping;
  agents.onTyping.current = (id, on) => visitors.typing(id, 'agent', on);
  if (config.demo) await seedDemo(core);
  started(keepLeases(core));
  const operatorToken = newToken();
  const http = await listen(core, visitors, agents, operatorToken);
  started(http);
  writeFileSync(join(config.dataDir, 'operator.json'), JSON.stringify({ url: http.url, token: operatorToken, address: config.publicUrl ?? http.url }), { mode: 0o600 });
  started(startClock(core));
  await runner.resume();
  return { url: http.url };
}
