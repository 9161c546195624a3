import type { Message } from '#lib/protocol/message.ts';
import type { VisitorDown } from '#lib/protocol/visitor.ts';

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = Number.isSafeInteger as (value: unknown) => value is number;
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const orNull = (is: (value: unknown) => boolean) => (value: unknown): boolean => value === null || is(value);

const HAPPENED: Record<string, string | null> = { queued: null, offline: 'text', joined: 'label', left: 'label', returned: 'by', resolved: null, reopened: null, email: 'email' };

function isMessage(value: unknown): value is Message {
  if (!isObject(value) || !isText(value['id']) || !isText(value['conversationId']) || !isCount(value['index']) || !isCount(value['seq'])) return false;
  const { kind, what, author, text, sources = [], offer } = value;
  if (kind === 'happened') {
    const field = isObject(what) && isText(what['type']) && Object.hasOwn(HAPPENED, what['type']) ? HAPPENED[what['type']] : undefined;
    return field === null || (field !== undefined && isText((what as Fields)[field]));
  }
  return kind === 'said' && isText(text) && isObject(author) && (author['kind'] === 'visitor' || isText(author[author['kind'] === 'agent' ? 'label' : 'name']))
    && ['visitor', 'bot', 'agent'].includes(author['kind'] as string)
    && Array.isArray(sources) && sources.every((one) => isObject(one) && isText(one['title'])) && (offer === undefined || isObject(offer));
}

const isBot = (value: unknown): boolean => isObject(value) && isText(value['name']) && isText(value['greeting']) && isCount(value['waitingTooLongMs'])
  && isObject(value['handoff']) && isFlag(value['handoff']['enabled']) && isFlag(value['handoff']['available']) && ['mode', 'agentLabel', 'offlineMessage'].every((name) => isText((value['handoff'] as Fields)[name]));

const isConversation = (value: unknown): boolean => isObject(value) && isText(value['status']) && isText(value['floor']) && isCount(value['messageSeq']) && isFlag(value['offline'])
  && orNull(isText)(value['agentLabel']) && orNull(isText)(value['email']) && orNull((waiting) => isObject(waiting) && isCount(waiting['since']) && isCount(waiting['place']))(value['waiting']);

/** What the widget relies on, per frame; the rest of a frame is nobody's here. */
const FIELDS: Record<VisitorDown['type'], Record<string, (value: unknown) => boolean>> = {
  welcome: { bot: isBot, conversation: orNull(isConversation), messages: Array.isArray, serverTime: isCount },
  messages: { from: isCount, to: isCount, messages: Array.isArray },
  conversation: { conversation: isConversation }, bot: { bot: isBot },
  ack: { id: isText, message: (value) => value === undefined || isMessage(value) },
  nack: { id: isText, refusal: (value) => isObject(value) && isText(value['message']) },
  delta: { id: isText, text: isText }, typing: { by: (value) => value === 'bot' || value === 'agent', on: isFlag },
  pong: { messageSeq: isCount }, drain: { retryAfterMs: isCount }, error: { code: isText, message: isText },
};

/**
 * A frame as far as this widget can use it, or null: the schemas would be larger than the whole widget. A message of a
 * kind that only a newer companion knows is left out of its frame; what is around it is shown.
 */
export function readFrame(data: unknown): VisitorDown | null {
  let frame: unknown;
  try {
    frame = JSON.parse(String(data));
  } catch {
    return null; // not a frame at all
  }
  if (!isObject(frame) || !isText(frame['type']) || !Object.hasOwn(FIELDS, frame['type'])) return null;
  const fields = FIELDS[frame['type'] as VisitorDown['type']];
  for (const name of Object.keys(fields)) if (!fields[name]?.(frame[name])) return null;
  return (Array.isArray(frame['messages']) ? { ...frame, messages: frame['messages'].filter(isMessage) } : frame) as VisitorDown;
}
