import { useRef, useState } from 'react';
import { uuid } from '#lib/base/uuid.ts';
import { readFiles, type RefusedFile } from '#components/settings/knowledge-files.ts';
import { notDoneWords } from '#components/settings/refusal-words.ts';
import { markPart, nextPart, type Part } from '#components/wizard/finish.ts';
import { addFiles, nextStep, settingsOfWizard, startWizard, type Wizard } from '#components/wizard/wizard.ts';
import type { Command } from '#lib/protocol/command.ts';
import { run } from './act.ts';
import { addKnowledge } from './knowledge-api.ts';

/** The bot that is being added. The page keeps it, so that a look at another tab of the settings loses nothing. */
export interface WizardDesk { current: Wizard | null; change: (next: Wizard) => void; next: () => void; files: (files: File[]) => Promise<void>; again: () => void; end: () => void; isReading: boolean; begin: () => void }

/** What a part came to: words when it failed, and the files that the companion refused. */
interface Came { problem: string | null; refused: RefusedFile[] }

async function command(part: Part, what: Command): Promise<Came> {
  const answer = await run(what, part.id);
  return { problem: answer.ok ? null : notDoneWords(answer), refused: [] };
}

/** One part, with the id it has had from the start: a second time it finds itself done. */
async function doPart(wizard: Wizard, part: Part): Promise<Came> {
  const { botId, name, pairs, files } = wizard;
  switch (part.kind) {
    case 'bot': return await command(part, { type: 'bot.add', botId, name: name.trim() });
    // Forced: the bot came a moment ago and nobody else has edited it, and the same words under the same id are done once.
    case 'settings': return await command(part, { type: 'bot.save', botId, baseSeq: 0, settings: settingsOfWizard(wizard), force: true });
    case 'available': return await command(part, { type: 'availability.set', botIds: [botId], on: true });
    case 'questions': case 'file': {
      const chosen = files.filter(({ id }) => id === part.id).map(({ name: file, base64 }) => ({ name: file, base64 }));
      try {
        const { refused } = await addKnowledge(botId, part.kind === 'file' ? { files: chosen } : { faq: pairs });
        return { problem: null, refused };
      } catch (error) {
        return { problem: error instanceof Error ? error.message : String(error), refused: [] };
      }
    }
  }
}

export function useWizard(): WizardDesk {
  const [current, show] = useState<Wizard | null>(null);
  const [isReading, setReading] = useState(false);
  // What runs on reads the newest state, not that of the click it began with.
  const held = useRef<Wizard | null>(null);
  const set = (next: Wizard | null) => { held.current = next; show(next); };
  const finish = async (): Promise<void> => {
    for (;;) {
      const now = held.current;
      const part = now?.finish && nextPart(now.finish);
      if (!now?.finish || !part) break;
      set({ ...now, finish: { ...markPart(now.finish, part.id, 'doing'), isRunning: true } });
      const { problem, refused } = await doPart(now, part);
      // A later wizard may stand there by now.
      if (held.current?.botId !== now.botId || !held.current.finish) return;
      set({ ...held.current, refused: [...held.current.refused, ...refused], finish: { ...markPart(held.current.finish, part.id, problem ? 'failed' : 'done', problem), isRunning: problem === null } });
      if (problem) return;
    }
    const done = held.current;
    if (done?.finish) set({ ...done, finish: { ...done.finish, isRunning: false } });
  };
  return {
    current, isReading, change: set, end: () => set(null),
    begin: () => { if (!held.current) set(startWizard(uuid)); },
    again: () => { if (!held.current?.finish?.isRunning) void finish(); },
    next() {
      if (!held.current) return;
      set(nextStep(held.current, uuid));
      if (held.current.finish && !held.current.finish.isRunning) void finish();
    },
    async files(chosen) {
      setReading(true);
      const { good, refused } = await readFiles(chosen);
      setReading(false);
      if (held.current) set(addFiles(held.current, good, refused, uuid));
    },
  };
}
