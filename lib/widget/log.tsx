/** @jsxImportSource preact */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { WidgetActions, WidgetModel } from './model.ts';
import { Bubble } from './bubble.tsx';
import { LinkedText } from './linked-text.tsx';
import { WORDS } from './words.ts';

/** The conversation, announced politely; stays at its end unless the visitor scrolled up. */
export function Log({ model, actions }: { model: WidgetModel; actions: WidgetActions }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const { bot, messages, pending, streaming, typing } = model;
  useLayoutEffect(() => { if (box.current && (atEnd.current || pending.length)) box.current.scrollTop = box.current.scrollHeight; }, [messages, pending, streaming, typing]);
  const who = typing === 'agent' ? model.conversation?.agentLabel ?? bot?.handoff.agentLabel : bot?.name;
  return (
    <>
      <div ref={box} class="log" role="log" aria-live="polite" aria-label={WORDS.log} tabIndex={0}
        onScroll={({ currentTarget: area }) => { atEnd.current = area.scrollHeight - area.scrollTop - area.clientHeight < 40; }}>
        {bot?.greeting && <div class="bubble bot"><span class="hidden">{bot.name}</span><div class="text" dir="auto"><LinkedText text={bot.greeting} /></div></div>}
        {messages.map((message) => <Bubble key={message.id} message={message} actions={actions} />)}
        {streaming && <div key={streaming.id} class="bubble bot" aria-busy="true"><div class="text" dir="auto">{streaming.text}</div></div>}
        {pending.map((entry) => (
          <div key={entry.id} class="bubble visitor pending">
            <span class="hidden">{WORDS.you}</span>
            <div class="text" dir="auto"><LinkedText text={entry.text} /></div>
            {entry.failed !== null && <p class="wrong">{WORDS.failed} {entry.failed} <button type="button" class="plain" onClick={() => { actions.retry(entry.id); }}>{WORDS.retry}</button></p>}
          </div>
        ))}
      </div>
      {typing && <p class="typing">{WORDS.typing(who ?? WORDS.assistant)}</p>}
    </>
  );
}
