import { uuid } from '#lib/base/uuid.ts';
import type { Command } from '#lib/protocol/command.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { CommandId } from '#lib/protocol/ids.ts';
import type { CommandAnswer } from '#lib/protocol/runtime.ts';
import type { AgentWorker, Life } from './agent-worker.ts';
import type { Act, AgentDo, VisitorDo } from './plan.ts';
import type { Record } from './record.ts';
import type { VisitorWindow } from './visitor-window.ts';

/** What a visitor asks; most of it the demo shop's bot can answer. */
const TOPICS = ['How much is shipping? ', 'Where is my refund? ', 'Do you have tents? ', ''] as const;
/** A conversation grows no longer than a window is given at once. */
const LINES_MAX = 350;

export function visitorDoes(window: VisitorWindow, act: Act<VisitorDo>, record: Record): void {
  const client = window.client();
  const { messages } = window.model();
  if (messages.length > LINES_MAX) return;
  const fromBot = messages.findLast((one) => one.kind === 'said' && one.author.kind === 'bot');
  const offer = messages.findLast((one) => one.kind === 'said' && one.offer !== undefined);
  switch (act.do) {
    case 'say': return client.send(record.words(window.name, TOPICS[act.whom % TOPICS.length]));
    case 'escalate': return client.escalate();
    case 'back': return client.back();
    case 'email': return client.leaveEmail(`${window.name.replace(/\W/g, '')}@example.com`);
    case 'accept': if (offer) client.answerOffer(offer.id, act.whom % 2 === 0); return;
    case 'thumb': if (fromBot) client.feedback(fromBot.id, act.whom % 2 === 0 ? 'up' : 'down'); return;
  }
}

/** As a page does it: until some worker has stored it, with the same id. */
async function write(worker: AgentWorker, command: Extract<Command, { type: 'message.send' | 'note.add' }>): Promise<void> {
  const id = uuid() as CommandId;
  for (;;) {
    const life = worker.life();
    const stored = await Promise.race([life.engine.add(id, command).then(() => true, () => false), life.over.then(() => false)]);
    if (stored) return;
    if (!life.isOver()) throw new Error(`${worker.name} could not store "${command.text}"`);
    await nextLife(worker, life);
  }
}
export async function nextLife(worker: AgentWorker, before: Life): Promise<void> {
  await before.over;
  while (worker.life() === before) await new Promise((resolve) => { setImmediate(resolve); });
}

/** As a page does it: asked again with the same id until somebody answers. `isEnding`: nobody waits any more. */
export async function command(worker: AgentWorker, asked: Command, isEnding: () => boolean): Promise<CommandAnswer | null> {
  const id = uuid() as CommandId;
  while (!isEnding()) {
    const life = worker.life();
    const answer = await life.engine.command(id, asked);
    if (answer.ok || 'refusal' in answer) return answer;
    if (life.isOver()) await nextLife(worker, life);
    else await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return null;
}

/** An agent looks at what the own database says, as a side panel does, and acts on it. */
export async function agentDoes(worker: AgentWorker, act: Act<AgentDo>, visitors: ReadonlySet<string>, record: Record, later: (work: Promise<unknown>) => void, isEnding: () => boolean): Promise<void> {
  const { db, engine } = worker.life();
  const rows = await db.conversation.filter((row) => visitors.has(row.visitor.id)).toArray();
  const row = rows[act.whom % Math.max(1, rows.length)];
  if (!row || row.messageCount > LINES_MAX) return;
  const conversationId = row.id;
  const isMine = row.claim?.memberId === worker.memberId;
  switch (act.do) {
    case 'view': return await engine.view('side panel', conversationId);
    case 'note': return await write(worker, { type: 'note.add', conversationId, text: record.words(worker.memberId, 'note: ') });
    case 'reply':
      if (!isMine && !isWaiting(row)) return;
      return await write(worker, { type: 'message.send', conversationId, text: record.words(worker.memberId), seen: row.messageCount, ...(isMine ? {} : { claim: true }) });
    case 'claim': if (!row.claim) later(command(worker, { type: 'conversation.claim', conversationId }, isEnding)); return;
    case 'release': case 'return': case 'resolve': if (isMine) later(command(worker, { type: `conversation.${act.do}`, conversationId }, isEnding)); return;
  }
}
const isWaiting = (row: Conversation): boolean => row.status === 'escalated' && row.claim === null;

/** What the author says to replies that came back: a held one is sent all the same, a refused one is thrown away. */
export async function tendOutbox(worker: AgentWorker, record: Record): Promise<void> {
  const { db, engine } = worker.life();
  for (const { id, state, command: { text, conversationId } } of await db.outbox.toArray()) {
    if (state === 'held') await engine.retry(id, true, (await db.conversation.get(conversationId))?.messageCount ?? 0);
    if (state !== 'failed') continue;
    record.refused(text);
    await engine.discard(id);
  }
}
