import type { ReactNode } from 'react';
import { Desk } from '#components/desk/desk.tsx';
import type { DeskActs, DeskData, OpenData, View } from '#components/desk/model.ts';
import { hasEmail, isMine, isWaiting, rowsOf, type Tab } from '#components/inbox/queue.ts';
import { NO_FILTER } from '#components/inbox/filter.ts';
import { PopupView, type PopupActs } from '#components/popup/popup-view.tsx';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { PopupState } from '#lib/protocol/runtime.ts';
import { LAB_STATES } from './lab-states.tsx';
import { SETTINGS_STATES } from './settings-states.tsx';
import { bot, claimedBy, conversation, FOUR, happened, MESSAGES, NOTES, NOW, pending, POPUP, PRIYA, ROWS, SAM, said, WORKSPACE } from './fixture.ts';

const offset = NOW - Date.now();
const nothing = (): void => undefined;
const done = async () => ({ ok: true as const });
const ACTS: DeskActs = {
  setView: nothing, command: done, post: async () => undefined, retry: async () => undefined, discard: async () => undefined, saveDraft: nothing, typing: nothing,
  restoredSeen: nothing, loadOlder: nothing, loadMore: nothing, reconnect: nothing, openOptions: nothing, openPage: nothing, exportCsv: async () => null, undeliveredSeen: nothing, turnsOf: async () => ({ ok: true, turns: [] }),
};
const DATA: DeskData = {
  link: { name: 'online', since: 0 }, clockOffset: offset, self: SAM, workspaceName: 'Northwind Shop', workspace: WORKSPACE, bots: [bot(true)], presence: { connected: [], unreachable: [] },
  counts: { waiting: ROWS.filter(isWaiting).length, mine: ROWS.filter((one) => isMine(one, SAM.id)).length, email: ROWS.filter(hasEmail).length },
  storage: { trouble: null, unread: 0, restored: [] }, list: { rows: rowsOf('waiting', ROWS, SAM.id), more: false, source: 'live' }, open: null, undelivered: [],
};
const OPEN: OpenData = { conversation: { ...FOUR, ...claimedBy(SAM) }, messages: MESSAGES, notes: NOTES, pending: [], drafts: { reply: '', note: '' }, typing: null, hasOlder: true, isDeleted: false };

const desk = (data: Partial<DeskData>, view: Partial<View> = {}, title: 'Inbox' | 'Conversations' = 'Inbox', acts: Partial<DeskActs> = {}): ReactNode =>
  <Desk title={title} data={{ ...DATA, ...data }} view={{ tab: 'waiting', filter: NO_FILTER, selectedId: null, ...view }} acts={{ ...ACTS, ...acts }} />;
const list = (tab: Tab, data: Partial<DeskData> = {}): ReactNode => desk({ list: { rows: rowsOf(tab, ROWS, SAM.id), more: tab === 'all', source: 'server' }, ...data }, { tab });
const open = (change: Partial<OpenData>, one: Partial<Conversation> = {}, data: Partial<DeskData> = {}): ReactNode =>
  desk({ ...data, open: { ...OPEN, conversation: { ...FOUR, ...claimedBy(SAM), ...one }, ...change } }, { selectedId: FOUR.id });

const POPUP_ACTS: PopupActs = { setAvailable: async () => null, openPanel: nothing, claimNext: nothing, openPage: nothing, openOptions: nothing, reconnect: nothing };
const popup = (change: Partial<PopupState> | null): ReactNode =>
  <PopupView state={change && { ...POPUP, clockOffset: offset, ...change }} acts={POPUP_ACTS} toast={null} onToastClose={nothing} />;
const available = (change: Partial<PopupState['availability']>): Partial<PopupState> => ({ availability: { ...POPUP.availability, ...change } });

const waitingLink = { name: 'waiting', retryAt: NOW + 4_000, reason: 'closed' } as const;

