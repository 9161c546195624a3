import { expect, test } from 'vitest';
import { decide } from '#lib/handoff/decide.ts';
import type { TurnSignals } from '#lib/protocol/turn.ts';
import { freshMeter } from '#lib/handoff/meter.ts';
import type { Actor, ConversationAct } from '#lib/handoff/op.ts';
import type { Outcome } from '#lib/handoff/change.ts';
import type { MemberId, MessageId } from '#lib/protocol/ids.ts';
import { createRandom, type Random } from '../chaos/random.ts';
import { oneConversation, type World } from './one-conversation.ts';

const COUNT = 100_000;
const SEED = Number(process.env.CHAOS_SEED ?? 1);
const SAM: Actor = { id: 'sam' as MemberId, name: 'Sam', role: 'agent' };
const LEE: Actor = { id: 'lee' as MemberId, name: 'Lee', role: 'lead' };
const SIGNALS: TurnSignals = { request: { strength: 'none', evidence: null }, consent: null, smallTalk: false, satisfied: false, answerable: 0.1, repeated: false, frustration: 0, wantsHuman: 0, policyHits: [], promised: false };

/** What a slow bot makes of the conversation as it is now; committed later, whatever happened meanwhile. */
function turnOf(world: World, random: Random): ConversationAct {
  const { conversation } = world;
  const request = { strength: random.pick(['none', 'none', 'none', 'ambiguous', 'explicit'] as const), evidence: null };
  const signals = { ...SIGNALS, request, answerable: random.pick([0.1, 0.9]) };
  const reply = random.below(4) === 0 ? null : { id: world.newId(), text: 'Perhaps this.', sources: [] };
  return { by: 'bot', act: { type: 'bot.turn', index: conversation.owed?.first ?? conversation.messageCount, reply, decision: decide(conversation.meter, { type: 'turn', signals }, world.bot.handoff, world.now), signals } };
}

const PEOPLE = ['message', 'message', 'button', 'back', 'offer', 'thumb', 'claim', 'send', 'release', 'return', 'resolve', 'reopen', 'idle', 'leave', 'come', 'switch'] as const;

/** What a person, or the clock, does next; null when it only changes who is there. */
function personDoes(world: World, random: Random): ConversationAct | null {
  const { conversation } = world;
  const conversationId = conversation.id;
  const actor = random.pick([SAM, LEE]);
  const visitor = (act: Extract<ConversationAct, { by: 'visitor' }>['act']): ConversationAct => ({ by: 'visitor', act });
  const what = random.pick(PEOPLE);
  switch (what) {
    case 'message': return visitor({ type: 'visitor.message', id: world.newId(), text: 'Where is it?' });
    case 'button': return visitor({ type: 'visitor.escalate' });
    case 'back': return visitor({ type: 'visitor.back' });
    case 'offer': return visitor({ type: 'visitor.offer', messageId: (conversation.meter.offer?.messageId ?? 'gone') as MessageId, accept: random.below(2) === 0 });
    case 'thumb': return visitor({ type: 'visitor.feedback', messageId: world.messages.at(-1)?.id ?? ('gone' as MessageId), value: random.pick(['up', 'down'] as const) });
    case 'claim': case 'release': case 'return': case 'resolve': case 'reopen': return { by: 'member', actor, act: { type: `conversation.${what}`, conversationId } };
    case 'send': return { by: 'member', actor, act: { type: 'message.send', conversationId, text: 'Hello', seen: conversation.messageCount, claim: random.below(2) === 0 } };
    case 'idle': world.now += random.pick([1_000, 301_000]); return { by: 'clock', act: { type: 'clock.release' } };
    case 'leave': world.connected = []; return null;
    case 'come': world.connected = [SAM.id]; return null;
    case 'switch': world.bot = { ...world.bot, availability: { ...world.bot.availability, on: !world.bot.availability.on } }; return null;
  }
}

