import { setImmediate } from 'node:timers/promises';
import { uuid } from '#lib/base/uuid.ts';
import type { MemberId, MessageId } from '#lib/protocol/ids.ts';
import type { Message } from '#lib/protocol/message.ts';
import type { Decided, Reached } from '#lib/protocol/replay.ts';
import type { Bot as Settings, Workspace } from '#lib/protocol/settings.ts';
import type { TurnSignals } from '#lib/protocol/turn.ts';
import { createRehearsal, type Rehearsal } from '../bot/rehearsal.ts';
import { turnAct } from '../bot/turn-act.ts';
import type { Outcome } from './compare.ts';
import type { SayStep, Step } from './stretches.ts';
import type { TurnSource } from './turn-source.ts';

/** Whoever asks for a person is connected to one: whether somebody was there is not what is being tried. */
const SOMEBODY = ['replay' as MemberId];

export interface PlayParts { settings: Settings; workspace: Workspace; source: TurnSource }
export interface Played {
  /** One for each line and each thumb, in order; null where the team would have it. */
  outcomes: (Outcome | null)[];
  reached: Reached;
}

/** Plays one stretch under one state of the settings, by the rules that move real conversations. Lets others run after each step. @throws the signal's reason */
export async function playStretch(parts: PlayParts, steps: readonly Step[], signal: AbortSignal): Promise<Played> {
  const { settings, workspace } = parts;
  const began = steps.find((step): step is SayStep => step.do === 'say')?.record.at ?? 0;
  const rehearsal = createRehearsal({ settings: { ...settings, availability: { ...settings.availability, on: true } }, workspace, connected: SOMEBODY, now: began });
  const outcomes: (Outcome | null)[] = [];
  let now = began;
  let last: Last | null = null;
  for (const step of steps) {
    if (step.do === 'say') {
      now = step.record.at;
      last = await say(parts, rehearsal, step, signal);
      outcomes.push(last?.outcome ?? null);
    } else if (step.do === 'rate') outcomes.push(rate(rehearsal, last, step.value, now));
    else answer(rehearsal, settings, step.accept, now);
    await setImmediate();
    signal.throwIfAborted();
  }
  return { outcomes, reached: { offered: outcomes.some((one) => one?.decided.action === 'offer'), escalated: rehearsal.conversation().status === 'escalated' } };
}

/** The bot's latest turn: what a thumb is about. */
interface Last { outcome: Outcome; shown: readonly Message[] }

async function say({ settings, source }: PlayParts, rehearsal: Rehearsal, step: SayStep, signal: AbortSignal): Promise<Last | null> {
  const { message: { text }, record: { at } } = step;
  rehearsal.act({ by: 'visitor', act: { type: 'visitor.message', id: uuid(at) as MessageId, text } }, at);
  const { owed, meter: before } = rehearsal.conversation();
  if (!owed) return null;
  const transcript = rehearsal.messages();
  const { turn, assumed } = await source({ settings, step, transcript, meter: before }, signal);
  const act = turnAct(settings, { meter: before }, { text, index: owed.last }, transcript, turn, { now: at, replyId: uuid(at) as MessageId });
  const { shown, turn: record } = rehearsal.act({ by: 'bot', act }, at);
  // What was decided at commit.
  const { action, reasons } = record ?? act.decision;
  const trigger = action === 'escalate' ? act.decision.trigger ?? null : null;
  const decided: Decided = { action, trigger, reasons, signals: act.signals as TurnSignals, before, after: rehearsal.conversation().meter, reply: act.reply?.text ?? null, assumed };
  return { outcome: { decided, shown: shown.map(wordsOf) }, shown };
}

const wordsOf = (message: Message): string => (message.kind === 'said' ? message.text : message.what.type);

/** Null: there is no answer the thumb could be about. */
function rate(rehearsal: Rehearsal, last: Last | null, value: 'up' | 'down', now: number): Outcome | null {
  const rated = last?.shown.find((one) => one.kind === 'said' && !one.offer);
  const { meter: before } = rehearsal.conversation();
  if (!last || !rated) return null;
  const { shown } = rehearsal.act({ by: 'visitor', act: { type: 'visitor.feedback', messageId: rated.id, value } }, now);
  const { meter: after } = rehearsal.conversation();
  const action = shown.some((one) => one.kind === 'said' && one.offer) ? 'offer' : shown.length > 0 ? 'clarify' : 'silent';
  return { decided: { ...last.outcome.decided, action, trigger: null, reasons: after.reasons, before, after, reply: null }, shown: shown.map(wordsOf) };
}

/** Only an offer that stands here, too, can be answered. */
function answer(rehearsal: Rehearsal, { handoff }: Settings, accept: boolean, now: number): void {
  const { meter: { offer }, floor } = rehearsal.conversation();
  if (offer && floor === 'bot' && handoff.enabled) rehearsal.act({ by: 'visitor', act: { type: 'visitor.offer', messageId: offer.messageId as MessageId, accept } }, now);
}
