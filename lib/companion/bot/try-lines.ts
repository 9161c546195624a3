import { uuid } from '#lib/base/uuid.ts';
import { SECOND } from '#lib/base/time.ts';
import { decide } from '#lib/handoff/decide.ts';
import type { BotAct } from '#lib/handoff/op.ts';
import type { MemberId, MessageId } from '#lib/protocol/ids.ts';
import type { Bot as Settings, Workspace } from '#lib/protocol/settings.ts';
import type { TriedLine, TriedTurn } from '#lib/protocol/try.ts';
import type { Bot, BotTurn, TurnContext } from './bot.ts';
import { withoutPromise } from './guard.ts';
import { createRehearsal, type Rehearsal } from './rehearsal.ts';
import { byRules, isSettled } from './settled.ts';
import { turnIdOf } from './turn-id.ts';
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
  const context: TurnContext = { botName: settings.name, text, language: null, transcript, turnId: turnIdOf(rehearsal.conversation().id, owed.last), isSettled: isSettled(byRules(settings, before, text, now)), ...(settings.detection ? { falseReject: settings.detection.falseReject } : {}) };
  const asked = await ask(parts, context, deadline);
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
  const tookMs = performance.now() - began;
  const why = isLast ? await explain(parts, context, deadline) : { explained: null, problem: null };
  const done: TriedTurn = {
    action, reasons, trigger: status === 'escalated' && !wasEscalated ? decision.trigger ?? null : null, signals, before, after,
    reply: turn?.reply ?? null, engine: turn?.engine ?? null, degraded: turn?.degraded ?? false, problem: asked.problem ?? why.problem,
    tookMs, explained: why.explained,
  };
  return { text, turn: done, shown };
}

/** @throws what the bot threw, or words for a bot that took too long */
async function within<T>({ timeoutMs, allMs }: TryParts, deadline: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.any([deadline, AbortSignal.timeout(timeoutMs)]);
  const late = (): Error => new Error(`no answer within ${(deadline.aborted ? allMs : timeoutMs) / SECOND} s`);
  if (signal.aborted) throw late();
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => { stop = () => reject(late()); });
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work(signal), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The bot's turn as the runner would take it: one that fails or is too slow counts as no answer, and here it also says why. */
async function ask(parts: TryParts, context: TurnContext, deadline: AbortSignal): Promise<{ turn: BotTurn | null; problem: string | null }> {
  try {
    const turn = await within(parts, deadline, async (signal) => await (await parts.botOf(parts.settings)).respond(context, signal));
    return turn === 'later' ? { turn: null, problem: 'The bot answers later, by its own call; until then the rules go on without it.' } : { turn: withoutPromise(turn), problem: null };
  } catch (error) {
    return { turn: null, problem: `The bot failed: ${said(error)}. It counts as no answer.` };
  }
}

/** What visitors get does not hang on it. */
async function explain(parts: TryParts, context: TurnContext, deadline: AbortSignal): Promise<Pick<TriedTurn, 'explained' | 'problem'>> {
  try {
    return { explained: await within(parts, deadline, async () => await (await parts.botOf(parts.settings)).explain?.(context) ?? null), problem: null };
  } catch (error) {
    return { explained: null, problem: `The best entries cannot be shown: ${said(error)}.` };
  }
}
