import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { ROUTE_ROLE } from '#lib/protocol/permission.ts';
import type { Core } from './core.ts';
import { demoPage } from './demo/page.ts';
import { DEMO_BOT } from './demo/shop.ts';
import { listAudit } from './modules/audit.ts';
import { exportConversations, listConversations } from './modules/conversations.ts';
import { addKnowledge, awaitLearning, listKnowledge, removeKnowledge } from './modules/knowledge.ts';
import { acceptKnowledge, editKnowledge, proposeKnowledge } from './modules/knowledge-edit.ts';
import { replayBot } from './modules/replay.ts';
import { listSecrets, putSecret, removeSecret } from './modules/secrets.ts';
import { tryDetector } from './modules/try.ts';
import { listTurns } from './modules/turns.ts';
import { pair } from './modules/pair.ts';
import { listUnanswered } from './modules/unanswered.ts';
import { listVisitorMessages, postVisitorCommand, visitorTypes } from './modules/visitor-api.ts';
import { exportVisitor } from './modules/visitors.ts';
import { refusal, type Http, type Route } from './modules/parts.ts';
import { takeWebhook } from './modules/webhook.ts';
import { widgetFile } from './modules/widget-files.ts';
import { code, members, status } from './operator/routes.ts';
import { helpPage } from './pages/help.ts';
import { pageStyle } from './pages/page.ts';
import { VERSION } from './version.ts';
import { WORKSPACE_ID } from './workspace.ts';

async function health(core: Core, c: Http): Promise<Response> {
  return c.json({ ok: true, ready: true, version: VERSION, protocol: PROTOCOL_VERSION, epoch: core.store.epoch, head: await core.store.head(WORKSPACE_ID) }, 200, { 'cache-control': 'no-store' });
}
function demo(core: Core, c: Http): Response {
  if (!core.settings.bot(DEMO_BOT)) return refusal(c, 404, 'no_demo', 'This companion has no demo shop. `npm start` makes one.');
  return demoPage(c, core.config.publicUrl ?? new URL(c.req.url).origin);
}

/** Every HTTP route of the companion, with who may use it. */
export const ROUTES: Route[] = [
  { method: 'GET', path: '/healthz', role: null, run: health },
  { method: 'GET', path: '/metrics', role: null, run: async (core, c) => c.text(await core.metrics.registry.metrics(), 200, { 'content-type': core.metrics.registry.contentType }) },
  { method: 'GET', path: '/demo', role: null, run: demo },
  { method: 'GET', path: '/help', role: null, run: (_, c) => helpPage(c) },
  { method: 'GET', path: '/pages.css', role: null, run: (_, c) => pageStyle(c) },
  { method: 'GET', path: '/widget.js', role: null, run: (_, c) => widgetFile(c) },
  { method: 'GET', path: '/widget/visitor-api.d.ts', role: null, run: (_, c) => visitorTypes(c) },
  { method: 'GET', path: '/widget/*', role: null, run: (_, c) => widgetFile(c) },
  { method: 'POST', path: '/api/pair', role: null, run: pair },
  { method: 'GET', path: '/api/conversations', role: ROUTE_ROLE['conversations.list'], run: listConversations },
  { method: 'GET', path: '/api/conversations.csv', role: ROUTE_ROLE['conversations.export'], run: exportConversations },
  { method: 'GET', path: '/api/bots/:botId/knowledge', role: ROUTE_ROLE['knowledge.list'], run: listKnowledge },
  { method: 'POST', path: '/api/bots/:botId/knowledge', role: ROUTE_ROLE['knowledge.add'], run: addKnowledge },
  { method: 'GET', path: '/api/bots/:botId/knowledge/learning', role: ROUTE_ROLE['knowledge.learning'], run: awaitLearning },
  { method: 'POST', path: '/api/bots/:botId/knowledge/proposals', role: ROUTE_ROLE['knowledge.propose'], run: proposeKnowledge },
  { method: 'POST', path: '/api/bots/:botId/knowledge/:id/accept', role: ROUTE_ROLE['knowledge.accept'], run: acceptKnowledge },
  { method: 'PUT', path: '/api/bots/:botId/knowledge/:id', role: ROUTE_ROLE['knowledge.change'], run: editKnowledge },
  { method: 'GET', path: '/api/bots/:botId/unanswered', role: ROUTE_ROLE['knowledge.unanswered'], run: listUnanswered },
  { method: 'DELETE', path: '/api/bots/:botId/knowledge/:id', role: ROUTE_ROLE['knowledge.remove'], run: removeKnowledge },
  { method: 'GET', path: '/api/conversations/:id/turns', role: ROUTE_ROLE['conversation.turns'], run: listTurns },
  { method: 'POST', path: '/api/bots/:botId/try', role: ROUTE_ROLE['bot.try'], run: tryDetector },
  { method: 'POST', path: '/api/bots/:botId/replay', role: ROUTE_ROLE['bot.replay'], run: replayBot },
  { method: 'GET', path: '/api/bots/:botId/secrets', role: ROUTE_ROLE['secret.list'], run: listSecrets },
  { method: 'PUT', path: '/api/bots/:botId/secrets/:name', role: ROUTE_ROLE['secret.put'], run: putSecret },
  { method: 'DELETE', path: '/api/bots/:botId/secrets/:name', role: ROUTE_ROLE['secret.remove'], run: removeSecret },
  { method: 'POST', path: '/api/bots/:botId/webhook', role: null, run: takeWebhook },
  { method: 'POST', path: '/api/visitor/:botId/commands', role: null, run: postVisitorCommand },
  { method: 'GET', path: '/api/visitor/:botId/messages', role: null, run: listVisitorMessages },
  { method: 'GET', path: '/api/audit', role: ROUTE_ROLE['audit.list'], run: listAudit },
  { method: 'GET', path: '/api/visitors/:botId/:visitorId', role: ROUTE_ROLE['visitor.export'], run: exportVisitor },
  { method: 'POST', path: '/api/operator/code', role: 'operator', run: code },
  { method: 'POST', path: '/api/operator/members', role: 'operator', run: members },
  { method: 'GET', path: '/api/operator/status', role: 'operator', run: status },
];
