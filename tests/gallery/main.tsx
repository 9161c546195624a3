import { createRoot } from 'react-dom/client';
import { must } from '#lib/base/must.ts';
import '#components/ui/base.css';
import { STATES } from './states.tsx';

const name = new URLSearchParams(location.search).get('state');
const root = createRoot(must(document.getElementById('root'), 'the root element'));
root.render(name ? must(STATES[name], `state ${name}`)() : (
  <main style={{ padding: 16 }}><h1>Gallery</h1><ul>{Object.keys(STATES).map((state) => <li key={state}><a href={`?state=${state}`}>{state}</a></li>)}</ul></main>
));
