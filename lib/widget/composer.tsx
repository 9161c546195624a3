/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import { MESSAGE_MAX } from '#lib/protocol/limits.ts';
import type { WidgetActions } from './model.ts';
import { WORDS } from './words.ts';

const NEAR = 400;

/** Where the visitor writes: Enter sends, Shift+Enter is a new line, and composing text is never sent by its Enter. */
export function Composer({ actions, focus, disabled }: { actions: WidgetActions; focus: boolean; disabled: boolean }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const typing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [text, setText] = useState('');
  const rest = MESSAGE_MAX - text.length;
  useEffect(() => { if (focus) box.current?.focus(); }, [focus]);
  useEffect(() => () => { clearTimeout(typing.current); }, []);
  useEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight + 2, 140)}px`;
  }, [text]);
  const stop = (): void => {
    if (typing.current) actions.typing(false);
    clearTimeout(typing.current);
    typing.current = undefined;
  };
  const write = (value: string): void => {
    setText(value);
    if (!typing.current) actions.typing(true);
    clearTimeout(typing.current);
    typing.current = setTimeout(stop, 4_000);
  };
  const send = (): void => {
    const said = text.trim();
    if (!said || said.length > MESSAGE_MAX || disabled) return;
    stop();
    actions.send(said);
    setText('');
    box.current?.focus();
  };
  return (
    <form class="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <textarea ref={box} rows={1} dir="auto" value={text} disabled={disabled} aria-label={WORDS.message} placeholder={WORDS.placeholder} aria-describedby={rest < NEAR ? 'rest' : undefined}
        onInput={(event) => { write(event.currentTarget.value); }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
          event.preventDefault();
          send();
        }} />
      <button type="submit" class="chip strong" disabled={disabled || !text.trim() || rest < 0}>{WORDS.send}</button>
      {rest < NEAR && <p id="rest" class={rest < 0 ? 'rest wrong' : 'rest'} role="status">{rest < 0 ? WORDS.tooLong(-rest) : WORDS.left4000(rest)}</p>}
    </form>
  );
}
