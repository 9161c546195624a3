import { useState } from 'react';
import type { BotId } from '#lib/protocol/ids.ts';
import type { Tried, TryRequest } from '#lib/protocol/try.ts';
import { TryDetector } from '#components/detector/try-detector.tsx';
import { tryDetector } from './try-api.ts';

export interface DetectorProps {
  botId: BotId;
  /** What the visitor of the chat beside it has said, oldest first. */
  said: readonly string[];
  /** Settings that are not saved yet; absent: the saved ones. */
  unsaved?: Pick<TryRequest, 'handoff' | 'detection'>;
}

/** Try the detector, asking the companion. */
export function Detector({ botId, said, unsaved }: DetectorProps) {
  const [tried, setTried] = useState<{ answer: Tried; settings: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const settings = JSON.stringify(unsaved ?? null);
  const attempt = async (request: TryRequest) => {
    setBusy(true);
    setProblem(null);
    try {
      setTried({ answer: await tryDetector(botId, { ...request, ...unsaved }), settings });
    } catch (error) {
      setTried(null);
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return <TryDetector isBusy={isBusy} tried={tried?.answer ?? null} isOld={tried !== null && tried.settings !== settings} withUnsaved={unsaved !== undefined} problem={problem} said={said} onTry={(request) => void attempt(request)} />;
}
