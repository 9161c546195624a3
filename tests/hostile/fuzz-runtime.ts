import { listen, type Handlers } from '#lib/extension/listen.ts';
import { wire } from '#lib/extension/messages.ts';
import { RuntimeMessages, type RuntimeMessageName } from '#lib/protocol/runtime.ts';
import type { Family } from './family.ts';
import { createValues, mutateJson } from './mutate.ts';

const OWN = 'abcdefghijklmnopabcdefghijklmnop';
const NAMES = Object.keys(RuntimeMessages) as RuntimeMessageName[];
const ODD_NAMES = ['', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'outbox', 'outbox.add ', 'OUTBOX.ADD', 'outbox\0add', 'popup.states', 7, null, [], ['popup.state'], { toString: 'popup.state' }];
const id = 'a-command';
/** Those that take something; the others are tried with nothing. */
const GOOD: Partial<Record<RuntimeMessageName, object>> = {
  'outbox.add': { id, command: { type: 'message.send', conversationId: 'c', text: 'hi', seen: 1 } }, 'outbox.retry': { id, force: true, seen: 1 }, 'outbox.discard': { id },
  'command': { id, command: { type: 'member.add', memberId: 'm', name: 'M', role: 'admin' } }, 'viewing': { conversationId: 'c' }, 'typing': { conversationId: 'c', on: true },
  'connection.pair': { address: 'https://x.example', code: 'ABCD-EFGH' },
};

interface Sender { id?: unknown; url?: unknown; origin?: string; frameId?: number; tab?: object }
const PAGE = `chrome-extension://${OWN}/`;
const OURS: Sender[] = ['sidepanel.html', 'popup.html', 'options.html#/bots', 'inbox.html', 'welcome.html'].map((path) => ({ id: OWN, url: PAGE + path }));
/** Web pages, frames in them, other extensions, scripts put into pages, and look-alikes of our own address. */
const FOREIGN: Sender[] = [{}, { id: OWN }, { url: `${PAGE}popup.html` }, { id: OWN, url: 'https://shop.example/' }, { id: OWN, url: 'about:blank' }, { id: OWN, url: 'about:srcdoc', frameId: 3 }, { id: OWN, url: '' }, { id: OWN, url: PAGE.slice(0, -1) },
  { id: OWN, url: `https://${OWN}/popup.html` }, { id: OWN, url: `chrome-extension://${OWN}.evil.example/popup.html` }, { id: OWN, url: `chrome-extension://${OWN}@evil.example/` }, { id: OWN, url: `moz-extension://${OWN}/popup.html` }, { id: OWN, url: ` ${PAGE}popup.html` },
  { id: OWN, url: `https://shop.example/#${PAGE}popup.html` }, { id: OWN, url: `blob:${PAGE}1`, tab: {} }, { id: OWN, url: `filesystem:${PAGE}x` }, { id: OWN.toUpperCase(), url: `${PAGE}popup.html` }, { id: `${OWN} `, url: `${PAGE}popup.html` }, { id: 'ponmlkjihgfedcbaponmlkjihgfedcba', url: 'chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba/x.html' },
  { id: 'ponmlkjihgfedcbaponmlkjihgfedcba', url: `${PAGE}popup.html` }, { id: OWN, url: 'data:text/html,x' }, { id: OWN, url: 'file:///x' }];

const isName = (name: unknown): name is RuntimeMessageName => NAMES.some((known) => known === name);
interface Input { message: unknown; sender: Sender; isOurs: boolean }
type Listener = (message: unknown, sender: Sender, respond: (answer: unknown) => void) => unknown;

/** Runs `listen` as the worker does, with a `chrome` that only has what it uses. */
function heard(): { listener: Listener; calls: { name: string; data: unknown }[] } {
  let listener: Listener = () => undefined;
  const before = (globalThis as { chrome?: unknown }).chrome;
  (globalThis as { chrome?: unknown }).chrome = { runtime: { id: OWN, getURL: (path: string) => new URL(path, PAGE).href, onMessage: { addListener: (added: Listener) => { listener = added; }, removeListener: () => undefined } } };
  const calls: { name: string; data: unknown }[] = [];
  wire.removeAllListeners();
  listen(Object.fromEntries(NAMES.map((name) => [name, (data: unknown) => { calls.push({ name, data }); return { ok: true }; }])) as unknown as Handlers);
  (globalThis as { chrome?: unknown }).chrome = before;
  return { listener, calls };
}

/** What the sender would hear; nothing when the listener wants no part of it. */
async function ask(listener: Listener, message: unknown, sender: Sender): Promise<{ res?: { ok?: boolean } | undefined } | undefined> {
  // The library reads the type of whatever comes, which fails on what has no fields at all; the browser reports that and goes on.
  if (message === undefined) return undefined;
  return await new Promise<{ res?: { ok?: boolean } } | undefined>((resolve) => { if (listener(message, sender, (answer) => resolve(answer as never)) !== true) resolve(undefined); });
}

/** Every name of RuntimeMessages and others, with good and wrong data, from our pages and from everywhere else. */
export function runtime(seed: number): Family<Input> {
  const values = createValues(seed);
  const { listener, calls } = heard();
  return {
    name: 'runtime messages',
    make(chance) {
      const isOurs = chance.oneIn(2);
      const name = chance.oneIn(6) ? chance.pick<unknown>([...ODD_NAMES, ...values]) : chance.pick(NAMES);
      const good = (isName(name) ? GOOD[name] : undefined) ?? {};
      const data = chance.oneIn(4) ? good : chance.oneIn(8) ? chance.pick(values) : mutateJson(chance, good, values);
      const message = chance.oneIn(20) ? chance.pick(values) : chance.oneIn(30) ? mutateJson(chance, { type: name, data, id: 1, timestamp: 1 }, values) : { type: name, data, ...(chance.oneIn(10) ? {} : { id: 1, timestamp: 1 }) };
      return { message, sender: isOurs ? chance.pick(OURS) : chance.pick(FOREIGN), isOurs };
    },
    async check({ message, sender, isOurs }) {
      const before = calls.length;
      const { type: name, data, timestamp } = (message ?? {}) as { type?: unknown; data?: unknown; timestamp?: unknown };
      const isKnown = isName(name) && typeof timestamp === 'number';
      const answer = await ask(listener, message, sender);
      const called = calls.slice(before);
      const may = isOurs && isKnown && RuntimeMessages[name].safeParse(data).success;
      if (called.length !== Number(may)) return may ? 'refused one of our own pages' : `let ${JSON.stringify(name)} through to the worker`;
      // To a name that every object answers to ("constructor") the library gives the message back; it reaches nothing of ours.
      if (isKnown && (answer?.res?.ok === true) !== may) return 'answered as if it had been done';
      return called.every((one) => one.name === name && isName(one.name) && RuntimeMessages[one.name].safeParse(one.data).success) ? may : 'handed on what is not of the schema';
    },
  };
}
