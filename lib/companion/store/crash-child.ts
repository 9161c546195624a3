import { createWorld } from './contract-world.ts';
import { openEmbeddedStore } from './embedded.ts';

/** A process for embedded.test.ts to kill: writes messages without end and prints each id once its commit is durable. */
const IN_FLIGHT = 64;
const VISITORS = 8;
const [dir = '', run = '0'] = process.argv.slice(2);

async function write(): Promise<void> {
  const store = await openEmbeddedStore({ dir });
  // A workspace of its own per run, so that nothing made before a kill is in the way.
  const world = await createWorld(store, `run${run}`);
  let count = 0;
  const one = async (): Promise<void> => {
    for (;;) {
      const id = `r${run}-${(count += 1)}`;
      const committed = await world.say(`v${count % VISITORS}`, id, id);
      if (committed.ok && committed.conversation) process.stdout.write(`${id} ${committed.conversation.id} ${world.workspaceId}\n`);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, one));
}

try {
  await write();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
