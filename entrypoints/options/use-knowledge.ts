import { useCallback, useEffect, useState } from 'react';
import { proposeKnowledge } from '#lib/extension/api.ts';
import type { FileResult, KnowledgeEntry, Unanswered } from '#lib/protocol/knowledge.ts';
import type { BotId, ConversationId } from '#lib/protocol/ids.ts';
import type { EntryWords } from '#components/settings/entry-form.tsx';
import { readFiles, type RefusedFile } from '#components/settings/knowledge-files.ts';
import { addedWords } from '#components/settings/knowledge-words.ts';
import { acceptKnowledge, addKnowledge, learnt, listKnowledge, listUnanswered, removeKnowledge, saveKnowledge } from './knowledge-api.ts';
import type { Notice } from './use-notice.ts';

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Everything of the Knowledge tab that is the companion's, read anew after each change: a colleague may have changed it too. */
export function useKnowledge(botId: BotId, notice: Notice) {
  const [held, setHeld] = useState<{ entries: KnowledgeEntry[]; unanswered: Unanswered[] } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isLearning = useLearning(botId, held?.entries ?? null);
  const load = useCallback(async () => {
    setProblem(null);
    try {
      const [entries, unanswered] = await Promise.all([listKnowledge(botId), listUnanswered(botId)]);
      setHeld({ entries: entries.toSorted((one, other) => other.at - one.at), unanswered });
    } catch (error) {
      setProblem(said(error));
    }
  }, [botId]);
  useEffect(() => { void load(); }, [load]);
  /** Null when it was done, or why not; either way what is shown is what is there now. */
  const act = async (what: () => Promise<string>): Promise<string | null> => {
    setBusy(true);
    try {
      notice.say(await what());
      return null;
    } catch (error) {
      return said(error);
    } finally {
      await load();
      setBusy(false);
    }
  };
  const edit = ({ title, text, phrasings }: EntryWords, at: number) => ({ title, text, phrasings, at });
  return {
    held, problem, isBusy, isLearning, load,
    add: ({ title, text, phrasings }: EntryWords) => act(async () => {
      const answer = await addKnowledge(botId, { faq: [{ question: title, answer: text, ...(phrasings.length > 0 ? { phrasings } : {}) }] });
      if (answer.refused[0]) throw new Error(answer.refused[0].reason);
      return addedWords(answer);
    }),
    propose: ({ title, text, phrasings }: EntryWords, conversationId: ConversationId | null) => act(async () => { await proposeKnowledge(botId, { question: title, answer: text, phrasings, conversationId }); return 'Proposed. A lead or an admin decides.'; }),
    save: (entry: KnowledgeEntry, at: number, words: EntryWords) => act(async () => { await saveKnowledge(botId, entry.id, edit(words, at)); return 'Saved.'; }),
    accept: (entry: KnowledgeEntry, words: EntryWords) => act(async () => { await acceptKnowledge(botId, entry.id, edit(words, entry.at)); return 'Accepted. The bot answers with it.'; }),
    remove: (entry: KnowledgeEntry) => act(async () => { await removeKnowledge(botId, entry.id); return entry.proposed ? 'Rejected.' : 'Deleted.'; }),
    files: useFiles(botId, act),
  };
}

/** Whether the bot is still learning what these entries say. */
function useLearning(botId: BotId, entries: readonly KnowledgeEntry[] | null): boolean {
  const [of, setOf] = useState<{ learnt: readonly KnowledgeEntry[] | null }>({ learnt: null });
  useEffect(() => {
    let isOver = false;
    // What cannot be asked is not shown as being under way for ever.
    const done = (): void => { if (!isOver) setOf({ learnt: entries }); };
    if (entries) learnt(botId).then(done, (error: unknown) => { console.warn('Whether the bot has learnt could not be asked', error); done(); });
    return () => { isOver = true; };
  }, [botId, entries]);
  return entries !== null && of.learnt !== entries;
}

/** Files with what became of each. */
function useFiles(botId: BotId, act: (what: () => Promise<string>) => Promise<string | null>) {
  const [refused, setRefused] = useState<RefusedFile[]>([]);
  const [results, setResults] = useState<FileResult[]>([]);
  const add = async (files: File[]): Promise<void> => {
    const { good, refused: bad } = await readFiles(files);
    setRefused(bad);
    setResults([]);
    // One at a time: three files of 2 MB in one request would be refused together.
    for (const file of good) {
      const why = await act(async () => {
        const answer = await addKnowledge(botId, { files: [file] });
        setResults((now) => [...now, ...answer.files]);
        setRefused((now) => [...now, ...answer.refused]);
        return answer.files.length > 0 ? `${file.name} was read.` : `${file.name} was not added.`;
      });
      if (why) setRefused((now) => [...now, { name: file.name, reason: why }]);
    }
  };
  return { refused, results, add };
}
