import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '#lib/handoff/decide.ts';
import type { TurnSignals } from '#lib/protocol/turn.ts';
import { freshMeter } from '#lib/handoff/meter.ts';
import type { Actor, ConversationAct, ConversationCommand } from '#lib/handoff/op.ts';
import { whyUnreachable } from '#lib/handoff/availability.ts';
import type { MemberId, MessageId } from '#lib/protocol/ids.ts';
import type { Outcome } from '#lib/handoff/change.ts';
import { oneConversation, WORKSPACE, type World } from './one-conversation.ts';

const ACTORS: Actor[] = [{ id: 'sam' as MemberId, name: 'Sam', role: 'agent' }, { id: 'ana' as MemberId, name: 'Ana', role: 'agent' }, { id: 'lee' as MemberId, name: 'Lee', role: 'lead' }];
const SIGNALS: TurnSignals = { request: { strength: 'none', evidence: null }, consent: null, smallTalk: false, satisfied: false, answerable: 0.1, repeated: false, frustration: 0, wantsHuman: 0, policyHits: [], promised: false };
const MISS_REPLY = { text: 'Perhaps this.', sources: [] };

type Step =
  | { do: 'message' | 'button' | 'back' | 'email' | 'release' | 'archive' | 'thumb' }
  | { do: 'offer'; accept: boolean } | { do: 'bot'; asks: TurnSignals['request']['strength'] }
  | { do: 'member'; who: number; what: 'conversation.claim' | 'conversation.release' | 'conversation.return' | 'conversation.resolve' | 'conversation.reopen' | 'conversation.archive' | 'send' | 'claim-send' }
  | { do: 'wait'; ms: number } | { do: 'connect'; who: number[] } | { do: 'available'; on: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Step>({ do: 'message' }, { do: 'button' }, { do: 'back' }, { do: 'email' }, { do: 'release' }, { do: 'archive' }, { do: 'thumb' }) },
  { weight: 3, arbitrary: fc.constantFrom<Step>({ do: 'bot', asks: 'none' }, { do: 'bot', asks: 'ambiguous' }, { do: 'bot', asks: 'explicit' }, { do: 'message' }) },
  { weight: 1, arbitrary: fc.boolean().map((accept): Step => ({ do: 'offer', accept })) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('member' as const), who: fc.nat(2), what: fc.constantFrom('conversation.claim' as const, 'conversation.release' as const, 'conversation.return' as const, 'conversation.resolve' as const, 'conversation.reopen' as const, 'conversation.archive' as const, 'send' as const, 'claim-send' as const) }) },
  { weight: 1, arbitrary: fc.constantFrom(1_000, 301_000, 1_900_000, 90_000_000).map((ms): Step => ({ do: 'wait', ms })) },
  { weight: 1, arbitrary: fc.subarray([0, 1, 2]).map((who): Step => ({ do: 'connect', who })) },
  { weight: 1, arbitrary: fc.boolean().map((on): Step => ({ do: 'available', on })) },
);

/** The act a step stands for, or null when it only moves the world. */
function actOf(world: World, one: Step): ConversationAct | null {
  const { conversation } = world;
  switch (one.do) {
    case 'message': return { by: 'visitor', act: { type: 'visitor.message', id: world.newId(), text: 'Where is it?' } };
    case 'button': return { by: 'visitor', act: { type: 'visitor.escalate' } };
    case 'back': return { by: 'visitor', act: { type: 'visitor.back' } };
    case 'email': return { by: 'visitor', act: { type: 'visitor.email', email: 'v@example.com' } };
    case 'thumb': return { by: 'visitor', act: { type: 'visitor.feedback', messageId: 'm1' as MessageId, value: 'down' } };
    case 'offer': return { by: 'visitor', act: { type: 'visitor.offer', messageId: (conversation.meter.offer?.messageId ?? 'gone') as MessageId, accept: one.accept } };
    case 'bot': {
      const signals = { ...SIGNALS, request: { strength: one.asks, evidence: null } };
      const decision = decide(conversation.meter, { type: 'turn', signals }, world.bot.handoff, world.now);
      return { by: 'bot', act: { type: 'bot.turn', index: conversation.owed?.first ?? conversation.messageCount, reply: one.asks === 'none' ? { id: world.newId(), ...MISS_REPLY } : null, decision, signals } };
    }
    case 'release': return { by: 'clock', act: { type: 'clock.release' } };
    case 'archive': return { by: 'clock', act: { type: 'clock.archive' } };
    case 'member': return { by: 'member', actor: ACTORS[one.who]!, act: command(world, one.what) };
    case 'wait': world.now += one.ms; return null;
    case 'connect': world.connected = one.who.map((at) => ACTORS[at]!.id); return null;
    case 'available': world.bot = { ...world.bot, availability: { on: one.on, by: null, at: world.now } }; return null;
  }
}

