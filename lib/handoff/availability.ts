import { DEFAULT_AGENT_LABEL, DEFAULT_OFFLINE_MESSAGE, type Bot, type BotSettings } from '#lib/protocol/settings.ts';

/** Why visitors get the offline path, or null when a person can be reached (law 9). */
export type Unreachable = 'handoff_off' | 'switched_off' | 'nobody_connected';

/** @param connected how many agents hold a live lease */
export function whyUnreachable(bot: Pick<Bot, 'handoff' | 'availability'>, connected: number): Unreachable | null {
  if (!bot.handoff.enabled) return 'handoff_off';
  if (!bot.availability.on) return 'switched_off';
  if (connected === 0 && !bot.handoff.keepOn) return 'nobody_connected';
  return null;
}

export const agentLabel = (bot: Pick<BotSettings, 'handoff'>): string => bot.handoff.agentLabel || DEFAULT_AGENT_LABEL;
export const offlineMessage = (bot: Pick<BotSettings, 'handoff'>): string => bot.handoff.offlineMessage || DEFAULT_OFFLINE_MESSAGE;
