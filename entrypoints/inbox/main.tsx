import '#lib/extension/jitless.ts';
import { createRoot } from 'react-dom/client';
import { must } from '#lib/base/must.ts';
import '#components/ui/base.css';
import { App } from './app.tsx';

createRoot(must(document.querySelector('#root'), 'the conversations page has no #root')).render(<App />);
