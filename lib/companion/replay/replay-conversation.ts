import { setImmediate } from 'node:timers/promises';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { Message } from '#lib/protocol/message.ts';
import type { Difference, Reached, ReplayedConversation } from '#lib/protocol/replay.ts';
import type { Bot as Settings, Workspace } from '#lib/protocol/settings.ts';
import type { TurnRecord } from '#lib/protocol/turn.ts';
import { compare, type Pair } from './compare.ts';
import { playStretch } from './play.ts';
import { stretchesOf, type SayStep, type Step } from './stretches.ts';
import type { TurnSource } from './turn-source.ts';

/** Differences listed of one conversation. */
const LISTED = 5;

export interface BothSettings { saved: Settings; changed: Settings; workspace: Workspace; source: TurnSource }
export type Replayed = Omit<ReplayedConversation, 'type' | 'done'>;

/** What the saved and the changed settings would make of one conversation; null: the bot took no line of it. @throws the signal's reason */
export async function replayConversation(both: BothSettings, conversation: Conversation, messages: readonly Message[], turns: readonly TurnRecord[], signal: AbortSignal): Promise<Replayed | null> {
  const stretches = stretchesOf(messages, turns);
  if (stretches.length === 0) return null;
  const replayed: Replayed = {
    id: conversation.id, channel: conversation.channel, visitor: conversation.visitor.name, lastAt: conversation.lastAt,
    turns: [], saved: { offered: false, escalated: false }, changed: { offered: false, escalated: false }, differences: [], more: 0,
  };
  for (const steps of stretches) await addStretch(both, replayed, steps, signal);
  // What is about a person first: that is what one looks for.
  const all = [...replayed.differences.filter(({ kind }) => kind !== 'answer'), ...replayed.differences.filter(({ kind }) => kind === 'answer')];
  return { ...replayed, differences: all.slice(0, LISTED), more: Math.max(0, all.length - LISTED) };
}

async function addStretch({ saved, changed, workspace, source }: BothSettings, replayed: Replayed, steps: readonly Step[], signal: AbortSignal): Promise<void> {
  const first = await playStretch({ settings: saved, workspace, source }, steps, signal);
  const second = await playStretch({ settings: changed, workspace, source }, steps, signal);
  const pairs = first.outcomes.map((outcome, at): Pair => ({ saved: outcome, changed: second.outcomes[at] ?? null }));
  const about = linesOf(steps);
  about.forEach(({ line: { record }, on }, at) => {
    if (on === 'line') replayed.turns.push({ index: record.index, really: record.action, saved: pairs[at]?.saved?.decided.action ?? null, changed: pairs[at]?.changed?.decided.action ?? null });
  });
  replayed.differences.push(...compare(pairs).flatMap(({ at, kind }): Difference[] => {
    const [pair, one] = [pairs[at], about[at]];
    if (!pair || !one) return [];
    const { message: { index, text }, record: { action, reasons, signals, at: when } } = one.line;
    return [{ kind, index, text, on: one.on, saved: pair.saved?.decided ?? null, changed: pair.changed?.decided ?? null, really: { action, reasons, signals, at: when } }];
  }));
  replayed.saved = either(replayed.saved, first.reached);
  replayed.changed = either(replayed.changed, second.reached);
  await setImmediate();
}

/** The line behind each outcome. */
function linesOf(steps: readonly Step[]): { line: SayStep; on: Difference['on'] }[] {
  let line: SayStep | null = null;
  return steps.flatMap((step) => {
    if (step.do === 'say') line = step;
    return line === null || step.do === 'answer' ? [] : [{ line, on: step.do === 'say' ? 'line' as const : 'feedback' as const }];
  });
}

const either = (one: Reached, other: Reached): Reached => ({ offered: one.offered || other.offered, escalated: one.escalated || other.escalated });
