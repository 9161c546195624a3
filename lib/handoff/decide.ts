import type { Meter } from '#lib/protocol/conversation.ts';
import type { HandoffSettings } from '#lib/protocol/settings.ts';
import type { Decision } from './op.ts';

/** What one visitor turn showed: the rule detectors' findings and the bot's own signals (lib/companion/bot/bot.ts). */
export interface TurnSignals {
  /** By rules outside the bot: does the visitor ask for a person? */
  request: { strength: 'none' | 'ambiguous' | 'explicit'; evidence: string | null };
  /** Free-text answer to a standing offer. */
  consent: 'yes' | 'no' | null;
  smallTalk: boolean;
  /** The visitor says that the answer helped ("thanks, that worked"). */
  satisfied: boolean;
  /** Calibrated chance that the bot's reply is right and in scope, 0 to 1. */
  answerable: number;
  repeated: boolean; frustration: number; wantsHuman: number; policyHits: string[];
}
export type DecideEvent =
  | { type: 'turn'; signals: TurnSignals }
  | { type: 'offer'; accept: boolean }
  | { type: 'feedback'; value: 'up' | 'down' };

/** Law 4 and law 5: pure, replayable. Stub until lib/handoff/decide is written. */
export function decide(meter: Meter, event: DecideEvent, settings: HandoffSettings, now: number): Decision {
  void event; void settings; void now;
  return { action: 'answer', reasons: [], meter };
}
