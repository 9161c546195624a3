import { decide } from '#lib/handoff/decide.ts';
import type { Meter } from '#lib/protocol/conversation.ts';
import type { Message } from '#lib/protocol/message.ts';
import type { Bot as Settings } from '#lib/protocol/settings.ts';
import type { Action } from '#lib/protocol/turn.ts';
import { turnSignals } from './turn.ts';

/** Of what the rules decide without the bot, what stays whatever the bot says. */
const SETTLES: ReadonlySet<Action> = new Set<Action>(['escalate', 'point', 'decline']);

/** Whether what a bot says to this message is not shown anyway: a person was asked for (law 4), or an admin's word fetches one. */
export function settledByRules(meter: Meter, text: string, transcript: readonly Message[], { handoff, detection }: Pick<Settings, 'handoff' | 'detection'>, now: number): boolean {
  return SETTLES.has(decide(meter, { type: 'turn', signals: turnSignals(text, transcript, null, detection?.policies ?? []) }, handoff, now).action);
}
