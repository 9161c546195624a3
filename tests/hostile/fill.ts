import { uuid } from '#lib/base/uuid.ts';
import { LABEL_MAX, NAME_MAX } from '#lib/protocol/limits.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { VisitorDown } from '#lib/protocol/visitor.ts';
import { connect, type AgentClient } from '../support/socket-client.ts';

/** What was taken by the companion, per field: all of it must be on a screen, as it was written. */
export type Taken = Record<string, string[]>;
const AT_ONCE = 12;
const BOTS = 20;

/** Runs over all with a few under way at a time. */
async function each<T>(all: readonly T[], act: (one: T, at: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => { while (next < all.length) { const at = next++; await act(all[at]!, at); } }));
}
const fitting = (texts: readonly string[], most: number): string[] => texts.map((text) => text.trim()).filter((text) => text.length > 0 && text.length <= most);
/** As the wire carries it: a half of a pair is none any more. */
const asSent = (text: string): string => text.trim();

/** Names, greetings, labels, messages and sites of many bots; each payload in each of them. The first bot also answers. */
export async function fillBots(admin: AgentClient, texts: readonly string[], taken: Taken): Promise<string[]> {
  const names = fitting(texts, NAME_MAX), labels = fitting(texts, LABEL_MAX);
  const part = <T>(all: readonly T[], at: number): T[] => all.filter((_, place) => place % BOTS === at);
  const ids = Array.from({ length: BOTS }, (_, at) => `bot-${at}`);
  await each(ids, async (botId, at) => {
    // One after the other: each name is a state of the bot, and the last one stays.
    const name = part(names, at).at(-1) ?? 'x', agentLabel = part(labels, at).at(-1) ?? 'x';
    const greeting = part(texts, at).map(asSent).join(' \n').trim(), offlineMessage = part(fitting(texts, 45), at).join('\n').slice(0, 500).trim();
    const sites = part(texts, at).map((text) => `https://${text.replaceAll(/[\s/]/g, '')}`).filter((site) => /^https?:\/\/[^/\s]+$/.test(site));
    await admin.command({ type: 'bot.add', botId, name });
    const answer = await admin.command({ type: 'bot.save', botId, baseSeq: 0, force: true, settings: { name, greeting, sites: ['*', ...sites], handoff: { enabled: true, mode: 'both', offlineMessage, agentLabel, keepOn: true } } });
    if (answer.type !== 'ack') throw new Error(JSON.stringify(answer));
    (taken['bot name'] ??= []).push(name);
    (taken['agent label'] ??= []).push(agentLabel);
    (taken['greeting'] ??= []).push(greeting);
    (taken['offline message'] ??= []).push(offlineMessage);
    (taken['site'] ??= []).push(...sites);
  });
  return ids;
}

export async function fillTeam(admin: AgentClient, texts: readonly string[], taken: Taken): Promise<void> {
  await each(fitting(texts, NAME_MAX), async (name) => {
    if ((await admin.command({ type: 'member.add', memberId: uuid(), name, role: 'agent' })).type === 'ack') (taken['member name'] ??= []).push(name);
  });
}

/** Questions, answers and files, a hundred entries for each bot, as many as its page shows. */
export async function fillKnowledge(url: string, admin: AgentClient, bots: readonly string[], texts: readonly string[], taken: Taken): Promise<string[]> {
  const used = bots.slice(0, Math.ceil(texts.length / 45));
  await each(used, async (botId, at) => {
    const mine = texts.slice(at * 45, at * 45 + 45).filter((text) => text.trim() !== '');
    const headers = { authorization: `Bearer ${admin.device.token}`, origin: admin.device.origin, 'content-type': 'application/json' };
    const files = mine.map((text, place) => ({ name: `${text.replaceAll(/\s/g, ' ').slice(0, 150)}${place}.md`, base64: Buffer.from(`# h ${text.replaceAll(/\s+/g, ' ')}\n\nbody ${text}\n`).toString('base64') }));
    for (const body of [{ faq: mine.map((text) => ({ question: `q ${text}`, answer: `a ${text}` })) }, ...[0, 20, 40].map((from) => ({ files: files.slice(from, from + 20) }))]) {
      const response = await fetch(`${url}/api/bots/${botId}/knowledge`, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      for (const { title, text, file } of ((await response.json()) as { added: { title: string; text: string; file: string | null }[] }).added) {
        (taken[file === null ? 'question' : 'heading'] ??= []).push(title);
        (taken[file === null ? 'answer' : 'section'] ??= []).push(text);
        if (file !== null) (taken['file name'] ??= []).push(file);
      }
    }
  });
  return used;
}

export interface Visit { visitorId: string; page: { url: string; title: string }; language: string; texts: string[] }

/** Visitors who write, ask for a person and are gone. */
export async function fillVisits(url: string, visits: readonly Visit[], botOf: (at: number) => string): Promise<void> {
  await each(visits, async ({ visitorId, page, language, texts }, at) => {
    const client = await connect(url, 'visitor', VisitorDown, url);
    const answered = async (frame: { type: string; id: string; text?: string }): Promise<void> => {
      client.send(frame);
      await client.next(frame.type, (one) => (one.type === 'ack' || one.type === 'nack') && one.id === frame.id);
    };
    client.send({ type: 'hello', version: PROTOCOL_VERSION, botId: botOf(at), visitor: { id: visitorId, secret: 'v'.repeat(43) }, after: 0, channel: 'widget', page, language });
    await client.next('the welcome', (one) => one.type === 'welcome');
    for (const text of texts) await answered({ type: 'message', id: uuid(), text });
    await answered({ type: 'escalate', id: uuid() });
    await client.close();
  });
}

/** An agent answers and takes notes in each conversation. */
export async function fillReplies(agent: AgentClient, visits: readonly Visit[], taken: Taken): Promise<void> {
  await each(visits, async ({ visitorId, texts }) => {
    const { id } = await agent.conversation({ id: visitorId }, ({ status }) => status === 'escalated');
    for (const text of texts) {
      const reply = await agent.command({ type: 'message.send', conversationId: id, text: `r ${text}`, seen: 1e6, claim: true, force: true });
      const note = await agent.command({ type: 'note.add', conversationId: id, text: `n ${text}` });
      if (reply.type !== 'ack' || note.type !== 'ack') throw new Error(JSON.stringify([reply, note]));
      (taken['reply'] ??= []).push(`r ${text}`.trim());
      (taken['note'] ??= []).push(`n ${text}`.trim());
    }
  });
}
