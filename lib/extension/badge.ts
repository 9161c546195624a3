import { MINUTE } from '#lib/base/time.ts';
import type { PopupState } from '#lib/protocol/runtime.ts';

export interface Badge { text: string; colour: string; title: string }
const TEAL = '#0f766e', AMBER = '#b45309', RED = '#b91c1c', GREY = '#6b7280';

/** What the toolbar shows. @param now local time, ms */
export function badgeOf(state: PopupState, now: number): Badge {
  if (state.link.name === 'unpaired') return { text: '', colour: GREY, title: 'Baton: not connected to a companion yet.' };
  if (state.link.name !== 'online' && state.link.name !== 'connecting') return { text: '!', colour: RED, title: 'Baton: disconnected. What you see may be old.' };
  const off = state.availability.value === 'off';
  const first = state.waiting[0];
  const intent = off ? 'Agents unavailable.' : state.availability.value === 'handoff_off' ? 'Human handoff is off.' : 'Agents available.';
  if (!first) return off ? { text: 'off', colour: GREY, title: `Baton: nobody waiting. ${intent}` } : { text: '', colour: TEAL, title: `Baton: nobody waiting. ${intent}` };
  const minutes = Math.max(0, Math.floor((now + state.clockOffset - first.since) / MINUTE));
  return { text: state.waitingCount > 99 ? '99+' : String(state.waitingCount), colour: minutes >= 5 ? RED : minutes >= 1 ? AMBER : TEAL,
    title: `Baton: ${state.waitingCount} waiting, longest ${minutes < 1 ? 'under a minute' : `${minutes} min`}. ${intent}` };
}

export async function showBadge(badge: Badge): Promise<void> {
  await Promise.all([chrome.action.setBadgeText({ text: badge.text }), chrome.action.setBadgeBackgroundColor({ color: badge.colour }),
    chrome.action.setBadgeTextColor({ color: '#ffffff' }), chrome.action.setTitle({ title: badge.title })]);
}
