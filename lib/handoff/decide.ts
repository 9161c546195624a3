import type { Meter, Reason } from '#lib/protocol/conversation.ts';
import type { HandoffSettings, Policy } from '#lib/protocol/settings.ts';
import type { TurnSignals } from '#lib/protocol/turn.ts';
import { askAgainLater, OFFER_STANDS_MS, OFFER_STANDS_TURNS } from './offer-life.ts';
import type { Decision } from './op.ts';
import { BOT_ASKED } from './phrases.ts';
import { GOOD_ANSWER, helped, MAX_UNSOLICITED, promised, weigh, weighBotAsked, weighThumbsDown } from './weigh.ts';

/** The part of the handoff settings that a decision looks at. */
export type DecideSettings = Pick<HandoffSettings, 'enabled' | 'mode'>;
export type DecideEvent =
  | { type: 'turn'; signals: TurnSignals }
  | { type: 'offer'; accept: boolean }
  | { type: 'feedback'; value: 'up' | 'down' }
  /** The customer's own bot asks for a person, of its own accord. */
  | { type: 'bot'; act: Policy['act'] };

/**
 * Law 4 and law 5: what to do about an event, and the meter after it. Pure and replayable: the same meter, event,
 * settings and time give the same decision. Weights are in weigh.ts, the life of an offer in offer-life.ts.
 */
export function decide(meter: Meter, event: DecideEvent, settings: DecideSettings, now: number): Decision {
  if (event.type === 'offer') return answered(meter, event.accept);
  if (event.type === 'feedback') return rated(meter, event.value, settings, now);
  if (event.type === 'bot') return botAsked(meter, event.act, settings, now);
  return asked(meter, event.signals, settings, now) ?? byRule(meter, event.signals, settings, now) ?? evidence(meter, event.signals, settings, now);
}

const offers = (settings: DecideSettings): boolean => settings.enabled && settings.mode !== 'button';

function answered(meter: Meter, accept: boolean): Decision {
  if (!accept) return { action: 'silent', reasons: [], meter: askAgainLater(meter), settled: 'declined' };
  return { action: 'escalate', trigger: 'offer', reasons: [...meter.reasons, { code: 'offer_accepted' }], meter: { ...meter, offer: null }, settled: 'accepted' };
}

function rated(meter: Meter, value: 'up' | 'down', settings: DecideSettings, now: number): Decision {
  if (value === 'up') return { action: 'silent', reasons: [], meter: helped(meter) };
  const after = weighThumbsDown(rearm(meter));
  if (mayOffer(after, settings)) return makeOffer(after, now, true);
  if (after.clarified || after.offer) return { action: 'silent', reasons: after.reasons, meter: after };
  return { action: 'clarify', reasons: after.reasons, meter: { ...after, clarified: true } };
}

/** The visitor asks for a person, or answers the offer in words: null when neither. Nothing on the meter can refuse it. */
function asked(meter: Meter, signals: TurnSignals, settings: DecideSettings, now: number): Decision | null {
  const { strength, evidence: span } = signals.request;
  const standing = stands(meter, now);
  const yes = strength === 'none' && standing && signals.consent === 'yes';
  if (strength === 'none' && !yes) return null;
  const reason: Reason = span === null ? { code: 'request' } : { code: 'request', evidence: span.slice(0, 200) };
  const turned = endOfTurn(rearm(meter), now);
  if (!settings.enabled) return { action: 'decline', reasons: [reason], ...turned };
  if (settings.mode === 'button') return { action: 'point', reasons: [reason], ...turned };
  if (yes) return answered(meter, true);
  if (strength === 'explicit') {
    const accepted = meter.offer ? { settled: 'accepted' as const } : {};
    return { action: 'escalate', trigger: 'request', reasons: [reason, ...meter.reasons], meter: { ...meter, offer: null }, ...accepted };
  }
  // The offer is the question back; while one stands there already, asking again would nag.
  if (standing) return null;
  const first = { ...turned.meter, reasons: [reason, ...turned.meter.reasons.filter((one) => one.code !== 'request')] };
  return { ...turned, ...makeOffer(first, now, false) };
}