function command(world: World, what: Extract<Step, { do: 'member' }>['what']): ConversationCommand {
  const conversationId = world.conversation.id;
  if (what !== 'send' && what !== 'claim-send') return { type: what, conversationId };
  return { type: 'message.send', conversationId, text: 'Hello', seen: world.conversation.messageCount, ...(what === 'claim-send' ? { claim: true } : {}) };
}

const DULL = new Set(['wait', 'connect', 'available']);

/** The laws, checked after each act against what was before it. */
function check(before: World['conversation'], world: World, one: Step, outcome: Outcome): void {
  const after = world.conversation;
  if (!outcome.ok) { expect(after).toBe(before); return; }
  const happened = outcome.messages.flatMap((draft) => (draft.kind === 'happened' ? [draft.what.type] : []));
  const botSpoke = outcome.messages.some((draft) => draft.kind === 'said' && draft.author.kind === 'bot');
  // Law 1.
  if (before.floor === 'team') expect(botSpoke).toBe(false);
  if (one.do === 'bot') expect(before.floor).toBe('bot');
  // Law 2: while it stands it stays the one it was, and is marked once.
  if (before.status === 'escalated' && after.status === 'escalated') expect(after.escalation?.at).toBe(before.escalation?.at);
  // Law 3 and S13: never marked without words in the same change.
  if (before.status !== 'escalated' && after.status === 'escalated') {
    const shown = happened.filter((type) => type === 'queued' || type === 'offline' || type === 'joined' || type === 'reopened');
    expect(shown.length).toBeGreaterThanOrEqual(1);
    if (!after.claim) {
      const reachable = whyUnreachable(world.bot, world.connected.length) === null;
      expect(shown).toEqual([reachable ? 'queued' : 'offline']);
      expect(after.floor).toBe(reachable ? 'team' : 'bot');
    }
  }
  // Law 6: the owner only changes through nobody.
  if (before.claim && after.claim) expect(after.claim.memberId).toBe(before.claim.memberId);
  // Law 4, in words and by button.
  if (one.do === 'button' || (one.do === 'bot' && one.asks === 'explicit')) expect(after.status).toBe('escalated');
  if (one.do === 'bot' && one.asks === 'explicit') expect(outcome.messages.length).toBeGreaterThan(0);
  checkState(after);
  if (one.do === 'member' && (one.what === 'conversation.return' || (one.what === 'conversation.resolve' && before.status !== 'resolved'))) {
    expect(after).toMatchObject({ meter: freshMeter(), detectFrom: after.messageCount, owed: null });
  }
  expect(after.messageCount).toBe(before.messageCount + outcome.messages.length);
}

/** The table of PRODUCT.md section 2: what may be at the same time. */
function checkState(conversation: World['conversation']): void {
  const { status, floor, claim, escalation, owed, resolvedAt } = conversation;
  if (status !== 'escalated') expect([floor, claim]).toEqual(['bot', null]);
  if (claim) expect([status, floor]).toEqual(['escalated', 'team']);
  // Somebody is responsible: the team has it on its list, or the bot answers.
  if (floor === 'team') expect(status).toBe('escalated');
  if (status === 'escalated') expect(escalation).not.toBeNull();
  if (floor === 'team') expect(owed).toBeNull();
  if (status === 'open') expect(escalation).toBeNull();
  expect(resolvedAt !== null).toBe(status === 'resolved' || status === 'archived');
}

test('the laws hold through any history', () => {
  fc.assert(fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
    const world = oneConversation();
    for (const one of steps) {
      const before = world.conversation;
      const what = actOf(world, one);
      if (what && !DULL.has(one.do)) check(before, world, one, world.act(what));
    }
  }), { numRuns: 1_500 });
});

