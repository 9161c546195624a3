import { assertNever } from '#lib/base/assert-never.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Happening, Message } from '#lib/protocol/message.ts';
import { csvRow } from './csv.ts';

export const COLUMNS = ['conversation', 'status', 'bot', 'channel', 'visitor', 'email', 'time', 'author', 'text', 'feedback', 'sources'] as const;

/** One line per message; a conversation without one still has its line. Times are ISO 8601, UTC. */
export function csvRows(conversation: Conversation, botName: string, messages: Message[]): string {
  const { id, status, channel, visitor, email, lastAt } = conversation;
  const head = [id, status, botName, channel, visitor.name, email?.address ?? ''];
  if (messages.length === 0) return csvRow([...head, new Date(lastAt).toISOString(), '', '', '', '']);
  return messages.map((message) => csvRow([...head, new Date(message.at).toISOString(), ...cells(message, visitor.name)])).join('');
}

function cells(message: Message, visitorName: string): [author: string, text: string, feedback: string, sources: string] {
  if (message.kind === 'happened') return ['Baton', happened(message.what), '', ''];
  const { author, text, feedback, sources } = message;
  return [author.kind === 'visitor' ? visitorName : author.name, text, feedback ?? '', (sources ?? []).map(({ title }) => title).join('; ')];
}

function happened(what: Happening): string {
  switch (what.type) {
    case 'queued': return 'Asked for a person: an agent will join';
    case 'offline': return `Asked for a person while nobody was available: ${what.text}`;
    case 'joined': return `${what.label} joined`;
    case 'left': return `${what.label} left`;
    case 'returned': return what.by === 'visitor' ? 'The visitor went back to the assistant' : 'Returned to the bot';
    case 'resolved': return 'Resolved';
    case 'reopened': return 'Reopened';
    case 'email': return `Left an e-mail: ${what.email}`;
    default: return assertNever(what);
  }
}
