import type { Presence } from '#lib/protocol/agent.ts';
import { isAllowed } from '#lib/protocol/permission.ts';
import type { PopupState } from '#lib/protocol/runtime.ts';
import type { Bot, Member, Workspace } from '#lib/protocol/settings.ts';
import { timeOfDay } from '#components/ui/time-words.ts';

export type AvailabilityState = PopupState['availability'];

/** All bots' switches as one; bots with handoff off have no say. */
export function summarise(bots: Bot[], presence: Presence | null, self: Member | null, workspace: Workspace | null): AvailabilityState {
  const able = bots.filter((bot) => bot.handoff.enabled);
  const on = able.filter((bot) => bot.availability.on).length;
  const latest = able.reduce<Bot | null>((last, bot) => (last && last.availability.at >= bot.availability.at ? last : bot), null);
  return {
    value: able.length === 0 ? 'handoff_off' : on === able.length ? 'on' : on === 0 ? 'off' : 'mixed',
    by: latest?.availability.by?.name ?? null, at: latest?.availability.at ?? null,
    maySwitch: self !== null && isAllowed(self.role, 'availability.set', workspace?.agentsMaySwitch ?? true),
    unreachable: able.some((bot) => bot.availability.on && presence?.unreachable.includes(bot.id)),
    bots: able.map((bot) => ({ id: bot.id, name: bot.name, on: bot.availability.on })),
  };
}

/** What visitors get, in one line under the switch. */
export function effectWords({ value, bots }: AvailabilityState): string {
  switch (value) {
    case 'on': return 'Visitors can reach a person.';
    case 'off': return 'Visitors see the offline message.';
    case 'mixed': return `On for ${bots.filter((bot) => bot.on).map((bot) => bot.name).join(', ')}. Off for ${bots.filter((bot) => !bot.on).map((bot) => bot.name).join(', ')}.`;
    case 'handoff_off': return 'Human handoff is off for every bot.';
  }
}

/** "Turned on by Priya, 08:58"; null where nobody touched it. */
export function whoWords({ value, by, at }: AvailabilityState): string | null {
  if (by === null || at === null) return null;
  const verb = value === 'on' ? 'Turned on' : value === 'off' ? 'Turned off' : 'Last changed';
  return `${verb} by ${by}, ${timeOfDay(at)}`;
}

export const leavingWords = (waiting: number): string =>
  `${waiting} ${waiting === 1 ? 'visitor is' : 'visitors are'} waiting. They stay in the queue; new visitors see the offline message.`;
