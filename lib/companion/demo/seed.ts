import { must } from '#lib/base/must.ts';
import { uuid } from '#lib/base/uuid.ts';
import { KnowledgeId, MemberId, MessageId, VisitorId, type BotId, type ConversationId } from '#lib/protocol/ids.ts';
import type { Said } from '#lib/protocol/message.ts';
import type { Op, VisitorAct, VisitorRef, WorkspaceCommand } from '#lib/handoff/op.ts';
import { createBotRunner, type BotRunner } from '../bot/runner.ts';
import type { Core, OpBody } from '../core.ts';
import { parseFile } from '../knowledge/parse.ts';
import { hashSecret, newToken } from '../secrets.ts';
import type { Committed } from '../store/store.ts';
import { WORKSPACE_ID } from '../workspace.ts';
import { DEMO_CONVERSATIONS, type DemoConversation, type Step } from './conversations.ts';
import { DEMO_BOT, DEMO_NAME, SHOP_DOCUMENT, SHOP_FAQ } from './shop.ts';

const ADMIN = { id: MemberId.parse('you'), name: 'You', role: 'admin' as const };
const SAM = { id: MemberId.parse('sam'), name: 'Sam Demo', role: 'agent' as const };
/** Between two steps of a demo conversation, ms. */
const STEP_MS = 7_000;

/** Writes on a day that was set back, through the same ops as real life; who is connected is part of the story. */
interface Past { at(op: OpBody): Promise<Committed>; answer(conversationId: ConversationId): Promise<void>; now: number; connected: MemberId[] }

/** Fills the demo workspace, once. @throws when an act of the story is refused */
export async function seedDemo(core: Core): Promise<void> {
  if (core.settings.bot(DEMO_BOT)) return;
  const { past, runner } = createPast(core);
  try {
    await addTeamAndBot(core, past);
    for (const one of DEMO_CONVERSATIONS) await play(core, past, one);
  } finally {
    await runner.close();
  }
}

function createPast(core: Core): { past: Past; runner: BotRunner } {
  const { store, bus, log } = core;
  const submit = async (op: Op): Promise<Committed> => {
    const done = await store.commit(op);
    if (done.ok && done.commit) bus.publish({ kind: 'commit', workspaceId: op.workspaceId, commit: done.commit });
    return done;
  };
  // A runner of its own: the one of the companion would answer today.
  const runner = createBotRunner({ workspaceId: WORKSPACE_ID, store, botOf: core.bots.of, submit, connected: () => past.connected, now: () => past.now, onTyping: () => undefined, log: { warn: (details, message) => log.warn(details, message) } });
  const past: Past = {
    now: Date.now(), connected: [],
    async at(op) {
      const done = await submit({ ...op, workspaceId: WORKSPACE_ID, now: past.now, connected: past.connected });
      if (!done.ok) throw new Error(`The demo could not be filled in: ${done.refusal.message}`);
      return done;
    },
    async answer(id) { runner.kick({ id }); await runner.idle(); },
  };
  return { past, runner };
}

async function addTeamAndBot(core: Core, past: Past): Promise<void> {
  const run = (command: WorkspaceCommand) => past.at({ kind: 'workspace', id: uuid(), actor: ADMIN, command });
  await run({ type: 'member.add', memberId: ADMIN.id, name: ADMIN.name, role: ADMIN.role });
  await run({ type: 'member.add', memberId: MemberId.parse('priya'), name: 'Priya Demo', role: 'lead' });
  await run({ type: 'member.add', memberId: SAM.id, name: SAM.name, role: SAM.role });
  await run({ type: 'bot.add', botId: DEMO_BOT, name: 'Pinewood helper' });
  const { name, handoff, seq } = must(core.settings.bot(DEMO_BOT), 'demo bot');
  await run({ type: 'bot.save', botId: DEMO_BOT, baseSeq: seq, settings: { name, greeting: 'Hi! Ask me about orders, shipping, returns or our gear.', sites: ['*'], handoff: { ...handoff, enabled: true, mode: 'both' } } });
  await run({ type: 'availability.set', botIds: [DEMO_BOT], on: true });
  if (core.settings.workspace().name !== DEMO_NAME) await run({ type: 'workspace.save', settings: { ...core.settings.workspace(), name: DEMO_NAME } });
  await addKnowledge(core, DEMO_BOT);
}

async function addKnowledge(core: Core, botId: BotId): Promise<void> {
  const at = Date.now();
  const document = parseFile(SHOP_DOCUMENT.name, Buffer.from(SHOP_DOCUMENT.text));
  if (!document.ok) throw new Error(document.reason);
  const faq = SHOP_FAQ.map(([title, text]) => ({ kind: 'faq' as const, title, text, file: null }));
  await core.store.addKnowledge([...faq, ...document.entries].map((entry) => ({ ...entry, id: KnowledgeId.parse(uuid(at)), botId, at })));
}

async function play(core: Core, past: Past, told: DemoConversation): Promise<void> {
  past.now = Date.now() - told.minutesAgo * 60_000;
  past.connected = told.nobodyThere ? [] : [SAM.id];
  const page = { url: `${core.config.publicUrl ?? `http://${core.config.host}:${core.config.port}`}${told.page.path}`, title: told.page.title };
  const visitor: VisitorRef = { visitorId: VisitorId.parse(uuid(past.now)), secretHash: hashSecret(newToken()), botId: DEMO_BOT, channel: 'widget', page, language: told.language };
  let id: ConversationId | null = null;
  for (const step of told.steps) {
    id = await take(core, past, visitor, id, step);
    if ('say' in step) await past.answer(id);
    past.now += STEP_MS;
  }
}

/** @returns the conversation the step was about */
async function take(core: Core, past: Past, visitor: VisitorRef, id: ConversationId | null, step: Step): Promise<ConversationId> {
  if ('agent' in step || 'reply' in step) {
    const conversationId = must(id, 'demo conversation');
    const seen = (await core.store.conversation(conversationId))?.messageCount ?? 0;
    const act = 'reply' in step ? { type: 'message.send' as const, conversationId, text: step.reply, seen } : { type: `conversation.${step.agent}` as const, conversationId };
    await past.at({ kind: 'conversation', id: uuid(past.now), conversationId, what: { by: 'member', actor: SAM, act } });
    return conversationId;
  }
  const act = await visitorAct(core, past, id, step);
  const done = await past.at({ kind: 'visitor', id: act.type === 'visitor.message' ? act.id : uuid(past.now), visitor, act });
  return must(done.ok ? done.conversation?.id : null, 'demo conversation');
}

async function visitorAct(core: Core, past: Past, id: ConversationId | null, step: Exclude<Step, { agent: unknown } | { reply: unknown }>): Promise<VisitorAct> {
  if ('say' in step) return { type: 'visitor.message', id: MessageId.parse(uuid(past.now)), text: step.say };
  if ('email' in step) return { type: 'visitor.email', email: step.email };
  if ('do' in step) return { type: 'visitor.escalate' };
  const messages = await core.store.messages(must(id, 'demo conversation'), 0, 100);
  const offered = messages.findLast((one): one is Said => one.kind === 'said' && one.offer?.answer === null);
  return { type: 'visitor.offer', messageId: must(offered, 'a standing offer in the demo').id, accept: step.accept };
}
