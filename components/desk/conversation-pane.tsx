import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '#lib/protocol/conversation.ts';
import { ConversationHeader } from '#components/conversation/conversation-header.tsx';
import type { ConversationAction } from '#components/conversation/actions.ts';
import { seenIndex } from '#components/thread/merge.ts';
import type { PendingActs } from '#components/thread/pending-row.tsx';
import { Thread } from '#components/thread/thread.tsx';
import { VisitorData } from '#components/visitor-data/visitor-data.tsx';
import { useNow } from '#components/ui/use-now.ts';
import { WhyCard } from '#components/why/why-card.tsx';
import { refusalWords, type DeskActs, type DeskData, type DraftMode, type OpenData } from './model.ts';
import { ReplyBox } from './reply-box.tsx';
import { TeachCard } from './teach-card.tsx';
import { lessonOf, type Lesson } from './teach.ts';
import { useLostRace } from './use-lost-race.ts';
import css from './desk.module.css';

export interface ConversationPaneProps {
  data: DeskData; open: OpenData; conversation: Conversation; acts: DeskActs;
  say: (text: string, bad?: boolean) => void; onBack: (() => void) | null;
}

const DONE_WORDS: Partial<Record<ConversationAction, string>> = {
  'conversation.return': 'Returned to the bot.', 'conversation.resolve': 'Resolved.', 'conversation.archive': 'Archived.', 'conversation.release': 'Released. It waits for the team again.',
};

/** One conversation: header, why it's here, transcript, composer. Mount it with the conversation's id as key. */
export function ConversationPane({ data, open, conversation, acts, say, onBack }: ConversationPaneProps) {
  const [mode, setMode] = useState<DraftMode>('reply');
  const [isBusy, setBusy] = useState(false);
  const [lesson, setLesson] = useState<Lesson | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => { title.current?.focus(); }, []);
  const now = useNow(data.clockOffset);
  const switchTo = (next: DraftMode) => { setMode(next); requestAnimationFrame(() => field.current?.focus()); };
  const act = async (type: ConversationAction) => {
    setBusy(true);
    const refused = refusalWords(await acts.command({ type, conversationId: conversation.id }));
    setBusy(false);
    if (refused) say(refused, true);
    else if (DONE_WORDS[type]) say(DONE_WORDS[type]);
    if (!refused) setLesson(type === 'conversation.resolve' && acts.propose ? lessonOf(open.messages) : null);
    // The pressed button may be gone: claim leads to the composer, everything else to the title.
    const toComposer = !refused && (type === 'conversation.claim' || type === 'conversation.reopen');
    requestAnimationFrame(() => (toComposer ? field : title).current?.focus());
  };
  const why = { conversation, messages: open.messages, turnsOf: acts.turnsOf };
  const insert = useRef<((words: string) => void) | null>(null);
  const pendingActs = makePendingActs({ open, acts, say, restore: (next, words) => {
    if (next === mode) insert.current?.(words);
    else acts.saveDraft(conversation.id, next, [words, open.drafts[next].trim()].filter(Boolean).join('\n'));
    switchTo(next);
  } });
  useLostRace(open.pending, (lost) => { pendingActs.onEdit(lost); say(lost.refusal?.message ?? 'A colleague claimed this first.', true); });
  return (
    <section className={css.conversation} aria-label={`Conversation with ${conversation.visitor.name}`}>
      <ConversationHeader conversation={conversation} self={data.self} isBusy={isBusy} titleRef={title} onAction={(type) => void act(type)} onBack={onBack}
        more={<AdminMenu data={data} conversation={conversation} acts={acts} say={say} />} />
      {conversation.claim === null ? <div className={css.why}><WhyCard {...why} /></div> : null}
      <Thread visitorName={conversation.visitor.name} self={data.self?.id ?? null} now={now} isOnline={data.link.name === 'online'} typing={data.link.name === 'online' ? open.typing : null}
        messages={open.messages} notes={open.notes} pending={open.pending} hasOlder={open.hasOlder} onOlder={acts.loadOlder} acts={pendingActs}>
        {conversation.claim === null ? null : <WhyCard {...why} />}
      </Thread>
      {lesson && acts.propose ? <TeachCard lesson={lesson} botName={botNameOf(data, conversation)} onPropose={(words) => acts.propose?.(conversation.botId, { ...words, conversationId: conversation.id }) ?? Promise.resolve(null)}
        onClose={(isProposed) => { setLesson(null); if (isProposed) say('Proposed. A lead or an admin decides.'); title.current?.focus(); }} /> : null}
      {/* Of a resolved conversation nothing can be written to the visitor; one who writes again finds the composer there. */}
      {lesson && conversation.status === 'resolved' ? null : <ReplyBox key={conversation.id + mode} conversation={conversation} open={open} self={data.self} mode={mode} acts={acts} fieldRef={field} insertRef={insert} onMode={switchTo} say={say}
        onClaim={() => void act('conversation.claim')} />}
    </section>
  );
}

const botNameOf = (data: DeskData, { botId }: Conversation): string => data.bots.find(({ id }) => id === botId)?.name ?? 'this bot';

/** For admins alone. A deletion is answered by the row that says the conversation is gone. */
function AdminMenu({ data, conversation, acts, say }: Pick<ConversationPaneProps, 'data' | 'conversation' | 'acts' | 'say'>) {
  const { exportVisitor } = acts;
  if (!exportVisitor) return null;
  const { botId, visitor } = conversation;
  const remove = async () => {
    const refused = refusalWords(await acts.command({ type: 'visitor.delete', botId, visitorId: visitor.id }));
    say(refused ?? `All data of ${visitor.name} was deleted.`, Boolean(refused));
  };
  const save = async () => { const refused = await exportVisitor(conversation); say(refused ?? 'Exported.', Boolean(refused)); };
  return <VisitorData visitorName={visitor.name} botName={botNameOf(data, conversation)} isOnline={data.link.name === 'online'} onExport={() => void save()} onDelete={() => void remove()} />;
}

interface PendingWiring extends Pick<ConversationPaneProps, 'open' | 'acts' | 'say'> { restore: (mode: DraftMode, words: string) => void }

function makePendingActs({ open, acts, say, restore }: PendingWiring): PendingActs {
  return {
    onRetry: (one) => void acts.retry(one.id),
    onSendAnyway: (one) => void acts.retry(one.id, { seen: seenIndex(open.messages) }),
    onEdit: (one) => { restore(one.command.type === 'note.add' ? 'note' : 'reply', one.command.text); void acts.discard(one.id); },
    onDelete: (one) => void acts.discard(one.id),
    onCopy: (text) => void navigator.clipboard.writeText(text).then(() => say('Copied.'), () => say('The browser did not allow copying. Select the text instead.', true)),
  };
}
