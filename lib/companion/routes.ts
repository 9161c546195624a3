import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { WORKSPACE_ID } from './workspace.ts';
import { demoPage } from './demo/page.ts';
import { ROUTE_ROLE } from '#lib/protocol/permission.ts';
import { exportConversations, listConversations } from './modules/conversations.ts';
import { addKnowledge, listKnowledge, removeKnowledge } from './modules/knowledge.ts';
import { pair } from './modules/pair.ts';
import { refusal, type Http, type Route } from './modules/parts.ts';
import { code, members, status } from './operator/routes.ts';

const WIDGET = join(import.meta.dirname, '../../.output/widget');
const TYPES: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', json: 'application/json' };
async function widget(c: Http): Promise<Response> {
  const name = normalize(c.req.path.replace(/^\/widget\//, '').replace(/^\//, ''));
  if (name.startsWith('..')) return refusal(c, 404, 'not_found', 'There is no such file.');
  try {
    const hashed = /-[\w-]{8,}\./.test(name);
    return c.body(await readFile(join(WIDGET, name)), 200, { 'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream', 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin',
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=60' });
  } catch {
    return refusal(c, 503, 'widget_not_built', 'The widget is not built here. Run `npm run build`, then try again.');
  }
}
/** Every HTTP route of the companion, with who may use it. */
export const ROUTES: Route[] = [
  { method: 'GET', path: '/healthz', role: null, run: async (core, c) => c.json({ ready: true, ok: true, version: 1, epoch: core.store.epoch, head: await core.store.head(WORKSPACE_ID) }) },
  { method: 'GET', path: '/metrics', role: null, run: async (core, c) => c.text(await core.metrics.registry.metrics()) },
  { method: 'GET', path: '/demo', role: null, run: (core, c) => c.html(demoPage(core.config.publicUrl ?? new URL(c.req.url).origin)) },
  { method: 'GET', path: '/widget.js', role: null, run: (_, c) => widget(c) },
  { method: 'GET', path: '/widget/*', role: null, run: (_, c) => widget(c) },
  { method: 'POST', path: '/api/pair', role: null, run: pair },
  { method: 'GET', path: '/api/conversations', role: ROUTE_ROLE['conversations.list'], run: listConversations },
  { method: 'GET', path: '/api/conversations.csv', role: ROUTE_ROLE['conversations.export'], run: exportConversations },
  { method: 'GET', path: '/api/bots/:botId/knowledge', role: ROUTE_ROLE['knowledge.list'], run: listKnowledge },
  { method: 'POST', path: '/api/bots/:botId/knowledge', role: ROUTE_ROLE['knowledge.add'], run: addKnowledge },
  { method: 'DELETE', path: '/api/bots/:botId/knowledge/:id', role: ROUTE_ROLE['knowledge.remove'], run: removeKnowledge },
  { method: 'POST', path: '/api/operator/code', role: 'operator', run: code },
  { method: 'POST', path: '/api/operator/members', role: 'operator', run: members },
  { method: 'GET', path: '/api/operator/status', role: 'operator', run: status },
];
