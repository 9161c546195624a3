import { must } from '#lib/base/must.ts';
import { uuid } from '#lib/base/uuid.ts';
import type { TestCompanion } from '../support/companion.ts';
import { codeFor, connectRole, pair, type AgentClient } from '../support/socket-client.ts';
import { startWorker, type AgentWorker } from './agent-worker.ts';
import type { Deployment } from './deployment.ts';
import { createProxy, type Proxy } from './proxy.ts';
import type { Random } from './random.ts';
import type { Record } from './record.ts';
import { openWindow, type VisitorWindow } from './visitor-window.ts';

export const BOT = 'pinewood';

/** Somebody with a way of their own to the deployment, which can be spoilt. */
export interface Actor { proxy: Proxy; isOnline(): boolean; onLink: { current: (isOnline: boolean) => void } }
export interface VisitorActor extends Actor { window: VisitorWindow }
export interface AgentActor extends Actor { worker: AgentWorker }

/** Members with a token each, to start workers from. */
export interface Team { admin: { token: string }; members: { memberId: string; name: string; token: string }[] }

/** Pairs an admin and so many agents. */
export async function createTeam(deployment: Deployment, agents: number): Promise<Team> {
  const url = must(deployment.nodes[0], 'node').url;
  const admin: AgentClient = await connectRole({ url, operator: deployment.operator } as TestCompanion, 'admin');
  const members: Team['members'] = [];
  for (let at = 0; at < agents; at++) {
    const [memberId, name] = [uuid(), `Agent ${at + 1}`];
    await admin.command({ type: 'member.add', memberId, name, role: 'agent' });
    members.push({ memberId, name, token: (await pair(url, await codeFor(admin, memberId))).token });
  }
  await admin.close();
  return { admin: { token: admin.device.token }, members };
}

const wayTo = (deployment: Deployment, random: Random, name: string): Promise<Proxy> => createProxy(() => deployment.address(random), name);

export async function addAgent(deployment: Deployment, record: Record, member: Pick<Team['members'][number], 'memberId' | 'token'>, name: string, random: Random, onFault: (error: unknown) => void): Promise<AgentActor> {
  const proxy = await wayTo(deployment, random.child('way'), name);
  const onLink: Actor['onLink'] = { current: () => undefined };
  const worker = startWorker({ name, memberId: member.memberId, token: member.token, url: proxy.url, tap: record.tap(name), random, onFault, onLink: (isOnline) => onLink.current(isOnline) });
  return { proxy, worker, isOnline: worker.isOnline, onLink };
}

export async function addVisitor(deployment: Deployment, record: Record, name: string, random: Random): Promise<VisitorActor> {
  const proxy = await wayTo(deployment, random.child('way'), name);
  const onLink: Actor['onLink'] = { current: () => undefined };
  const window = openWindow({ name, url: proxy.url, botId: BOT, tap: record.tap(name), onLink: (isOnline) => onLink.current(isOnline) });
  return { proxy, window, isOnline: window.isOnline, onLink };
}
