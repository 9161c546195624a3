import type { CommandType } from './command.ts';
import type { Role } from './settings.ts';

const RANK: Record<Role, number> = { agent: 0, lead: 1, admin: 2 };

/** Law of PRODUCT.md section 4: the lowest role for each command. The server enforces it; screens read it to disable. */
export const COMMAND_ROLE: Record<CommandType, Role> = {
  'message.send': 'agent', 'note.add': 'agent', 'conversation.claim': 'agent',
  /** An agent releases their own; a lead anybody's (decided in lib/handoff). */
  'conversation.release': 'agent',
  'conversation.return': 'agent', 'conversation.resolve': 'agent', 'conversation.reopen': 'agent', 'conversation.archive': 'agent',
  /** Agents too, unless the admin turned `agentsMaySwitch` off. */
  'availability.set': 'agent',
  'bot.add': 'admin', 'bot.save': 'admin', 'workspace.save': 'admin',
  'member.add': 'admin', 'member.code': 'admin', 'member.role': 'admin', 'member.revoke': 'admin',
  'visitor.delete': 'admin',
};
/** The lowest role for each companion route that needs a member. */
export const ROUTE_ROLE = {
  'conversations.list': 'agent', 'conversations.export': 'lead',
  'conversation.turns': 'agent', 'bot.try': 'agent', 'bot.replay': 'lead',
  'knowledge.list': 'agent', 'knowledge.learning': 'agent', 'knowledge.unanswered': 'agent', 'knowledge.propose': 'agent',
  'knowledge.add': 'admin', 'knowledge.change': 'admin', 'knowledge.accept': 'lead',
  /** Leads reject proposals; what the bot says already is removed by admins (lib/companion/modules/knowledge.ts). */
  'knowledge.remove': 'lead',
  'secret.list': 'admin', 'secret.put': 'admin', 'secret.remove': 'admin',
  'audit.list': 'admin', 'visitor.export': 'admin',
} as const satisfies Record<string, Role>;

export function isAtLeast(role: Role, needed: Role): boolean {
  return RANK[role] >= RANK[needed];
}

/** @param agentsMaySwitch the workspace's setting of that name */
export function isAllowed(role: Role, command: CommandType, agentsMaySwitch: boolean): boolean {
  if (command === 'availability.set' && role === 'agent') return agentsMaySwitch;
  return isAtLeast(role, COMMAND_ROLE[command]);
}
