import '#lib/extension/jitless.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from '#lib/base/must.ts';
import '#components/ui/base.css';
import { send } from '#lib/extension/messages.ts';
import { App } from './app.tsx';

createRoot(must(document.querySelector('#root'), 'the options page has no #root')).render(<StrictMode><App /></StrictMode>);

// Asking wakes a sleeping worker: what is shown is live at once, not at its next alarm.
send('popup.state', {}).catch((error: unknown) => console.warn('the background worker did not answer', error));
