import type * as z from 'zod';
import { CommandId } from '#lib/protocol/ids.ts';

/**
 * A frame, or a command in one, whose type we have no name for: a newer client's, and no fault of its own.
 * @returns null when the frame is wrong in another way; else the id to refuse, where somebody waits for an answer
 */
export function newerFrame(said: unknown, { issues }: z.ZodError): { id: CommandId | null } | null {
  const [issue] = issues;
  if (issues.length !== 1 || issue?.code !== 'invalid_union' || issue.path.at(-1) !== 'type') return null;
  if (typeof issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], said) !== 'string') return null;
  const id = CommandId.safeParse((said as { id?: unknown }).id);
  return { id: id.success ? id.data : null };
}
