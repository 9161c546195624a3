import { agentLabel, offlineMessage } from '#lib/handoff/availability.ts';
import { PHRASES } from '#lib/handoff/phrases.ts';
import type { BotId, ConversationId, KnowledgeId, MemberId, MessageId } from '#lib/protocol/ids.ts';
import type { Happening, Message, Said } from '#lib/protocol/message.ts';
import type { BotSettings } from '#lib/protocol/settings.ts';
import type { VisitorConversation } from '#lib/protocol/visitor.ts';
import type { WidgetModel } from '#lib/widget/model.ts';

export const PREVIEW_STATES = ['answer', 'offer', 'waiting', 'agent', 'offline'] as const;
export type PreviewState = (typeof PREVIEW_STATES)[number];
export const PREVIEW_NAMES: Record<PreviewState, string> = { answer: 'Answer', offer: 'Offer', waiting: 'Waiting', agent: 'Agent', offline: 'Offline' };

type Line = Pick<Said, 'author' | 'text' | 'sources' | 'offer'> | Happening;

const VISITOR = { kind: 'visitor' } as const;
/** Law 10 must not change the picture while it is looked at. */
const WAITED_MS = 40_000;

function linesOf(state: PreviewState, settings: BotSettings): Line[] {
  const bot = { kind: 'bot', name: settings.name || 'Bot' } as const;
  const label = agentLabel(settings);
  const opening: Line[] = [{ author: VISITOR, text: 'How long does delivery take?' },
    { author: bot, text: 'Two to four working days. You get a link to follow the parcel when it leaves.', sources: [{ id: 'k1' as KnowledgeId, title: 'Delivery times' }] }];
  const lost: Line[] = [...opening, { author: VISITOR, text: 'Mine says delivered, but it is not here.' }];
  switch (state) {
    case 'answer': return opening;
    case 'offer': return [...lost, { author: bot, text: PHRASES.offer, offer: { reason: 'miss', answer: null } }];
    case 'waiting': return [...lost, { type: 'queued' }];
    case 'agent': return [...lost, { type: 'queued' }, { type: 'joined', label },
      { author: { kind: 'agent', id: 'm1' as MemberId, name: label, label }, text: 'Hello! Let me look where your parcel is.' }];
    case 'offline': return [...lost, { type: 'offline', text: offlineMessage(settings) }];
  }
}

function conversationOf(state: PreviewState, settings: BotSettings, now: number, messageSeq: number): VisitorConversation {
  const base: VisitorConversation = { status: 'open', floor: 'bot', messageSeq, agentLabel: null, waiting: null, offline: false, email: null };
  switch (state) {
    case 'answer': case 'offer': return base;
    case 'waiting': return { ...base, status: 'escalated', floor: 'team', waiting: { since: now - WAITED_MS, place: 2 } };
    case 'agent': return { ...base, status: 'escalated', floor: 'team', agentLabel: agentLabel(settings) };
    case 'offline': return { ...base, status: 'escalated', offline: true };
  }
}

/** What a visitor would see with these unsaved settings. @param now epoch ms */
export function previewModel(state: PreviewState, settings: BotSettings, waitingTooLongMs: number, now: number): WidgetModel {
  const common = (at: number) => ({ id: `p${at}` as MessageId, conversationId: 'preview' as ConversationId, index: at + 1, seq: at + 1, at: now - WAITED_MS });
  const messages = linesOf(state, settings).map((line, at): Message => ('type' in line ? { ...common(at), kind: 'happened', what: line } : { ...common(at), kind: 'said', ...line }));
  return {
    bot: { id: 'preview' as BotId, name: settings.name, greeting: settings.greeting, waitingTooLongMs: Math.max(waitingTooLongMs, WAITED_MS * 10),
      handoff: { enabled: settings.handoff.enabled, mode: settings.handoff.mode, agentLabel: agentLabel(settings), offlineMessage: offlineMessage(settings), available: state !== 'offline' } },
    conversation: conversationOf(state, settings, now, messages.length), messages,
    pending: [], streaming: null, typing: null, link: 'online', refusedBecause: null, deleted: false, clockOffset: 0,
  };
}

/** Why this picture cannot happen with these settings, or null. */
export function cannotHappen(state: PreviewState, { handoff }: BotSettings): string | null {
  if (state === 'answer') return null;
  if (!handoff.enabled) return 'With handoff off this cannot happen.';
  return state === 'offer' && handoff.mode === 'button' ? 'In Button mode the bot makes no offers.' : null;
}
