import { uuid } from '#lib/base/uuid.ts';
import { SECOND } from '#lib/base/time.ts';
import { decide } from '#lib/handoff/decide.ts';
import type { BotAct } from '#lib/handoff/op.ts';
import type { MemberId, MessageId } from '#lib/protocol/ids.ts';
import type { Bot as Settings, Workspace } from '#lib/protocol/settings.ts';
import type { TriedLine, TriedTurn } from '#lib/protocol/try.ts';
import type { Bot, BotTurn, TurnContext } from './bot.ts';
import { createRehearsal, type Rehearsal } from './rehearsal.ts';
import { turnSignals } from './turn.ts';

/** Between two lines: a visitor who writes without a pause, so that no offer lapses by time. */
const LINE_MS = 10 * SECOND;

export interface TryParts {
  settings: Settings; workspace: Workspace; connected: readonly MemberId[]; now: number;
  botOf: (settings: Settings) => Promise<Bot>;
  /** A bot slower than this has missed, ms. */
  timeoutMs: number;
  /** Of all lines together, ms: whoever asked waits for one answer. */
  allMs: number;
}

/** What the bot would make of each line of a conversation: its own answers, the rules and the meter as they ship. */
export async function tryLines(parts: TryParts, lines: readonly string[]): Promise<TriedLine[]> {
  const rehearsal = createRehearsal(parts);
  const deadline = AbortSignal.timeout(parts.allMs);
  const tried: TriedLine[] = [];
  for (const [at, text] of lines.entries()) tried.push(await tryLine(parts, rehearsal, deadline, { text, now: parts.now + at * LINE_MS, isLast: at === lines.length - 1 }));
  return tried;
}

interface Line { text: string; now: number; isLast: boolean }

async function tryLine(parts: TryParts, rehearsal: Rehearsal, deadline: AbortSignal, { text, now, isLast }: Line): Promise<TriedLine> {
  const began = performance.now();
  rehearsal.act({ by: 'visitor', act: { type: 'visitor.message', id: uuid(now) as MessageId, text } }, now);
  const { owed, meter: before } = rehearsal.conversation();
  if (!owed) return { text, turn: null, shown: [] };
  const { settings } = parts;
  const transcript = rehearsal.messages();
  const context: TurnContext = { botName: settings.name, text, language: null, transcript, turnId: uuid(now), ...(settings.detection ? { falseReject: settings.detection.falseReject } : {}) };
  const asked = await ask(parts, context, deadline, isLast);
  const { turn } = asked;
  const signals = turnSignals(text, transcript, turn, settings.detection?.policies ?? []);
  const decision = decide(before, { type: 'turn', signals }, settings.handoff, now);
  const reply = turn?.reply ? { id: uuid(now) as MessageId, text: turn.reply.text, sources: turn.reply.sources.map(({ id, title }) => ({ id, title })) } : null;
  const act: BotAct = { type: 'bot.turn', index: owed.last, reply, decision, signals, engine: turn?.engine ?? null, degraded: turn?.degraded ?? false };
  const wasEscalated = rehearsal.conversation().status === 'escalated';
  const { shown, turn: record } = rehearsal.act({ by: 'bot', act }, now);
  const { meter: after, status } = rehearsal.conversation();
  // The record is what was decided at commit: who is escalated already is made no offer.
  const { action, reasons } = record ?? decision;
  const done: TriedTurn = {
    action, reasons, trigger: status === 'escalated' && !wasEscalated ? decision.trigger ?? null : null, signals, before, after,
    reply: turn?.reply ?? null, engine: turn?.engine ?? null, degraded: turn?.degraded ?? false, problem: asked.problem,
    tookMs: performance.now() - began, explained: asked.explained,
  };
  return { text, turn: done, shown };
}

interface Asked { turn: BotTurn | null; problem: string | null; explained: TriedTurn['explained'] }

/** The bot's turn as the runner would take it: one that fails or is too slow counts as no answer, and here it also says why. */
async function ask(parts: TryParts, context: TurnContext, deadline: AbortSignal, isLast: boolean): Promise<Asked> {
  const signal = AbortSignal.any([deadline, AbortSignal.timeout(parts.timeoutMs)]);
  const stopped = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
  // Nobody may be waiting for it any more when it comes.
  stopped.catch(() => undefined);
  try {
    signal.throwIfAborted();
    const bot = await Promise.race([parts.botOf(parts.settings), stopped]);
    const [turn, explained] = await Promise.race([Promise.all([bot.respond(context, signal), isLast && bot.explain ? bot.explain(context) : null]), stopped]);
    if (turn === 'later') return { turn: null, explained, problem: 'The bot answers later, by its own call; until then the rules go on without it.' };
    return { turn, explained, problem: null };
  } catch (error) {
    const tooLong = signal.aborted ? `The bot did not answer within ${Math.round((deadline.aborted ? parts.allMs : parts.timeoutMs) / SECOND)} s` : null;
    return { turn: null, explained: null, problem: `${tooLong ?? `The bot failed: ${error instanceof Error ? error.message : String(error)}`}. It counts as no answer.` };
  }
}
