import type { CDPSession, Page } from '@playwright/test';
import { uuid } from '#lib/base/uuid.ts';
import type { OutboxEntry } from '#lib/db/schema.ts';
import type { ConversationId } from '#lib/protocol/ids.ts';
import type { Message } from '#lib/protocol/message.ts';
import { launchExtensionBrowser, type ExtensionBrowser } from '../support/browser.ts';
import { until } from '../support/companion.ts';
import { connectVisitor, type VisitorClient } from '../support/socket-client.ts';
import { createRandom } from './random.ts';

export interface WorkerKills {
  kills: number; seed: number; companionUrl: string;
  /** A one-time code of an agent: the browser pairs with it. */
  pairingCode: string;
}
/** What the visitor's window and the agent's database hold in the end, judged against what was written. */
export interface WorkerToll { kills: number; lost: number; duplicated: number; reordered: number; replies: number; visitorLines: number; ms: number }

const CDP_MS = 10_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function ask<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`${what}: no answer within ${CDP_MS} ms`)), CDP_MS); });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Ends the worker where it stands. @returns false when it was not running */
async function killWorker(cdp: CDPSession, extensionId: string): Promise<boolean> {
  const { targetInfos } = await ask('Target.getTargets', cdp.send('Target.getTargets'));
  const worker = targetInfos.find((target) => target.type === 'service_worker' && target.url.includes(extensionId));
  if (!worker) return false;
  // It may end by itself between the two calls.
  return await ask('Target.closeTarget', cdp.send('Target.closeTarget', { targetId: worker.targetId })).then(({ success }) => success, () => false);
}

/** As the desk does it, and as stubborn as a person: the same id until the worker says that it is stored. */
async function post(page: Page, id: string, command: OutboxEntry['command']): Promise<void> {
  let last: unknown = null;
  await until(`"${command.text}" is stored`, async () => {
    last = await page.evaluate(async (data) => {
      const late = new Promise<null>((resolve) => { setTimeout(resolve, 2_000, null); });
      const message = { id: Math.floor(Math.random() * 1e9), type: 'outbox.add', data, timestamp: Date.now() };
      return await Promise.race([chrome.runtime.sendMessage(message).catch(() => null), late]) as unknown;
    }, { id, command });
    return (last as { res?: { ok?: boolean } } | null)?.res?.ok === true;
  }, 60_000).catch((error: unknown) => { throw new Error(`${String(error)}; the worker's last word: ${JSON.stringify(last)}`); });
}

/** What the extension's database holds. */
function held(page: Page, conversationId: string): Promise<{ messages: Message[]; unsent: number; restored: number }> {
  return page.evaluate(async (id) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('baton');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(String(request.error)));
    });
    const read = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(new Error(String(request.error))); });
    const table = (name: string) => db.transaction(name).objectStore(name);
    const all = await read(table('message').getAll()) as Message[];
    const restored = await read(table('meta').get('restored')) as { replies: unknown[] } | undefined;
    const answer = { messages: all.filter((one) => one.conversationId === id), unsent: await read(table('outbox').count()), restored: restored?.replies.length ?? 0 };
    db.close();
    return answer;
  }, conversationId);
}

const textsOf = (lines: readonly Message[], by: 'visitor' | 'agent'): string[] =>
  lines.toSorted((a, b) => a.index - b.index).flatMap((one) => (one.kind === 'said' && one.author.kind === by ? [one.text] : []));

/** Each written line once, in the order of writing. */
export function judgeLines(written: readonly string[], seen: readonly string[]): { lost: number; duplicated: number; reordered: number } {
  const first = written.map((text) => seen.indexOf(text));
  const there = first.filter((at) => at >= 0);
  return { lost: first.length - there.length, duplicated: seen.length - new Set(seen).size, reordered: there.filter((at, n) => n > 0 && there[n - 1]! > at).length };
}

/** A visitor with a claimed conversation, and the page that answers it. */
async function begin(browser: ExtensionBrowser, { companionUrl, pairingCode }: WorkerKills): Promise<{ page: Page; visitor: VisitorClient; conversationId: ConversationId }> {
  const page = await browser.openPage(`welcome.html#server=${encodeURIComponent(companionUrl)}&code=${encodeURIComponent(pairingCode)}`);
  const visitor = await connectVisitor(companionUrl);
  await visitor.say('line before all');
  await visitor.act({ type: 'escalate' });
  const conversationId = visitor.lines()[0]!.conversationId;
  await post(page, uuid(), { type: 'message.send', conversationId, text: 'reply before all', seen: 99, claim: true });
  await visitor.until('the first reply', () => textsOf(visitor.lines(), 'agent').length > 0);
  return { page, visitor, conversationId };
}

/**
 * Kills the real worker in a real browser at random moments while a visitor writes and the agent replies.
 * @throws when something does not come to rest; the rest is in the toll
 */
export async function killWorkers(options: WorkerKills): Promise<WorkerToll> {
  const random = createRandom(options.seed);
  const browser = await launchExtensionBrowser();
  let pings: NodeJS.Timeout | undefined;
  try {
    const cdp = await browser.context.browser()!.newBrowserCDPSession();
    const { page, visitor, conversationId } = await begin(browser, options);
    // As the widget does: after the last kill nobody wakes the worker before its alarm, and who is silent for so long is let go of.
    pings = setInterval(() => { if (!visitor.isClosed()) visitor.send({ type: 'ping' }); }, 10_000);
    const replies = ['reply before all'], lines = ['line before all'];
    const started = performance.now();
    let kills = 0;
    const isGoing = (): boolean => kills < options.kills;
    const answering = async (): Promise<void> => {
      while (isGoing()) {
        const text = `reply ${replies.length}`;
        replies.push(text);
        await post(page, uuid(), { type: 'message.send', conversationId, text, seen: 100_000 });
        await pause(random.below(60));
      }
    };
    const writing = async (): Promise<void> => {
      while (isGoing()) {
        const [id, text] = [uuid(), `line ${lines.length}`];
        lines.push(text);
        while ((await visitor.say(text, id)).type === 'nack') await pause(300); // writes faster than a visitor may
        await pause(random.below(120));
      }
    };
    const killing = async (): Promise<void> => {
      while (isGoing()) {
        if (await killWorker(cdp, browser.extensionId)) kills++;
        await pause(random.below(250));
      }
    };
    await Promise.all([answering(), writing(), killing()]);
    await until('everything is sent and told', async () => {
      const now = await held(page, conversationId);
      return now.unsent === 0 && textsOf(now.messages, 'visitor').length >= lines.length && textsOf(visitor.lines(), 'agent').length >= replies.length;
    }, 60_000).catch(() => undefined); // what did not come is what is judged
    const inTheEnd = await held(page, conversationId);
    const verdicts = [judgeLines(replies, textsOf(visitor.lines(), 'agent')), judgeLines(lines, textsOf(inTheEnd.messages, 'visitor')), judgeLines(replies, textsOf(inTheEnd.messages, 'agent'))];
    const sum = (of: (one: (typeof verdicts)[number]) => number): number => verdicts.reduce((total, one) => total + of(one), 0);
    await visitor.close();
    // A false alarm is a loss of trust: nothing was lost, so nothing may be said to have come back.
    return { kills, lost: sum((one) => one.lost) + inTheEnd.restored, duplicated: sum((one) => one.duplicated), reordered: sum((one) => one.reordered),
      replies: replies.length, visitorLines: lines.length, ms: Math.round(performance.now() - started) };
  } finally {
    clearInterval(pings);
    await browser.close();
  }
}
