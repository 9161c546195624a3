import { AgentDown } from '#lib/protocol/agent.ts';
import { RefusalCode } from '#lib/protocol/command.ts';
import { FeedRow } from '#lib/protocol/feed.ts';
import { Message } from '#lib/protocol/message.ts';

/** One frame as far as it can be read here, and what was left out of it. */
export interface Read {
  /** null: nothing in it is for this version. */
  frame: AgentDown | null;
  /** Kinds that this version has not heard of: a newer companion, no fault. */
  newer: string[];
  /** Things of a known kind that do not have its shape: what is shown may be incomplete. */
  unread: number;
}

type Raw = Record<string, unknown>;
const TYPES: ReadonlySet<unknown> = new Set(AgentDown.options.map((one) => one.shape.type.value));
const KINDS: ReadonlySet<unknown> = new Set(FeedRow.options.map((one) => one.shape.kind.value));
const MESSAGE_KINDS: ReadonlySet<unknown> = new Set(Message.options.map((one) => one.shape.kind.value));

function parsed(text: string): Raw | null {
  try {
    const raw: unknown = JSON.parse(text);
    return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw as Raw : null;
  } catch {
    return null; // counted as unread by the caller
  }
}

/** Keeps what has its shape; says of the rest whether it is news or broken. */
function sift(list: unknown, schema: { safeParse(one: unknown): { success: boolean } }, known: ReadonlySet<unknown>, left: Read): unknown[] {
  return (Array.isArray(list) ? list : []).filter((one: unknown) => {
    if (schema.safeParse(one).success) return true;
    const kind = (one as Raw | null)?.['kind'];
    if (typeof kind === 'string' && !known.has(kind)) left.newer.push(kind); else left.unread++;
    return false;
  });
}

/** The same frame without what cannot be read in it; an answer keeps its meaning whatever it carries. */
function mended(raw: Raw, left: Read): Raw {
  const { refusal, message: _message, note: _note, ...rest } = raw;
  switch (raw['type']) {
    case 'feed': return { ...raw, rows: sift(raw['rows'], FeedRow, KINDS, left) };
    case 'messages': return { ...raw, messages: sift(raw['messages'], Message, MESSAGE_KINDS, left) };
    // The words it became come again with their stream.
    case 'ack': left.unread++; return rest;
    case 'nack': {
      const { code, message } = (refusal ?? {}) as Raw;
      // A reason nobody knew of when this was built: refused for good, in the companion's own words.
      return RefusalCode.safeParse(code).success ? raw : { ...rest, refusal: { code: 'wrong_state', message } };
    }
    default: return raw;
  }
}

/** Reads leniently, so that one strange row never stops the feed: the cursor moves on over it. Never throws. */
export function readFrame(text: string): Read {
  const left: Read = { frame: null, newer: [], unread: 0 };
  const raw = parsed(text);
  if (!raw) return { ...left, unread: 1 };
  if (typeof raw['type'] === 'string' && !TYPES.has(raw['type'])) return { ...left, newer: [raw['type']] };
  const whole = AgentDown.safeParse(raw);
  if (whole.success) return { ...left, frame: whole.data };
  const rest = AgentDown.safeParse(mended(raw, left));
  return rest.success ? { ...left, frame: rest.data } : { ...left, unread: Math.max(1, left.unread) };
}
