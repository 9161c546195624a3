import { useCallback, useEffect, useState } from 'react';
import type { KnowledgeAdd, KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { BotId } from '#lib/protocol/ids.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { SkeletonRows } from '#components/ui/empty-state.tsx';
import { AddFiles, AddQuestion } from '#components/settings/knowledge-add.tsx';
import { readFiles, type RefusedFile } from '#components/settings/knowledge-files.ts';
import { KnowledgeList } from '#components/settings/knowledge-list.tsx';
import css from '#components/settings/settings.module.css';
import { addKnowledge, listKnowledge, removeKnowledge } from './knowledge-api.ts';
import type { Notice } from './use-notice.ts';

/** What the bot answers from. Every change applies at once. */
export function KnowledgeTab({ botId, isReadOnly, notice }: { botId: BotId; isReadOnly: boolean; notice: Notice }) {
  const { entries, problem, isBusy, refused, load, add, addFiles, remove } = useKnowledge(botId, notice);
  return (
    <>
      <div className={css.col}>
        {problem ? <Banner tone="bad" actions={<Button small onClick={() => void load()}>Try again</Button>}>{problem}</Banner> : null}
        {entries ? <KnowledgeList entries={entries} isReadOnly={isReadOnly} onRemove={(entry) => void remove(entry)} /> : problem ? null : <SkeletonRows />}
      </div>
      {isReadOnly ? <p className={css.mut}>Only admins can change these.</p> : (
        <div className={css.col}>
          <AddQuestion isBusy={isBusy} onAdd={async (question, answer) => (await add({ faq: [{ question, answer }] })).length === 0} />
          <AddFiles isBusy={isBusy} refused={refused} onFiles={(files) => void addFiles(files)} />
        </div>
      )}
    </>
  );
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function useKnowledge(botId: BotId, notice: Notice) {
  const [entries, setEntries] = useState<KnowledgeEntry[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<RefusedFile[]>([]);
  const load = useCallback(async () => {
    setProblem(null);
    try {
      setEntries(await listKnowledge(botId));
    } catch (error) {
      setProblem(said(error));
    }
  }, [botId]);
  useEffect(() => { void load(); }, [load]);
  /** Answers what was not kept. */
  const add = async (body: KnowledgeAdd): Promise<RefusedFile[]> => {
    setBusy(true);
    try {
      const answer = await addKnowledge(botId, body);
      const ids = new Set<string>(answer.added.map(({ id }) => id));
      setEntries((now) => [...answer.added, ...(now ?? []).filter(({ id }) => !ids.has(id))]);
      // A new version of a file took entries away as well.
      if (answer.removed) await load();
      if (answer.added.length > 0) notice.say(answer.added.length === 1 ? 'One entry was added; the bot uses it at once.' : `${answer.added.length} entries were added; the bot uses them at once.`);
      return answer.refused;
    } catch (error) {
      notice.say(said(error), true);
      return [{ name: body.faq?.[0]?.question ?? body.files?.map(({ name }) => name).join(', ') ?? '', reason: said(error) }];
    } finally {
      setBusy(false);
    }
  };
  const addFiles = async (files: File[]) => {
    const { good, refused: bad } = await readFiles(files);
    setRefused(bad);
    // One at a time: three files of 2 MB in one request would be refused together.
    for (const file of good) {
      const more = await add({ files: [file] });
      setRefused((now) => [...now, ...more]);
    }
  };
  const remove = async (entry: KnowledgeEntry) => {
    try {
      await removeKnowledge(botId, entry.id);
      setEntries((now) => now?.filter(({ id }) => id !== entry.id) ?? null);
      notice.say('Deleted.');
    } catch (error) {
      notice.say(said(error), true);
    }
  };
  return { entries, problem, isBusy, refused, load, add, addFiles, remove };
}