/** The admin's own word, or that of the admin's own bot, that a person is fetched without asking back. */
function byRule(meter: Meter, { policyHits }: TurnSignals, settings: DecideSettings, now: number): Decision | null {
  const hit = settings.enabled ? policyHits.find(({ act, by }) => act === 'escalate' && (offers(settings) || by === 'bot')) : undefined;
  if (!hit) return null;
  if (!offers(settings)) return { action: 'point', reasons: [{ code: 'policy', evidence: hit.words }], ...endOfTurn(rearm(meter), now) };
  const accepted = meter.offer ? { settled: 'accepted' as const } : {};
  return { action: 'escalate', trigger: 'policy', reasons: [{ code: 'policy', evidence: hit.words }, ...meter.reasons], meter: { ...meter, offer: null }, ...accepted };
}

/** `silent`: not now (law 5), and nothing is remembered of it. */
function botAsked(meter: Meter, act: Policy['act'], settings: DecideSettings, now: number): Decision {
  const reason: Reason = { code: 'policy', evidence: BOT_ASKED };
  if (act === 'escalate' && settings.enabled) {
    if (!offers(settings)) return { action: 'point', reasons: [reason], meter };
    const accepted = meter.offer ? { settled: 'accepted' as const } : {};
    return { action: 'escalate', trigger: 'policy', reasons: [reason, ...meter.reasons], meter: { ...meter, offer: null }, ...accepted };
  }
  const weighed = weighBotAsked(rearm(meter));
  return act === 'offer' && mayOffer(weighed, settings) ? makeOffer(weighed, now, true) : { action: 'silent', reasons: [], meter };
}

function evidence(meter: Meter, signals: TurnSignals, settings: DecideSettings, now: number): Decision {
  const missed = signals.promised || (!signals.smallTalk && signals.answerable < GOOD_ANSWER.weak);
  if (stands(meter, now) && signals.consent === 'no') {
    return { action: missed ? 'silent' : 'answer', reasons: [], meter: askAgainLater(meter), settled: 'declined' };
  }
  const expired = meter.offer !== null && !stands(meter, now);
  const before = rearm(expired ? askAgainLater(meter) : meter);
  // A promise stands for an answer that only a person could give: the question back is the offer, however little was missed before.
  const weighed = signals.promised && before.armed ? promised(weigh(before, signals)) : weigh(before, signals);
  const lapsed = expired ? { settled: 'lapsed' as const } : {};
  if (!signals.smallTalk && mayOffer(weighed, settings)) return { ...makeOffer(weighed, now, true), ...lapsed };
  const clarify = missed && !weighed.clarified;
  const turned = endOfTurn(clarify ? { ...weighed, clarified: true } : weighed, now);
  return { action: clarify ? 'clarify' : 'answer', reasons: weighed.reasons, ...lapsed, ...turned };
}

const stands = (meter: Meter, now: number): boolean => meter.offer !== null && now < meter.offer.expiresAt;
const rearm = (meter: Meter): Meter => (meter.offer === null && meter.evidence <= 0.5 ? { ...meter, armed: true } : meter);

function mayOffer(meter: Meter, settings: DecideSettings): boolean {
  return offers(settings) && meter.armed && meter.offer === null && meter.cooldown === 0
    && meter.offers < MAX_UNSOLICITED && meter.evidence >= meter.bar;
}

function makeOffer(meter: Meter, now: number, unsolicited: boolean): Decision {
  const offer = { messageId: '', turnsLeft: OFFER_STANDS_TURNS, expiresAt: now + OFFER_STANDS_MS };
  return { action: 'offer', reasons: meter.reasons, meter: { ...meter, offer, armed: false, offers: meter.offers + (unsolicited ? 1 : 0) } };
}

/** A turn has passed: the cool-down and a standing offer are one turn shorter. */
function endOfTurn(meter: Meter, now: number): Pick<Decision, 'meter' | 'settled'> {
  const cooled = { ...meter, cooldown: Math.max(0, meter.cooldown - 1) };
  if (!cooled.offer) return { meter: cooled };
  const turnsLeft = cooled.offer.turnsLeft - 1;
  if (turnsLeft <= 0 || now >= cooled.offer.expiresAt) return { meter: askAgainLater(cooled), settled: 'lapsed' };
  return { meter: { ...cooled, offer: { ...cooled.offer, turnsLeft } } };
}
