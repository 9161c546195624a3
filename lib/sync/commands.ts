import { SECOND } from '#lib/base/time.ts';
import type { AgentUp } from '#lib/protocol/agent.ts';
import type { Command } from '#lib/protocol/command.ts';
import type { CommandId } from '#lib/protocol/ids.ts';
import type { CommandAnswer } from '#lib/protocol/runtime.ts';

const DEADLINE_MS = 10 * SECOND;

/** Commands that are answered while somebody waits. The same id is safe to send again: the companion does it once. */
export function createCommands(send: (frame: AgentUp) => boolean) {
  const waiting = new Map<CommandId, (answer: CommandAnswer) => void>();
  return {
    ask: (id: CommandId, command: Command): Promise<CommandAnswer> => new Promise((resolve) => {
      const timer = setTimeout(() => done({ ok: false, failed: 'timeout' }), DEADLINE_MS);
      const done = (answer: CommandAnswer): void => { clearTimeout(timer); waiting.delete(id); resolve(answer); };
      waiting.set(id, done);
      if (!send({ type: 'command', id, command })) done({ ok: false, failed: 'offline' });
    }),
    answered: (id: CommandId, answer: CommandAnswer): void => waiting.get(id)?.(answer),
    close: (): void => { for (const done of [...waiting.values()]) done({ ok: false, failed: 'offline' }); },
  };
}