test('asking by button, in words and by offer, twice each, is one escalation', () => {
  const world = oneConversation();
  const steps: Step[] = [{ do: 'message' }, { do: 'bot', asks: 'ambiguous' }, { do: 'offer', accept: true }, { do: 'button' }, { do: 'offer', accept: true }, { do: 'button' }, { do: 'message' }, { do: 'bot', asks: 'explicit' }];
  for (const one of steps) world.act(actOf(world, one)!);
  expect(world.messages.filter((one) => one.kind === 'happened').map((one) => one.what.type)).toEqual(['queued']);
  expect(world.conversation).toMatchObject({ status: 'escalated', floor: 'team', escalation: { trigger: 'offer', reasons: [{ code: 'request' }, { code: 'offer_accepted' }] } });
  expect(world.messages.find((one) => one.kind === 'said' && one.offer)).toMatchObject({ offer: { answer: 'accepted' } });
});

test('two agents claim at once: one wins, the other learns who', () => {
  const world = oneConversation();
  world.act({ by: 'visitor', act: { type: 'visitor.escalate' } });
  const [first, second] = ACTORS.slice(0, 2).map((actor) => world.act({ by: 'member', actor, act: command(world, 'claim-send') }));
  expect(first?.ok).toBe(true);
  expect(second).toMatchObject({ ok: false, refusal: { by: 'Sam' } });
});

test('a bot turn under way when the team takes the floor is dropped', () => {
  const world = oneConversation();
  world.act(actOf(world, { do: 'message' })!);
  const late = actOf(world, { do: 'bot', asks: 'none' })!;
  world.act({ by: 'member', actor: ACTORS[0]!, act: command(world, 'conversation.claim') });
  expect(world.act(late)).toMatchObject({ ok: false, refusal: { code: 'bot_has_floor' } });
});

test('the floor alone silences the bot, even if a turn were still owed', () => {
  const world = oneConversation();
  world.act(actOf(world, { do: 'message' })!);
  world.conversation = { ...world.conversation, floor: 'team', status: 'escalated' };
  expect(world.act(actOf(world, { do: 'bot', asks: 'none' })!)).toMatchObject({ ok: false, refusal: { code: 'bot_has_floor' } });
});

test('a declined offer is not undone by a turn that was decided before', () => {
  const world = oneConversation();
  for (const one of [{ do: 'message' }, { do: 'bot', asks: 'ambiguous' }, { do: 'message' }] as Step[]) world.act(actOf(world, one)!);
  const late = actOf(world, { do: 'bot', asks: 'none' })!;
  world.act(actOf(world, { do: 'offer', accept: false })!);
  world.act(late);
  expect(world.conversation.meter).toMatchObject({ offer: null, cooldown: 2 });
});

test('asked again in words while nobody is there, the visitor is told again; once people are back, they queue', () => {
  const world = oneConversation();
  world.connected = [];
  for (const one of [{ do: 'button' }, { do: 'message' }, { do: 'bot', asks: 'explicit' }] as Step[]) world.act(actOf(world, one)!);
  world.connected = [ACTORS[0]!.id];
  for (const one of [{ do: 'message' }, { do: 'bot', asks: 'explicit' }] as Step[]) world.act(actOf(world, one)!);
  expect(world.messages.filter((one) => one.kind === 'happened').map((one) => one.what.type)).toEqual(['offline', 'offline', 'queued']);
  expect(world.conversation).toMatchObject({ floor: 'team', escalation: { trigger: 'button', shown: 'queued' } });
});

test('a visitor back within half an hour reaches the agent who resolved it; later, the bot', () => {
  for (const [wait, state] of [[60_000, { status: 'escalated', floor: 'team', claim: { memberId: 'sam' } }], [WORKSPACE.reopenWithinMs + 1, { status: 'open', floor: 'bot', claim: null }]] as const) {
    const world = oneConversation();
    for (const what of ['claim-send', 'conversation.resolve'] as const) world.act({ by: 'member', actor: ACTORS[0]!, act: command(world, what) });
    world.now += wait;
    world.act(actOf(world, { do: 'message' })!);
    expect(world.conversation).toMatchObject(state);
  }
});
