import { escalated, waitingOf } from '#lib/db/rows.ts';
import type { Database } from '#lib/db/schema.ts';
import { isAllowed } from '#lib/protocol/permission.ts';
import type { PopupState } from '#lib/protocol/runtime.ts';
import type { Bot } from '#lib/protocol/settings.ts';

const SHOWN = 5;

function valueOf(bots: readonly Bot[]): PopupState['availability']['value'] {
  if (bots.length === 0) return 'handoff_off';
  const on = bots.filter((bot) => bot.availability.on).length;
  return on === bots.length ? 'on' : on === 0 ? 'off' : 'mixed';
}

/** All that popup and badge show, from rows alone. Times are the companion's. */
export async function readPopupState(db: Database, now: number): Promise<PopupState> {
  const [self, link, presence, all, workspaces, rows] = await Promise.all([
    db.meta.get('self'), db.meta.get('link'), db.meta.get('presence'), db.bot.toArray(), db.workspace.toArray(), escalated(db)]);
  const member = self?.key === 'self' ? self.member : null;
  const bots = all.filter((bot) => bot.handoff.enabled).sort((a, b) => a.createdAt - b.createdAt);
  const latest = bots.toSorted((a, b) => b.availability.at - a.availability.at)[0]?.availability;
  const unreachable = presence?.key === 'presence' ? presence.presence.unreachable : [];
  const waiting = waitingOf(rows);
  return {
    link: link?.key === 'link' ? link.state : { name: 'unpaired' }, clockOffset: link?.key === 'link' ? link.clockOffset : 0, updatedAt: now,
    workspaceName: self?.key === 'self' ? self.workspaceName : '', companion: self?.key === 'self' ? self.companion : null,
    selfName: member?.name ?? '', role: member?.role ?? null,
    availability: {
      value: valueOf(bots), by: latest?.by?.name ?? null, at: latest?.at ?? null,
      maySwitch: member !== null && isAllowed(member.role, 'availability.set', workspaces[0]?.agentsMaySwitch ?? true),
      unreachable: bots.some((bot) => bot.availability.on && unreachable.includes(bot.id)),
      bots: bots.map(({ id, name, availability }) => ({ id, name, on: availability.on })),
    },
    waiting: waiting.slice(0, SHOWN).map((row) => ({ id: row.id, name: row.visitor.name, since: row.escalation?.at ?? row.lastAt, text: row.last?.text ?? '' })),
    waitingCount: waiting.length, mine: rows.filter(({ claim }) => claim !== null && claim.memberId === member?.id).length,
  };
}
