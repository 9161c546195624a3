import { uuid } from '#lib/base/uuid.ts';
import { send } from '#lib/extension/messages.ts';
import type { Command } from '#lib/protocol/command.ts';
import type { CommandId } from '#lib/protocol/ids.ts';
import type { CommandAnswer } from '#lib/protocol/runtime.ts';

/** One command, once: the worker answers with the companion's word, or why there is none. */
export function run(command: Command): Promise<CommandAnswer> {
  return send('command', { id: uuid() as CommandId, command });
}
