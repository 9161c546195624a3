import * as z from 'zod';
import type { Refusal } from '#lib/protocol/command.ts';
import { CommandId } from '#lib/protocol/ids.ts';

/** The id of a frame that cannot be read otherwise, so that the outbox it waits in learns its end. */
export function idOf(frame: unknown): CommandId | null {
  const found = z.object({ id: CommandId }).safeParse(frame);
  return found.success ? found.data.id : null;
}

/** Why a frame cannot be read, for the person whose words it carries; never with what it holds. */
export function whyUnreadable(error: z.ZodError): Refusal {
  const issue = error.issues[0];
  if (issue?.code === 'too_big' && issue.origin === 'string') return { code: 'too_long', message: `This is longer than ${issue.maximum} characters. Shorten it, then send it again.` };
  return { code: 'malformed', message: `This cannot be read: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() };
}
