import { useEffect, useState } from 'react';
import type { PopupState } from '#lib/protocol/runtime.ts';
import { send } from '#lib/extension/messages.ts';

/** The last known state at once, then live: the worker mirrors it in `storage.session`. */
export function usePopupState(): PopupState | null {
  const [state, setState] = useState<PopupState | null>(null);
  useEffect(() => {
    const onChanged = (changes: Record<string, chrome.storage.StorageChange>) => {
      const next = changes['popupState']?.newValue as PopupState | undefined;
      if (next) setState(next);
    };
    chrome.storage.session.onChanged.addListener(onChanged);
    void chrome.storage.session.get('popupState').then((held) => setState((now) => now ?? (held['popupState'] as PopupState | undefined) ?? null));
    // A worker that does not answer leaves the last known state on screen, with the time it is from.
    send('popup.state', {}).then((answer) => setState((now) => answer ?? now), (error: unknown) => console.warn(error));
    return () => chrome.storage.session.onChanged.removeListener(onChanged);
  }, []);
  return state;
}
