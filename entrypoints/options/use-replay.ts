import { useEffect, useRef, useState } from 'react';
import type { BotId } from '#lib/protocol/ids.ts';
import type { ReplayRequest } from '#lib/protocol/replay.ts';
import { begin, cancel, fail, take, type LabState } from '#components/lab/lab-state.ts';
import { replayBot } from './replay-api.ts';

export interface ReplayRun { state: LabState; run: (settings: string, body: ReplayRequest) => void; cancel: () => void }

/** One run at a time; it ends with the screen that shows it. */
export function useReplay(botId: BotId): ReplayRun {
  const [state, setState] = useState<LabState>({ name: 'idle' });
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  const run = async (settings: string, body: ReplayRequest): Promise<void> => {
    current.current?.abort();
    const own = current.current = new AbortController();
    const change = (next: (before: LabState) => LabState): void => { if (current.current === own) setState(next); };
    setState(begin(settings));
    try {
      for await (const lines of replayBot(botId, body, own.signal)) change((before) => lines.reduce(take, before));
      change((before) => fail(before, 'The companion’s answer broke off. Run it again.'));
    } catch (error) {
      change((before) => fail(before, error instanceof Error ? error.message : String(error)));
    }
  };
  return {
    state, run: (settings, body) => void run(settings, body),
    cancel: () => { setState(cancel); current.current?.abort(); },
  };
}
