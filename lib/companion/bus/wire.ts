import * as z from 'zod';
import { FeedRow } from '#lib/protocol/feed.ts';
import { ConversationId, MemberId, MessageId, WorkspaceId } from '#lib/protocol/ids.ts';
import { Message } from '#lib/protocol/message.ts';

const seq = z.int().nonnegative();
const Commit = z.object({
  workspaceId: WorkspaceId, from: seq, to: seq, rows: z.array(FeedRow),
  stream: z.object({ conversationId: ConversationId, from: seq, to: seq, messages: z.array(Message) }).nullable(),
});
const Hint = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('commit'), workspaceId: WorkspaceId, commit: Commit }),
  z.object({ kind: z.literal('bell'), workspaceId: WorkspaceId, to: seq }),
  z.object({ kind: z.literal('presence'), workspaceId: WorkspaceId }),
  z.object({ kind: z.literal('typing'), workspaceId: WorkspaceId,
    typing: z.object({ conversationId: ConversationId, who: z.enum(['visitor', 'agent', 'bot']), by: z.string(), member: MemberId.nullable(), on: z.boolean() }) }),
  z.object({ kind: z.literal('delta'), workspaceId: WorkspaceId, delta: z.object({ conversationId: ConversationId, id: MessageId, text: z.string() }) }),
]);
/** What travels between nodes: hints, and who sent them. A node of another version may send what this one cannot read; it is a hint, so it is left. */
export const Packet = z.object({ node: z.string(), hints: z.array(Hint) });
export type Packet = z.infer<typeof Packet>;

/** The hints of a packet from another node; none of our own, and none that cannot be read. */
export function hintsFrom(text: string, ownNode: string): Packet['hints'] {
  try {
    const packet = Packet.safeParse(JSON.parse(text));
    return packet.success && packet.data.node !== ownNode ? packet.data.hints : [];
  } catch {
    return []; // not JSON: not from a companion
  }
}
