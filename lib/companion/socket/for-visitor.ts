import type { Message } from '#lib/protocol/message.ts';

/** Colleagues have names, visitors see the label (S5): neither name nor id of a member leaves. Notes have no way in: the type is `Message`. */
export function forVisitor(message: Message): Message {
  if (message.kind !== 'said' || message.author.kind !== 'agent') return message;
  const { label } = message.author;
  return { ...message, author: { kind: 'agent', id: 'team' as typeof message.author.id, name: label, label } };
}
