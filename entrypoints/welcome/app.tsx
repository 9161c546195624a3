import { useEffect, useRef, useState } from 'react';
import { send } from '#lib/extension/messages.ts';
import type { PairAnswer } from '#lib/protocol/runtime.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { pairProblem } from '#components/settings/pair-words.ts';
import cards from '#components/settings/settings.module.css';
import { Steps, type Step } from '#components/settings/steps.tsx';
import { isSameCompanion, type Invitation } from './invitation.ts';
import { useWelcomeState } from './use-progress.ts';
import css from './welcome.module.css';

/** Pairs by itself when invited, then shows how far the first handoff is. */
export function App({ invitation }: { invitation: Invitation | null }) {
  const state = useWelcomeState();
  const [answer, setAnswer] = useState<PairAnswer | null>(null);
  const [silence, setSilence] = useState<string | null>(null);
  const begun = useRef(false);
  const companion = state?.self?.companion ?? null;
  const isOther = invitation !== null && companion !== null && !isSameCompanion(companion, invitation.server);
  const pair = async () => {
    if (!invitation || begun.current) return;
    begun.current = true;
    try {
      setAnswer(await send('connection.pair', { address: invitation.server, code: invitation.code }));
    } catch (error) {
      setSilence(`The extension’s background worker did not answer (${String(error)}). Reload this page.`);
    }
  };
  // Signed out, or the companion began anew at the same address: nothing is lost by pairing again.
  const isCut = state?.link.name === 'revoked' || state?.link.name === 'unpaired';
  const mayPairAlone = state !== undefined && invitation !== null && !isOther && (companion === null || isCut);
  useEffect(() => { if (mayPairAlone) void pair(); }, [mayPairAlone]);
  const problem = silence ?? (answer && !answer.ok ? pairProblem(answer).text : null);
  const server = companion ?? invitation?.server ?? null;
  return (
    <main className={css.page}>
      <h1>Welcome to Baton</h1>
      <p className={css.lead}>A visitor asks for a person; you answer from the side panel. These steps tick themselves as it happens.</p>
      {isOther && answer === null ? (
        <Banner actions={<Button small onClick={() => void pair()}>Replace it</Button>}>
          This browser is connected to {companion}. Connect it to {invitation.server} instead? Replies not sent yet would be lost.
        </Banner>
      ) : null}
      {problem ? <Banner tone="bad" actions={<LinkButton small href="options.html#/connection">Connection</LinkButton>}><span role="alert">{problem}</span></Banner> : null}
      <section className={cards.card} aria-label="First handoff">
        <Steps label="First handoff" steps={stepsOf(state?.progress ?? 0, state?.self?.member.name ?? null, problem !== null)} />
        <div className={cards.row}>
          <OpenInbox />
          {server ? <LinkButton href={`${server.replace(/\/+$/, '')}/demo`} target="_blank" rel="noreferrer">Open the demo shop</LinkButton> : null}
          <LinkButton look="quiet" href="options.html">Settings</LinkButton>
        </div>
      </section>
      {invitation === null && state && state.self === null ? <p>This browser is not connected yet. <a href="options.html#/connection">Connect it</a> with an address and a pairing code.</p> : null}
    </main>
  );
}

function stepsOf(progress: number, name: string | null, hasFailed: boolean): Step[] {
  const texts: [text: string, hint: string][] = [
    [name ? `Connected as ${name}` : 'Connected', 'This browser is paired with the companion.'],
    ['A visitor is waiting', 'In the demo shop press Talk to a person. The number on the toolbar icon counts who waits.'],
    ['You claimed a conversation', 'Open the inbox and press Claim.'],
    ['Your reply reached the visitor', 'Write a line and press Send reply; it appears in the shop’s chat.'],
    ['Finished', 'Press Resolve, or Return to bot.'],
  ];
  return texts.map(([text, hint], at) => ({ text, hint: progress > at ? undefined : hint,
    state: progress > at ? 'done' : at === 0 && hasFailed ? 'failed' : progress === at ? 'doing' : 'open' }));
}

/** The side panel opens only inside a click: any await before `open` would lose the gesture, so the window is known beforehand. */
function OpenInbox() {
  const [windowId, setWindowId] = useState<number>();
  const [problem, setProblem] = useState('');
  useEffect(() => { void chrome.windows.getCurrent().then(({ id }) => setWindowId(id)); }, []);
  const open = () => {
    if (windowId === undefined) return;
    chrome.sidePanel.open({ windowId }).catch((error: unknown) => setProblem(`The side panel did not open: ${String(error)}. Press the Baton icon in the toolbar.`));
  };
  return <><Button look="primary" onClick={open}>Open the inbox</Button>{problem ? <p role="alert" className={cards.bad}>{problem}</p> : null}</>;
}
