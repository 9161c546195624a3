import { uuid } from '#lib/base/uuid.ts';
import { send } from '#lib/extension/messages.ts';
import type { Command } from '#lib/protocol/command.ts';
import type { CommandId } from '#lib/protocol/ids.ts';
import type { CommandAnswer } from '#lib/protocol/runtime.ts';

/** One command, once: the worker answers with the companion's word, or why there is none. @param id the same for each try of the same act */
export async function run(command: Command, id: CommandId = uuid() as CommandId): Promise<CommandAnswer> {
  try {
    return await send('command', { id, command });
  } catch (error) {
    // The worker was replaced while it was asked, or died: whether it was done is unknown, and the row will tell.
    console.warn('the background worker did not answer', error);
    return { ok: false, failed: 'timeout' };
  }
}
