import { uuid } from '#lib/base/uuid.ts';
import { must } from '#lib/base/must.ts';
import { BotId, KnowledgeId, MemberId, MessageId, VisitorId } from '#lib/protocol/ids.ts';
import type { VisitorAct, WorkspaceCommand } from '#lib/handoff/op.ts';
import type { Core, OpBody } from '../core.ts';
import { hashSecret, newToken } from '../secrets.ts';
import { WORKSPACE_ID } from '../workspace.ts';

export const DEMO_BOT = BotId.parse('pinewood');
const ADMIN = { id: MemberId.parse('you'), name: 'You', role: 'admin' as const };
const FAQ = [
  ['How long does shipping take?', 'Standard shipping takes 2 to 4 working days. Express orders placed before noon arrive the next working day.'],
  ['How much is shipping?', 'Shipping is 4.90, and free for orders over 60.'], ['How do I return something?', 'Send it back unused within 30 days. The label is in your parcel; the refund follows within 5 working days.'],
  ['Where is my order?', 'The tracking link is in your shipping mail. It updates every evening.'], ['Do your tents come with pegs?', 'Yes, every tent comes with pegs, guy lines and a repair patch.'],
  ['How do I wash a down jacket?', 'Wash it at 30 degrees with down detergent and tumble-dry it with two tennis balls.'], ['Which payment methods do you take?', 'Credit card, PayPal and bank transfer.'],
  ['Is there a warranty?', 'All our gear has a two-year warranty; backpacks have five.'],
] as const;
const WAITING: [string, number][] = [['My tent arrived with a torn floor. Can somebody look at this?', 9], ['I was charged twice for order 4711', 4], ['Can I change the delivery address of my order?', 1]];

/** Fills the demo workspace once; through the same ops as real life. */
export async function seedDemo(core: Core): Promise<void> {
  if (core.settings.bot(DEMO_BOT)) return;
  const at = (now: number, op: OpBody) => core.submit({ ...op, workspaceId: WORKSPACE_ID, now, connected: [ADMIN.id] } as Parameters<Core['submit']>[0]);
  const run = async (command: WorkspaceCommand): Promise<void> => {
    const done = await at(Date.now(), { kind: 'workspace', id: uuid(), actor: ADMIN, command });
    if (!done.ok) throw new Error(`The demo could not be filled in: ${done.refusal.message}`);
  };
  await run({ type: 'member.add', memberId: ADMIN.id, name: 'You', role: 'admin' });
  await run({ type: 'member.add', memberId: MemberId.parse('priya'), name: 'Priya Demo', role: 'lead' });
  await run({ type: 'member.add', memberId: MemberId.parse('sam'), name: 'Sam Demo', role: 'agent' });
  await run({ type: 'bot.add', botId: DEMO_BOT, name: 'Pinewood helper' });
  const bot = must(core.settings.bot(DEMO_BOT), 'demo bot');
  await run({ type: 'bot.save', botId: DEMO_BOT, baseSeq: bot.seq, settings: { name: bot.name, greeting: 'Hi! Ask me about orders, shipping, returns or our gear.', sites: ['*'], handoff: { ...bot.handoff, enabled: true, mode: 'both' } } });
  await run({ type: 'availability.set', botIds: null, on: true });
  await core.store.addKnowledge(FAQ.map(([title, text]) => ({ id: KnowledgeId.parse(uuid()), botId: DEMO_BOT, kind: 'faq', title, text, file: null, at: Date.now() })));
  for (const [text, minutes] of WAITING) {
    const visitor = { visitorId: VisitorId.parse(uuid()), secretHash: hashSecret(newToken()), botId: DEMO_BOT, channel: 'widget' as const, page: null, language: 'en' };
    const acts: VisitorAct[] = [{ type: 'visitor.message', id: MessageId.parse(uuid()), text }, { type: 'visitor.escalate' }];
    for (const act of acts) await at(Date.now() - minutes * 60_000, { kind: 'visitor', id: uuid(), visitor, act });
  }
}
