import '#lib/extension/jitless.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from '#lib/base/must.ts';
import '#components/ui/base.css';
import { send } from '#lib/extension/messages.ts';
import { App } from './app.tsx';
import { readInvitation } from './invitation.ts';

const invitation = readInvitation(location.hash);
// The code is worth a device token until it is used: it must not stay in the address or in the history.
if (location.hash) history.replaceState(null, '', location.pathname);

createRoot(must(document.querySelector('#root'), 'the welcome page has no #root')).render(<StrictMode><App invitation={invitation} /></StrictMode>);

// Asking wakes a sleeping worker: what is shown is live at once, not at its next alarm.
send('popup.state', {}).catch((error: unknown) => console.warn('the background worker did not answer', error));
