import { useState } from 'react';
import type { ToastMessage } from '#components/ui/toast.tsx';
import { notDoneWords } from '#components/settings/refusal-words.ts';
import type { Command } from '#lib/protocol/command.ts';
import type { CommandAnswer } from '#lib/protocol/runtime.ts';
import { run } from './act.ts';

export interface Notice {
  message: ToastMessage | null; close: () => void; say: (text: string, bad?: boolean) => void;
  /** Runs a command and says how it went; null when it was not done. */
  perform: (command: Command, done: string) => Promise<Extract<CommandAnswer, { ok: true }> | null>;
}

/** The page's one status line. */
export function useNotice(): Notice {
  const [message, setMessage] = useState<ToastMessage | null>(null);
  const say = (text: string, bad = false) => setMessage((last) => ({ id: (last?.id ?? 0) + 1, text, bad }));
  const perform: Notice['perform'] = async (command, done) => {
    const answer = await run(command);
    say(answer.ok ? done : notDoneWords(answer), !answer.ok);
    return answer.ok ? answer : null;
  };
  return { message, close: () => setMessage(null), say, perform };
}
