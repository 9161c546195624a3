import { useState } from 'react';
import type { LinkState } from '#lib/protocol/runtime.ts';
import { Button } from '#components/ui/button.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { Confirm } from './confirm.tsx';
import { linkWords } from './link-words.ts';
import css from './settings.module.css';

export interface Unsent { id: string; visitor: string; text: string }
export interface ConnectedCardProps {
  memberName: string; role: string; workspaceName: string; companion: string; link: LinkState; now: number; unsent: readonly Unsent[];
  onDisconnect: () => void; onRetry: () => void;
}

/** Who this browser is signed in as, whether live updates arrive, and the way out. */
export function ConnectedCard(props: ConnectedCardProps) {
  const [isAsking, setAsking] = useState(false);
  const { tone, text } = linkWords(props.link, props.now);
  return (
    <section className={css.card} aria-labelledby="connected-title">
      <div className={css.heading}><h2 id="connected-title">Connected to {props.workspaceName}</h2><StatusDot tone={tone}>{text}</StatusDot></div>
      <dl className={css.facts}>
        <dt>Signed in as</dt><dd>{props.memberName}</dd>
        <dt>Role</dt><dd>{props.role}</dd>
        <dt>Workspace</dt><dd>{props.workspaceName}</dd>
        <dt>Companion</dt><dd>{props.companion}</dd>
      </dl>
      <div className={css.row}>
        {props.link.name === 'waiting' ? <Button onClick={props.onRetry}>Try now</Button> : null}
        <Button look="danger" onClick={() => setAsking(true)}>Disconnect</Button>
      </div>
      <Confirm title="Disconnect this browser?" isOpen={isAsking} doIt="Disconnect" onNo={() => setAsking(false)} onYes={props.onDisconnect}>
        <p>Conversations kept in this browser are removed; the companion keeps them. To come back you need a new pairing code.</p>
        {props.unsent.length > 0 ? (
          <div className={css.stack}>
            <p className={css.bad}>{props.unsent.length === 1 ? 'One reply was not sent yet and will be lost:' : `${props.unsent.length} replies were not sent yet and will be lost:`}</p>
            <ul className={css.stack}>{props.unsent.map(({ id, visitor, text: words }) => <li key={id}><span className={css.name}>{visitor}</span>: {words}</li>)}</ul>
          </div>
        ) : null}
      </Confirm>
    </section>
  );
}
