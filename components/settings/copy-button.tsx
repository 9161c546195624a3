import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';

/** Puts text on the clipboard and says so; where the browser refuses, it says that instead. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [said, setSaid] = useState('');
  const copy = () => navigator.clipboard.writeText(text).then(() => setSaid('Copied'), () => setSaid('The browser refused; select the text and copy it'));
  return (
    <>
      <Button small onClick={copy}>{label}</Button>
      <span role="status">{said}</span>
    </>
  );
}
