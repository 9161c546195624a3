import type { LinkState } from '#lib/protocol/runtime.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { secondsTo } from './link-words.ts';

export interface ConnectionStripProps {
  link: LinkState;
  /** Server time, as everything a link carries. */
  now: number;
  onRetry: () => void; onConnect: () => void;
}

/** Says what is wrong with the link to the companion and what to do; nothing while all is well. */
export function ConnectionStrip({ link, now, onRetry, onConnect }: ConnectionStripProps) {
  const connect = <Button small onClick={onConnect}>Connect</Button>;
  switch (link.name) {
    case 'online': return null;
    case 'connecting': return <Banner>Connecting… Replies are queued.</Banner>;
    case 'waiting': {
      return <Banner actions={<Button small onClick={onRetry}>Now</Button>}>You’re offline. Replies are queued. <span aria-live="off">Reconnecting in {secondsTo(link.retryAt, now)} s.</span></Banner>;
    }
    case 'unpaired': return <Banner tone="calm" actions={connect}>Not connected to a companion yet.</Banner>;
    case 'revoked': return <Banner tone="bad" actions={connect}>This browser’s access was revoked. Connect again with a new pairing code.</Banner>;
    case 'too_old': return <Banner tone="bad" actions={connect}>{link.which === 'extension' ? 'This extension is too old for the companion. Update the extension.' : 'The companion is too old for this extension. Ask an admin to update it.'}</Banner>;
  }
}
