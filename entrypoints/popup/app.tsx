import { useState } from 'react';
import { uuid } from '#lib/base/uuid.ts';
import { PopupView, type PopupActs } from '#components/popup/popup-view.tsx';
import type { ToastMessage } from '#components/ui/toast.tsx';
import { send } from '#lib/extension/messages.ts';
import type { Command } from '#lib/protocol/command.ts';
import type { CommandId, ConversationId } from '#lib/protocol/ids.ts';
import { usePopupState } from './use-popup-state.ts';

/** Known before any click, so that a click reaches `sidePanel.open` with its gesture. */
let windowId: number = chrome.windows.WINDOW_ID_CURRENT;
void chrome.windows.getCurrent().then((current) => { windowId = current.id ?? windowId; });

/** Null when done, or why not, in words. */
async function run(command: Command): Promise<string | null> {
  const answer = await send('command', { id: uuid() as CommandId, command }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (typeof answer === 'string') return answer;
  if (answer.ok) return null;
  if ('refusal' in answer) return answer.refusal.message;
  return answer.failed === 'offline' ? 'You’re offline. Try again when the connection is back.' : 'The companion didn’t answer. Try again.';
}

/** The popup is gone as soon as the panel opens, so what must happen is asked for first, without waiting. */
function openPanel(conversationId: string | null): void {
  if (conversationId) void chrome.storage.session.set({ openConversation: conversationId });
  // A browser without a side panel still has the same desk as a page.
  chrome.sidePanel.open({ windowId }).catch(() => chrome.tabs.create({ url: chrome.runtime.getURL(conversationId ? `/inbox.html#${conversationId}` : '/inbox.html') }));
}

async function setAvailable(on: boolean): Promise<string | null> {
  const refused = await run({ type: 'availability.set', botIds: null, on });
  return refused === null ? null : `Couldn't change availability. ${refused}`;
}

/** Wires the popup's view to the worker. */
export function App() {
  const state = usePopupState();
  const [toast, setToast] = useState<ToastMessage | null>(null);
  const say = (text: string | null) => { if (text) setToast({ id: Date.now(), text, bad: true }); };
  const next = [...(state?.waiting ?? [])].sort((a, b) => a.since - b.since)[0];
  const acts: PopupActs = {
    openPanel,
    setAvailable: async (on) => {
      const refused = await setAvailable(on);
      if (refused === null && !on) setToast({ id: Date.now(), text: 'Agents unavailable.', action: { label: 'Undo', run: () => void setAvailable(true).then(say) } });
      return refused;
    },
    claimNext: () => {
      if (!next) return;
      void run({ type: 'conversation.claim', conversationId: next.id as ConversationId }).then(say);
      openPanel(next.id);
    },
    openPage: () => void chrome.tabs.create({ url: chrome.runtime.getURL('/inbox.html') }),
    openOptions: () => void chrome.runtime.openOptionsPage(),
    reconnect: () => void send('connection.retry', {}).catch((error: unknown) => say(String(error))),
  };
  return <PopupView state={state} acts={acts} toast={toast} onToastClose={() => setToast(null)} />;
}
