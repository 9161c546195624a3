import type { Conversation } from '#lib/protocol/conversation.ts';
import { timeOfDay } from '#components/ui/time-words.ts';
import { isWebPage, OFFLINE_WORDS, pageWords, whyWords } from './words.ts';
import { BotTurns, type BotTurnsProps } from './bot-turns.tsx';
import css from './why-card.module.css';

/** Why a conversation is on the team's list, in words, with the page the visitor is on. */
export function WhyCard({ conversation, ...turns }: BotTurnsProps & { conversation: Pick<Conversation, 'escalation' | 'page' | 'email'> }) {
  const { escalation, page, email } = conversation;
  if (!escalation && !page && !email) return null;
  return (
    <section className={css.card} aria-label="Why it's here">
      {escalation ? (
        <>
          <p className={css.why}><strong>Why it’s here:</strong> {whyWords(escalation)}, {timeOfDay(escalation.at)}</p>
          {escalation.shown === 'offline' ? <p>{OFFLINE_WORDS}</p> : null}
        </>
      ) : null}
      {email ? <p>Left an e-mail: <a href={`mailto:${encodeURIComponent(email.address)}`}>{email.address}</a></p> : null}
      {page ? <p>Page: {isWebPage(page.url) ? <a href={page.url} target="_blank" rel="noreferrer noopener" title={page.title}>{pageWords(page.url)}</a> : pageWords(page.url)}</p> : null}
      {escalation ? <BotTurns conversation={conversation} {...turns} /> : null}
    </section>
  );
}
