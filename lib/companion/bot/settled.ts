import { decide } from '#lib/handoff/decide.ts';
import type { Decision } from '#lib/handoff/op.ts';
import type { Meter } from '#lib/protocol/conversation.ts';
import type { Bot as Settings } from '#lib/protocol/settings.ts';
import { turnSignals } from './turn.ts';

/** What the words of this one message come to, whatever a bot would say. */
export const byRules = ({ handoff, detection }: Pick<Settings, 'handoff' | 'detection'>, meter: Meter, text: string, now: number): Decision =>
  decide(meter, { type: 'turn', signals: turnSignals(text, [], null, detection?.policies ?? []) }, handoff, now);

const SETTLES: ReadonlySet<Decision['action']> = new Set(['escalate', 'point', 'decline']);
/** A bot's answer changes nothing of it, and is not shown. */
export const isSettled = ({ action }: Decision): boolean => SETTLES.has(action);
