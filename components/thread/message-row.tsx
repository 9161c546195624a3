import type { MemberId } from '#lib/protocol/ids.ts';
import type { Message, Note, Said } from '#lib/protocol/message.ts';
import { timeOfDay } from '#components/ui/time-words.ts';
import { happenedWords } from './happened-words.ts';
import css from './thread.module.css';

const OFFER_WORDS = { accepted: 'Offered a person: accepted', declined: 'Offered a person: declined', lapsed: 'Offered a person: no answer' } as const;

interface Who { said: string; meta: string; look: string | undefined }
function who({ author }: Said, visitorName: string, self: MemberId | null): Who {
  switch (author.kind) {
    case 'visitor': return { said: visitorName, meta: visitorName, look: css.visitor };
    case 'bot': return { said: `${author.name}, bot`, meta: author.name, look: css.bot };
    case 'agent': {
      const name = author.id === self ? 'You' : author.name;
      return { said: name, meta: `${name}, shown as ${author.label}`, look: author.id === self ? undefined : css.colleague };
    }
  }
}

export interface MessageRowProps { message: Message; visitorName: string; self: MemberId | null; ends: boolean }

/** A bubble with its sender's hidden name, or the line of something that happened. Text nodes only (law 12). */
export function MessageRow({ message, visitorName, self, ends }: MessageRowProps) {
  if (message.kind === 'happened') return <p className={css.line}>{happenedWords(message.what)} · {timeOfDay(message.at)}</p>;
  const { said, meta, look } = who(message, visitorName, self);
  const sent = message.author.kind === 'agent' && message.author.id === self ? ' · Sent' : '';
  return (
    <div className={[css.item, look].filter(Boolean).join(' ')}>
      <div className={css.bubble} dir="auto"><span className="said">{said}: </span>{message.text}</div>
      {message.sources?.length ? <p className={css.extra}>Source: {message.sources.map((source) => source.title).join(', ')}</p> : null}
      {message.offer ? <p className={css.extra}>{message.offer.answer ? OFFER_WORDS[message.offer.answer] : 'Offered a person'}</p> : null}
      {message.feedback ? <p className={css.extra}>{message.feedback === 'up' ? '👍 The visitor found this helpful' : '👎 The visitor found this no help'}</p> : null}
      {ends ? <p className={css.meta}>{meta} · {timeOfDay(message.at)}{sent}</p> : null}
    </div>
  );
}

/** For the team only. */
export function NoteRow({ note, self }: { note: Note; self: MemberId | null }) {
  const by = note.by === null ? 'Baton' : note.by.id === self ? 'You' : note.by.name;
  return <div className={css.note} dir="auto"><span className={css.noteTop}>Note · {by} · {timeOfDay(note.at)} · Only your team sees this</span>{note.text}</div>;
}
