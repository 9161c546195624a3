/** @jsxImportSource preact */
import type { Message, Said } from '#lib/protocol/message.ts';
import type { WidgetActions } from './model.ts';
import { LinkedText } from './linked-text.tsx';
import { WORDS } from './words.ts';

function Thumbs({ message, actions }: { message: Said; actions: WidgetActions }) {
  // Drawn, not an emoji: many systems have no font for those.
  const thumb = (value: 'up' | 'down', name: string) => (
    <button type="button" class="thumb" aria-label={name} aria-pressed={message.feedback === value} onClick={() => { actions.feedback(message.id, value); }}>
      <svg class={value} width="16" height="16" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true"><path d="M2 10h4v11H2zM8 21h9a2 2 0 0 0 2-2l2-8a2 2 0 0 0-2-2h-5V4a2 2 0 0 0-2-2L8 10z" /></svg>
    </button>
  );
  return <div class="thumbs" role="group" aria-label={WORDS.feedback}>{thumb('up', WORDS.helpful)}{thumb('down', WORDS.notHelpful)}</div>;
}

function OfferCard({ message, actions }: { message: Said; actions: WidgetActions }) {
  if (message.offer?.answer !== null) return null;
  return (
    <div class="row">
      <button type="button" class="chip strong" onClick={() => { actions.answerOffer(message.id, true); }}>{WORDS.yes}</button>
      <button type="button" class="chip" onClick={() => { actions.answerOffer(message.id, false); }}>{WORDS.keep}</button>
    </div>
  );
}

function happened(message: Extract<Message, { kind: 'happened' }>): string {
  const { what } = message;
  switch (what.type) {
    case 'queued': return WORDS.queued;
    case 'offline': return what.text;
    case 'joined': return WORDS.joined(what.label);
    case 'left': return WORDS.left(what.label);
    case 'returned': return WORDS.returned;
    case 'resolved': return WORDS.resolved;
    case 'reopened': return WORDS.reopened;
    case 'email': return WORDS.emailLeft(what.email);
    default: return '';
  }
}

/** One message: who said it, what, and what the visitor may do with it. */
export function Bubble({ message, actions }: { message: Message; actions: WidgetActions }) {
  if (message.kind === 'happened') return <p class="line" dir="auto"><LinkedText text={happened(message)} /></p>;
  const { author, sources } = message;
  const who = author.kind === 'visitor' ? WORDS.you : author.kind === 'agent' ? author.label : author.name;
  return (
    <div class={`bubble ${author.kind}`}>
      <span class={author.kind === 'agent' ? 'label' : 'hidden'}>{who}</span>
      <div class="text" dir="auto"><LinkedText text={message.text} /></div>
      {sources && sources.length > 0 && <p class="sources" dir="auto">{WORDS.from(sources.map((source) => source.title).join(', '))}</p>}
      {message.offer ? <OfferCard message={message} actions={actions} /> : author.kind === 'bot' && message.point === undefined && <Thumbs message={message} actions={actions} />}
    </div>
  );
}
