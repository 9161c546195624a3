import { useState } from 'react';
import { isAtLeast } from '#lib/protocol/permission.ts';
import type { Unanswered } from '#lib/protocol/knowledge.ts';
import type { BotId, ConversationId } from '#lib/protocol/ids.ts';
import type { Role } from '#lib/protocol/settings.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { SkeletonRows } from '#components/ui/empty-state.tsx';
import type { EntryWords } from '#components/settings/entry-form.tsx';
import { AddFiles, AddQuestion } from '#components/settings/knowledge-add.tsx';
import { KnowledgeList } from '#components/settings/knowledge-list.tsx';
import { KnowledgeProposals } from '#components/settings/knowledge-proposals.tsx';
import { UnansweredList } from '#components/settings/unanswered-list.tsx';
import css from '#components/settings/settings.module.css';
import { useKnowledge } from './use-knowledge.ts';
import type { Notice } from './use-notice.ts';

const EMPTY: EntryWords = { title: '', text: '', phrasings: [] };
const inInbox = (conversationId: string): string => `/inbox.html#${conversationId}`;

/** What the bot answers from, what it could not answer, and what is proposed. Every change applies at once. */
export function KnowledgeTab({ botId, role, isOnline, notice }: { botId: BotId; role: Role; isOnline: boolean; notice: Notice }) {
  const { held, problem, isBusy, isLearning, load, add, propose, save, accept, remove, files } = useKnowledge(botId, notice);
  const [draft, setDraft] = useState<{ id: number; words: EntryWords; from: ConversationId | null }>({ id: 0, words: EMPTY, from: null });
  const isAdmin = isAtLeast(role, 'admin');
  const begin = (words: EntryWords, from: ConversationId | null) => setDraft(({ id }) => ({ id: id + 1, words, from }));
  const keep = async (words: EntryWords) => {
    // Where the answer goes by another question, it is still known as visitors asked it.
    const asked = draft.words.title !== '' && draft.words.title !== words.title ? [draft.words.title] : [];
    const whole = { ...words, phrasings: [...new Set([...asked, ...words.phrasings])] };
    const refused = await (isAdmin ? add(whole) : propose(whole, draft.from));
    if (refused) notice.say(refused, true);
    else begin(EMPTY, null);
  };
  const answer = ({ question, wordings, conversationIds }: Unanswered) => begin({ title: question, text: '', phrasings: wordings }, conversationIds[0] ?? null);
  const discard = async (...of: Parameters<typeof remove>) => { const refused = await remove(...of); if (refused) notice.say(refused, true); };
  const proposals = held?.entries.filter(({ proposed }) => proposed) ?? [];
  return (
    <>
      <div className={css.col}>
        {problem ? <Banner tone="bad" actions={<Button small onClick={() => void load()}>Try again</Button>}>{problem}</Banner> : null}
        <KnowledgeProposals proposals={proposals} mayDecide={isOnline && isAtLeast(role, 'lead')} hrefOf={inInbox} onAccept={accept} onReject={(entry) => void discard(entry)} />
        {held ? <KnowledgeList entries={held.entries.filter(({ proposed }) => !proposed)} isReadOnly={!isAdmin || !isOnline} isLearning={isLearning} onSave={save} onRemove={(entry) => void discard(entry)} /> : problem ? null : <SkeletonRows />}
      </div>
      <div className={css.col}>
        {held ? <UnansweredList questions={held.unanswered} now={Date.now()} isOnline={isOnline} hrefOf={inInbox} onAnswer={answer} /> : null}
        {isOnline ? <AddQuestion isBusy={isBusy} draft={draft} isProposal={!isAdmin} onAdd={(words) => void keep(words)} /> : null}
        {isAdmin && isOnline ? <AddFiles isBusy={isBusy} refused={files.refused} results={files.results} onFiles={(chosen) => void files.add(chosen)} /> : null}
      </div>
    </>
  );
}