/** What is wrong after an act, or null. Law 1, and somebody is always responsible. */
function wrongWith(before: World['conversation'], world: World, outcome: Outcome): string | null {
  if (outcome.ok && before.floor === 'team' && outcome.messages.some((one) => one.kind === 'said' && one.author.kind === 'bot')) return 'the bot spoke on the team\'s floor';
  const { status, floor, claim, escalation, owed } = world.conversation;
  if (floor === 'team' && status !== 'escalated') return 'the team has the floor of a conversation that is on nobody\'s list';
  if (floor === 'team' && owed) return 'a turn is owed that nobody may take';
  if (claim && floor !== 'team') return 'claimed, and the bot has the floor';
  const wasTold = world.messages.some((one) => one.kind === 'happened' && (one.what.type === 'offline' || one.what.type === 'queued' || one.what.type === 'joined' || one.what.type === 'reopened'));
  if (status === 'escalated' && (!escalation || !wasTold)) return 'escalated, and the visitor was told nothing';
  if (status === 'escalated' && floor === 'bot' && escalation?.shown !== 'offline' && !world.conversation.email) return 'escalated with the bot\'s floor, and no offline message';
  return null;
}

/** Given back to the bot, it answers the next message. */
function answersAgain(world: World): string | null {
  const { conversation } = world;
  world.connected = [];
  if (conversation.floor === 'team') world.act({ by: 'member', actor: LEE, act: { type: 'conversation.return', conversationId: conversation.id } });
  if (world.conversation.status === 'archived' || world.conversation.floor !== 'bot') return 'it cannot be given back to the bot';
  // Long after: a conversation that was resolved begins anew, with the bot.
  world.now += 90_000_000;
  world.conversation = { ...world.conversation, meter: freshMeter() };
  world.act({ by: 'visitor', act: { type: 'visitor.message', id: world.newId(), text: 'One more thing' } });
  const from = world.messages.length;
  const { owed } = world.conversation;
  const decision = decide(world.conversation.meter, { type: 'turn', signals: { ...SIGNALS, answerable: 0.9 } }, world.bot.handoff, world.now);
  for (let index = owed?.first ?? 0; index <= (owed?.last ?? -1); index++) world.act({ by: 'bot', act: { type: 'bot.turn', index, reply: { id: world.newId(), text: 'Here it is.', sources: [] }, decision } });
  return world.messages.slice(from).some((one) => one.kind === 'said' && one.author.kind === 'bot') ? null : 'the bot is silent after it was given back';
}

function interleave(random: Random): { wrong: string | null; late: number; dropped: number } {
  const world = oneConversation({ mode: random.pick(['button', 'auto', 'both'] as const) });
  const turns: ConversationAct[] = [];
  let [late, dropped] = [0, 0];
  for (let left = random.between(6, 16); left > 0; left--) {
    const before = world.conversation;
    if (before.owed && random.below(2) === 0) turns.push(turnOf(world, random));
    const isTurn = turns.length > 0 && random.below(3) === 0;
    const act = isTurn ? turns.splice(random.below(turns.length), 1)[0]! : personDoes(world, random);
    if (!act) continue;
    const outcome = world.act(act);
    if (isTurn) late += 1;
    if (isTurn && !outcome.ok) dropped += 1;
    const wrong = wrongWith(before, world, outcome);
    if (wrong) return { wrong: `${wrong}, after ${JSON.stringify(act)}`, late, dropped };
  }
  return { wrong: answersAgain(world), late, dropped };
}

test(`${COUNT} interleavings of a slow bot, a visitor, two agents and the clock: the bot is silent on the team's floor, somebody is responsible, and it answers again`, () => {
  const random = createRandom(SEED);
  let [late, dropped] = [0, 0];
  for (let at = 0; at < COUNT; at++) {
    const seen = interleave(random);
    if (seen.wrong) expect.fail(`interleaving ${at} of seed ${SEED}: ${seen.wrong}`);
    late += seen.late;
    dropped += seen.dropped;
  }
  // Both really happened: turns that came in time and turns that came too late.
  expect(dropped).toBeGreaterThan(COUNT / 20);
  expect(late - dropped).toBeGreaterThan(COUNT / 20);
});
