import { useState } from 'react';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import css from './settings.module.css';

export interface StaleBannerProps {
  /** What somebody else changed, and what saving over it would set: each a list of lines. */
  theirs: readonly string[]; yours: readonly string[];
  onOverwrite: () => void; onTakeTheirs: () => void;
}

/** Shown after a save was refused as stale; nothing typed is lost whichever button is pressed first. */
export function StaleBanner({ theirs, yours, onOverwrite, onTakeTheirs }: StaleBannerProps) {
  const [isOpen, setOpen] = useState(false);
  const overwrite = <Button small look="danger" onClick={() => { setOpen(false); onOverwrite(); }}>Overwrite</Button>;
  return (
    <>
      <Banner actions={<><Button small onClick={() => setOpen(true)}>See changes</Button>{overwrite}</>}>
        <span role="alert">Somebody changed these settings meanwhile</span>
      </Banner>
      <Dialog title="Changed meanwhile" isOpen={isOpen} onClose={() => setOpen(false)}
        actions={<><Button onClick={() => setOpen(false)}>Keep editing</Button><Button onClick={() => { setOpen(false); onTakeTheirs(); }}>Discard mine</Button>{overwrite}</>}>
        <h3>What they changed</h3>
        <Lines lines={theirs} empty="Nothing that differs from what you had opened." />
        <h3>What Overwrite would set</h3>
        <Lines lines={yours} empty="Nothing: yours and theirs are the same." />
      </Dialog>
    </>
  );
}

function Lines({ lines, empty }: { lines: readonly string[]; empty: string }) {
  if (lines.length === 0) return <p className={css.mut}>{empty}</p>;
  return <ul className={css.stack}>{lines.map((line) => <li key={line}>{line}</li>)}</ul>;
}
