import { DEFAULT_DETECTION, type Bot } from '#lib/protocol/settings.ts';
import type { TryRequest } from '#lib/protocol/try.ts';

/** A bot as it would be, except for what is asked elsewhere: the saved key would go to whatever address was typed. */
export function withUnsaved(saved: Bot, { handoff = saved.handoff, detection }: Pick<TryRequest, 'handoff' | 'detection'>): Bot {
  if (!detection) return { ...saved, handoff };
  return { ...saved, handoff, detection: { ...detection, embedder: saved.detection?.embedder ?? DEFAULT_DETECTION.embedder } };
}
