import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateBot } from './bot/bots.ts';
import { createBotRunner } from './bot/runner.ts';
import { warmUp } from './bot/turn.ts';
import { openBus } from './bus/open-bus.ts';
import { startClock } from './clock.ts';
import type { Config } from './config.ts';
import { conversationOf, createCore } from './core.ts';
import { seedDemo } from './demo/seed.ts';
import { keepLeases } from './keep-leases.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { newToken } from './secrets.ts';
import { listen } from './server.ts';
import { createAgentHub } from './socket/agent.ts';
import { createVisitorHub } from './socket/visitor.ts';
import { openStore } from './store/open-store.ts';
import { WORKSPACE_ID } from './workspace.ts';

/**
 * Opens and joins all parts; each is told to `started` as soon as it must be closed again.
 * @param bots other bots than the embedded one, for tests
 */
export async function startParts(config: Config, log: Log, started: (part: { close(): Promise<void> | void }) => void, bots: { createBot?: CreateBot } = {}): Promise<{ url: string }> {
  const survived = (error: unknown): void => log.warn({ error }, 'The database or the bus failed for a moment');
  mkdirSync(config.dataDir, { recursive: true });
  const opening = openStore(config, survived);
  // While threads and servers begin.
  warmUp();
  const store = await opening;
  started(store);
  await store.ensureWorkspace({ id: WORKSPACE_ID, name: config.demo ? 'Pinewood Outdoor (demo)' : 'My workspace' });
  const bus = await openBus(config, survived);
  started(bus);
  const core = await createCore({ config, store, bus, log, metrics: createMetrics(), ...bots });
  started(core);
  started(core.leases);
  const visitors = createVisitorHub(core);
  const agents = createAgentHub(core);
  started(agents);
  const runner = createBotRunner({
    workspaceId: WORKSPACE_ID, store, botOf: core.bots.of, submit: core.submit, connected: core.leases.connected, now: Date.now,
    log: { warn: (details, message) => log.warn(details, message) }, onTyping: (conversationId, on) => core.typing({ conversationId, who: 'bot', by: '', member: null, on }),
    onDelta: (conversationId, id, text) => core.delta({ conversationId, id, text }),
  });
  started(runner);
  core.kick.current = runner.kick;
  core.post.current = runner.post;
  core.onCommit((commit) => { const moved = conversationOf(commit); if (moved) runner.changed(moved); });
  if (config.demo && await store.leads()) await seedDemo(core);
  started(await keepLeases(core));
  const operatorToken = newToken();
  const http = await listen(core, visitors, agents, operatorToken);
  started(http);
  writeFileSync(join(config.dataDir, 'operator.json'), JSON.stringify({ url: http.url, token: operatorToken, address: config.publicUrl ?? http.url }), { mode: 0o600 });
  started(startClock(core));
  await runner.resume();
  return { url: http.url };
}
