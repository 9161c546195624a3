import { WebSocket } from 'ws';
import { must } from '#lib/base/must.ts';
import { uuid } from '#lib/base/uuid.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { connectVisitor, EXTENSION } from '../support/socket-client.ts';
import { BOT, type Team } from './cast.ts';
import type { Deployment } from './deployment.ts';
import { spread, type Spread } from './figures.ts';
import type { ClaimAnswer } from './history.ts';
import { createRandom, type Random } from './random.ts';

type Answer = { type: 'ack' | 'nack'; id: string; refusal?: { code: string; by?: string } };
/** An agent's socket that keeps nothing but the answers it waits for. */
interface Claimer { name: string; ask(command: object): Promise<Answer>; close(): void }
/** Conversations that are claimed at the same time; each is one round after the other. */
const LANES = 32;

async function connectClaimer(url: string, { memberId, name, token }: Team['members'][number]): Promise<Claimer> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket/agent`, { origin: EXTENSION });
  const waiting = new Map<string, (answer: Answer) => void>();
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`The socket of ${memberId} closed (${code})`)));
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, token, cursor: null, workerId: 'claimer' })));
    socket.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('{"type":"welcome"')) return resolve();
      if (!text.startsWith('{"type":"ack"') && !text.startsWith('{"type":"nack"')) return;
      const answer = JSON.parse(text) as Answer;
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    });
  });
  return {
    name, close: () => socket.terminate(),
    ask: (command) => new Promise((resolve) => {
      const id = uuid();
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ type: 'command', id, command }));
    }),
  };
}

/** A conversation that waits for the team. */
async function waiting(url: string): Promise<{ visitorId: string; close(): Promise<void> }> {
  const visitor = await connectVisitor(url, { botId: BOT });
  await visitor.say('I want to talk to a person');
  await visitor.act({ type: 'escalate' });
  return { visitorId: visitor.id, close: visitor.close };
}

async function conversationIds(url: string, token: string, visitorIds: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (let before = '', more = true; more;) {
    const response = await fetch(`${url}/api/conversations?status=escalated&limit=200${before}`, { headers: { authorization: `Bearer ${token}`, origin: EXTENSION } });
    const page = await response.json() as { conversations: { id: string; lastAt: number; visitor: { id: string } }[]; more: boolean };
    ids.push(...page.conversations.filter((one) => visitorIds.includes(one.visitor.id)).map(({ id }) => id));
    more = page.more;
    before = `&before=${page.conversations.at(-1)?.lastAt ?? 0}`;
  }
  return ids;
}

/** Some agents claim it in the same moment; whoever won lets go again. */
async function contend(round: string, conversationId: string, agents: readonly Claimer[], took: number[]): Promise<ClaimAnswer[]> {
  const began = performance.now();
  const answers = await Promise.all(agents.map(async (agent): Promise<ClaimAnswer> => {
    const answer = await agent.ask({ type: 'conversation.claim', conversationId });
    took.push(performance.now() - began);
    return { round, member: agent.name, won: answer.type === 'ack', by: answer.refusal?.by ?? null };
  }));
  for (const winner of answers.filter(({ won }) => won)) {
    const released = await agents.find(({ name }) => name === winner.member)!.ask({ type: 'conversation.release', conversationId });
    if (released.type !== 'ack') throw new Error(`${winner.member} won ${round} and could not let go: ${released.refusal?.code}`);
  }
  return answers;
}

const shuffled = <T>(of: readonly T[], random: Random): T[] => of.map((one) => [random.next(), one] as const).toSorted(([a], [b]) => a - b).map(([, one]) => one);

/** So many rounds in which 2 to 16 agents, spread over all nodes, claim one conversation at once. @returns every answer, for the judge, and how long answers took, ms */
export async function contendClaims(deployment: Deployment, team: Team, rounds: number, seed: number): Promise<{ answers: ClaimAnswer[]; took: Spread | null }> {
  const { nodes } = deployment;
  const random = createRandom(seed).child('claims');
  const urlOf = (at: number): string => must(nodes[at % nodes.length], 'node').url;
  const claimers = await Promise.all(team.members.map((member, at) => connectClaimer(urlOf(at), member)));
  const visitors = await Promise.all(Array.from({ length: Math.min(LANES, rounds) }, (_, at) => waiting(urlOf(at))));
  const ids = await conversationIds(urlOf(0), team.admin.token, visitors.map(({ visitorId }) => visitorId));
  if (ids.length !== visitors.length) throw new Error(`${visitors.length} conversations wait, and ${ids.length} were found`);
  await Promise.all(visitors.map((one) => one.close()));
  const answers: ClaimAnswer[] = [];
  const took: number[] = [];
  let left = rounds;
  await Promise.all(ids.map(async (id) => {
    while (left > 0) {
      const round = `claim ${left--}`;
      answers.push(...await contend(round, id, shuffled(claimers, random).slice(0, random.between(2, claimers.length)), took));
    }
  }));
  for (const one of claimers) one.close();
  return { answers, took: spread(took) };
}
