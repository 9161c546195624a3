import { useState } from 'react';
import { send } from '#lib/extension/messages.ts';
import type { PairAnswer } from '#lib/protocol/runtime.ts';
import { Button } from '#components/ui/button.tsx';
import { useNow } from '#components/ui/use-now.ts';
import { ConnectedCard } from '#components/settings/connected-card.tsx';
import { ConnectionForm } from '#components/settings/connection-form.tsx';
import { pairProblem } from '#components/settings/pair-words.ts';
import css from '#components/settings/settings.module.css';
import { Steps, type Step } from '#components/settings/steps.tsx';
import { useUnsent, type OptionsData } from './data.ts';
import type { Notice } from './use-notice.ts';

/** The Connection tab: pairing with live steps, or who this browser is signed in as. */
export function ConnectionScreen({ data, notice }: { data: OptionsData; notice: Notice }) {
  const [isBusy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<PairAnswer | null>(null);
  const now = useNow(0);
  const unsent = useUnsent();
  const isPaired = data.self !== null && data.link.name !== 'unpaired' && data.link.name !== 'revoked';
  const connect = async (address: string, code: string) => {
    setBusy(true);
    setAnswer(null);
    try {
      const got = await send('connection.pair', { address, code });
      setAnswer(got);
      if (got.ok) notice.say(`Connected as ${got.memberName}.`);
    } catch (error) {
      notice.say(`The extension's background worker did not answer (${String(error)}). Reload this page.`, true);
    } finally {
      setBusy(false);
    }
  };
  const disconnect = async () => {
    await send('connection.forget', {});
    setAnswer(null);
    notice.say('Disconnected. This browser keeps nothing.');
  };
  return (
    <>
      <h1>Connection</h1>
      <div className={css.columns}>
        {isPaired && data.self ? (
          <ConnectedCard memberName={data.self.member.name} role={data.self.member.role} workspaceName={data.self.workspaceName} companion={data.self.companion}
            link={data.link} now={now} unsent={unsent} onDisconnect={() => void disconnect()} onRetry={() => void send('connection.retry', {})} />
        ) : (
          <ConnectionForm address={data.self?.companion ?? ''} isBusy={isBusy} problem={answer && !answer.ok ? pairProblem(answer) : null} onConnect={(address, code) => void connect(address, code)} />
        )}
        <section className={css.card} aria-label="How it is going">
          <h2>Steps</h2>
          <Steps label="Connection" steps={connectionSteps(data, isBusy, answer)} />
          {data.link.name === 'revoked' ? <p className={css.bad}>This browser was signed out by an admin. Connect again with a new pairing code.</p> : null}
          {isPaired ? <div><Button onClick={() => { location.hash = '#/bots'; }}>Go to Bots</Button></div> : null}
        </section>
      </div>
    </>
  );
}

function connectionSteps({ self, link }: OptionsData, isBusy: boolean, answer: PairAnswer | null): Step[] {
  const problem = answer && !answer.ok ? pairProblem(answer) : null;
  const isSignedIn = self !== null && link.name !== 'unpaired' && link.name !== 'revoked';
  const first: Step['state'] = isSignedIn || problem?.step === 1 ? 'done' : problem ? 'failed' : isBusy ? 'doing' : 'open';
  const second: Step['state'] = isSignedIn ? 'done' : problem?.step === 1 ? 'failed' : 'open';
  return [
    { text: 'Address reachable', state: first, hint: problem?.step === 0 ? problem.text : undefined },
    { text: isSignedIn ? `Signed in as ${self.member.name} (${self.member.role})` : 'Signed in', state: second, hint: problem?.step === 1 ? problem.text : undefined },
    { text: 'Live updates working', state: !isSignedIn ? 'open' : link.name === 'online' ? 'done' : link.name === 'too_old' ? 'failed' : 'doing' },
  ];
}
