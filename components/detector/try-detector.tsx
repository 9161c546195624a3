import { useState, type FormEvent } from 'react';
import type { Tried, TryRequest } from '#lib/protocol/try.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextArea } from '#components/ui/field.tsx';
import settings from '#components/settings/settings.module.css';
import { fromChat, readTyped, type Typed } from './try-form.ts';
import { TryResult } from './try-result.tsx';

export interface TryDetectorProps {
  isBusy: boolean; tried: Tried | null; problem: string | null;
  /** What the visitor of the chat beside it has said, oldest first. */
  said: readonly string[];
  /** Settings that are not saved count too. */
  withUnsaved?: boolean;
  /** They have changed since. */
  isOld?: boolean;
  onTry: (request: TryRequest) => void;
  /** What the fields begin with, for a picture. */
  start?: Typed | undefined;
}

/** A message in, the decision with everything behind it out. Nothing is written. */
export function TryDetector({ isBusy, tried, problem, said, withUnsaved = false, isOld = false, onTry, start = { text: '', earlier: '' } }: TryDetectorProps) {
  const [typed, setTyped] = useState<Typed>(start);
  const [wrong, setWrong] = useState<{ field: keyof Typed; words: string } | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readTyped(typed);
    setWrong(read.ok ? null : read);
    if (read.ok) onTry(read.request);
  };
  const field = (name: keyof Typed) => ({ value: typed[name], error: wrong?.field === name ? wrong.words : null,
    onChange: (event: { currentTarget: { value: string } }) => setTyped({ ...typed, [name]: event.currentTarget.value }) });
  return (
    <section className={settings.card} aria-labelledby="try-title">
      <h2 id="try-title">Try the detector</h2>
      <p className={settings.mut}>Type what a visitor might write, and see what the bot would do and why. It runs as for visitors{withUnsaved ? ', with the settings on this page, saved or not' : ''}, but nothing is kept and nobody is told.</p>
      <form noValidate className={settings.stack} onSubmit={submit}>
        <TextArea label="Earlier messages (optional)" rows={2} hint="What the visitor wrote before, one a line." {...field('earlier')} />
        <TextArea label="Message" rows={1} {...field('text')}
          onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) { event.preventDefault(); event.currentTarget.form?.requestSubmit(); } }} />
        <div className={settings.row}>
          <Button look="primary" type="submit" disabled={isBusy}>{isBusy ? 'Trying…' : 'Try'}</Button>
          {said.length > 0 ? <Button onClick={() => setTyped(fromChat(said))}>Take the chat’s messages</Button> : null}
        </div>
      </form>
      {problem ? <Banner tone="bad">{problem}</Banner> : null}
      {isOld ? <Banner>The settings changed since. Try it again.</Banner> : null}
      {tried ? <TryResult tried={tried} /> : null}
    </section>
  );
}