/** One picture each: what it is called, and how it comes about. */
export const STATES: Record<string, () => ReactNode> = {
  'list-loading': () => desk({ list: { rows: null, more: false, source: 'live' } }),
  'list-waiting': () => list('waiting'), 'list-mine': () => list('mine'), 'list-email': () => list('email'), 'list-all': () => list('all'),
  'list-empty': () => desk({ list: { rows: [], more: false, source: 'live' }, counts: { waiting: 0, mine: 0, email: 0 } }),
  'list-offline': () => list('all', { link: waitingLink, list: { rows: rowsOf('all', ROWS, SAM.id), more: false, source: 'cache' } }),
  'list-mixed': () => list('waiting', { bots: [bot(true), bot(false, 'Help bot', 'b2')] }),
  'list-unpaired': () => desk({ self: null, link: { name: 'unpaired' }, list: { rows: [], more: false, source: 'live' }, counts: { waiting: 0, mine: 0, email: 0 } }),
  'list-storage-lost': () => list('mine', { storage: { trouble: null, unread: 2, restored: ['Ana Ruiz', 'Visitor 4F2', null] } }),
  'list-storage-full': () => list('mine', { storage: { trouble: 'full', unread: 0, restored: [] } }), 'list-storage-stuck': () => list('mine', { link: { name: 'connecting', since: 0 }, storage: { trouble: 'stuck', unread: 0, restored: [] } }),
  'page-conversations': () => desk({ list: { rows: rowsOf('all', ROWS, SAM.id), more: true, source: 'server' } }, { tab: 'all' }, 'Conversations'),
  'open-mine': () => open({ typing: 'Visitor 4F2 is typing…', drafts: { reply: 'I am looking at it', note: '' } }),
  'open-waiting': () => open({ messages: MESSAGES.slice(0, 6) }, { claim: null }),
  'open-bot': () => open({ messages: MESSAGES.slice(0, 5) }, { claim: null, status: 'open', floor: 'bot', escalation: null }),
  'open-taken': () => open({}, claimedBy(PRIYA)), 'open-taken-lead': () => open({}, claimedBy(SAM), { self: PRIYA }),
  'open-resolved': () => open({ messages: [...MESSAGES, happened({ type: 'resolved' })] }, { status: 'resolved', claim: null }),
  'open-sending': () => open({ pending: [pending('p1', 'On its way', 'sent'), pending('p2', 'Not this one', 'failed', { order: 2, refusal: { code: 'rate_limited', message: 'Too many messages at once.' } })] }),
  'open-held': () => open({ pending: [pending('p1', 'Of course, what is the address?', 'held', { refusal: { code: 'held', message: 'Priya replied while you were writing.' } })] }),
  'open-email': () => open({ messages: [happened({ type: 'offline', text: 'Our team is offline right now.' }), happened({ type: 'email', email: 'omar@example.org' }), said({ kind: 'visitor' }, 'Do you ship to Crete?')] },
    { ...conversation('Omar', 'x', { status: 'escalated', email: { address: 'omar@example.org', at: NOW } }), id: FOUR.id }),
  'open-gone': () => open({ conversation: null }), 'open-deleted': () => open({ conversation: null, isDeleted: true }, {}, { undelivered: [{ id: FOUR.id, name: 'Visitor 4F2', unsent: 1 }] }),
  'open-admin': () => desk({ self: { ...PRIYA, role: 'admin' }, open: OPEN }, { selectedId: FOUR.id }, 'Inbox', { exportVisitor: async () => null }),
  ...SETTINGS_STATES, ...LAB_STATES,
  'popup-on': () => popup({}), 'popup-off': () => popup({ ...available({ value: 'off' }), waiting: [], waitingCount: 0 }), 'popup-mixed': () => popup(available({ value: 'mixed' })),
  'popup-unreachable': () => popup(available({ unreachable: true })), 'popup-agent-may-not': () => popup(available({ maySwitch: false })),
  'popup-loading': () => popup(null), 'popup-offline': () => popup({ link: waitingLink }), 'popup-unpaired': () => popup({ link: { name: 'unpaired' }, role: null, workspaceName: '' }),
  'popup-revoked': () => popup({ link: { name: 'revoked' }, role: null }),
};
