import { decide } from '#lib/handoff/decide.ts';
import type { Message, Said } from '#lib/protocol/message.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';

/** The visitor's line, the record of the turn the bot took on it, and what it said then beside an offer. */
export interface SayStep { do: 'say'; message: Said; record: TurnRecord; reply: Said | null }
/** Something the visitor did while the bot had the floor: wrote, gave the latest answer a thumb, or pressed a button of an offer. */
export type Step = SayStep | { do: 'rate'; value: 'up' | 'down' } | { do: 'answer'; accept: boolean };

const ENDS: ReadonlySet<string> = new Set(['queued', 'offline', 'joined']);
const BEGINS_ANEW: ReadonlySet<string> = new Set(['returned', 'resolved', 'reopened']);

/**
 * A conversation as a replay plays it: one list of steps for each stretch with the bot, because the detector forgets what
 * was before it. Lines the team answered are not in it, nor is anything after a person was fetched: the visitor wrote it
 * to somebody else.
 * @param messages oldest first
 */
export function stretchesOf(messages: readonly Message[], turns: readonly TurnRecord[]): Step[][] {
  const records = new Map(turns.map((one) => [one.index, one]));
  const parts: Said[][] = [[]];
  let isOver = false;
  for (const message of messages) {
    if (message.kind === 'said') { if (!isOver) parts.at(-1)?.push(message); continue; }
    if (BEGINS_ANEW.has(message.what.type)) { parts.push([]); isOver = false; }
    else if (ENDS.has(message.what.type)) isOver = true;
  }
  return parts.map((part) => stepsOf(part, records)).filter((steps) => steps.length > 0);
}

function stepsOf(said: readonly Said[], records: ReadonlyMap<number, TurnRecord>): Step[] {
  const bots = said.filter(({ author }) => author.kind === 'bot');
  const lines = said.flatMap((message): SayStep[] => {
    const record = message.author.kind === 'visitor' ? records.get(message.index) : undefined;
    return record ? [{ do: 'say', message, record, reply: bots.find((one) => one.at === record.at && one.index > message.index && !one.offer) ?? null }] : [];
  });
  const pressed = bots.flatMap((offer) => pressedAt(offer, lines));
  return lines.flatMap((line): Step[] => [
    line,
    ...bots.flatMap(({ at, index, feedback }): Step[] => (feedback && at === line.record.at && index > line.message.index ? [{ do: 'rate', value: feedback }] : [])),
    ...pressed.flatMap(({ after, accept }): Step[] => (after === line ? [{ do: 'answer', accept }] : [])),
  ]);
}

/** After which line an offer was answered by its button; nothing for one that was answered in words, lapsed or still stands. */
function pressedAt({ id, index, at, offer }: Said, lines: readonly SayStep[]): { after: SayStep; accept: boolean }[] {
  if (!offer?.answer || offer.answer === 'lapsed') return [];
  const stood = lines.findLast(({ record }) => record.meter.offer?.messageId === id);
  const after = stood ?? lines.findLast(({ message, record }) => message.index < index && record.at <= at);
  return after && !(stood && isSettledBy(stood.record)) ? [{ after, accept: offer.answer === 'accepted' }] : [];
}

/** The line itself said yes or no to the offer that stood. */
const isSettledBy = ({ meter, signals, handoff, at }: TurnRecord): boolean => decide(meter, { type: 'turn', signals }, handoff, at).settled !== undefined;
