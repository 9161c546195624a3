import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { VisitorDown } from '#lib/protocol/visitor.ts';
import { OUTPUT } from '#lib/start/paths.ts';
import { payloads } from '../hostile/corpus.ts';
import { fillBots, fillKnowledge, fillReplies, fillTeam, fillVisits, type Taken, type Visit } from '../hostile/fill.ts';
import { runsInSheet } from '../hostile/fuzz-text.ts';
import { inspect, startCanary, watchContext, watchPage, type Canary } from '../hostile/watch-page.ts';
import { launchExtensionBrowser } from '../support/browser.ts';
import { startTestCompanion } from '../support/companion.ts';
import { startFakeCompanion } from '../support/fake-companion.ts';
import { startHostPage } from '../support/host-page.ts';
import { connectRole } from '../support/socket-client.ts';
import { launchVisitorBrowser, openChat } from '../support/visitor.ts';

/** Law 12: what a visitor, a bot or a setting says is text, on every surface there is. */
const NOTHING = { ran: [], dialogs: [], reports: [], requests: [], broken: [] };
const picture = (name: string): string => join(OUTPUT, '../test-results/hostile', `${name}.png`);
let canary: Canary;
test.beforeAll(async () => { canary = await startCanary(); });
test.afterAll(async () => { await canary.close(); });

const base = { id: 'bot', waitingTooLongMs: 180_000, handoff: { enabled: true, mode: 'both', available: true } };
const view = { status: 'escalated', floor: 'team', messageSeq: 0, agentLabel: null, waiting: null, offline: false, email: null };

/** Frames that carry one payload in each field the widget shows; `expect` is what must be on screen when the next frame comes. */
function widgetFrames(text: string): object[] {
  return [
    { type: 'bot', bot: { ...base, name: text, greeting: `g ${text}`, handoff: { ...base.handoff, agentLabel: text, offlineMessage: text } }, expect: { name: text, greeting: `g ${text}` } },
    { type: 'conversation', conversation: { ...view, agentLabel: `l ${text}` } },
    { type: 'typing', by: 'agent', on: true, expect: { label: `l ${text}` } },
    { type: 'conversation', conversation: { ...view, floor: 'bot', offline: true, email: `e ${text}` }, expect: { email: `e ${text}` } },
    { type: 'delta', id: 'growing', text: `d ${text}`, expect: { delta: `d ${text}` } },
  ];
}

/** Every payload as a line of each kind, in one frame. */
function transcript(texts: readonly string[]): { frame: object; fields: number } {
  const kinds: ((text: string) => object)[] = [
    (text) => ({ kind: 'said', author: { kind: 'visitor' }, text: `1 ${text}` }), (text) => ({ kind: 'said', author: { kind: 'bot', name: text }, text: `2 ${text}`, sources: [{ id: 'k', title: `3 ${text}` }] }),
    (text) => ({ kind: 'said', author: { kind: 'agent', id: 'a', name: 'x', label: `4 ${text}` }, text: `5 ${text}` }), (text) => ({ kind: 'happened', what: { type: 'offline', text: `6 ${text}` } }),
    (text) => ({ kind: 'happened', what: { type: 'joined', label: `7 ${text}` } }), (text) => ({ kind: 'happened', what: { type: 'left', label: `8 ${text}` } }), (text) => ({ kind: 'happened', what: { type: 'email', email: `9 ${text}` } }),
  ];
  const messages = texts.flatMap((text) => kinds.map((kind) => kind(text))).map((one, at) => ({ id: `m${at}`, conversationId: 'c', index: at + 1, seq: at + 1, at: 1, ...one }));
  const expected = Object.fromEntries(texts.flatMap((text, at) => Array.from({ length: 9 }, (_, field) => [`${at} ${field + 1}`, `${field + 1} ${text}`])));
  return { fields: 9, frame: { type: 'messages', from: 0, to: messages.length, messages, expect: expected } };
}

/** In the page: after each frame was drawn, is what it brought on screen, letter by letter? */
async function checkFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const checked = { done: 0, missing: [] as string[] };
    let due: Record<string, string> = {};
    const look = (): void => {
      const root = [...document.querySelectorAll('*')].find((one) => one.shadowRoot)?.shadowRoot?.textContent ?? '';
      for (const [field, text] of Object.entries(due)) { checked.done += 1; if (!root.includes(text)) checked.missing.push(`${field}: ${text}`); }
      due = {};
    };
    const Real = WebSocket;
    window.WebSocket = class extends Real {
      // Runs before the widget's own listener: what the frame before brought is on screen by now.
      constructor(url: string | URL) { super(url); this.addEventListener('message', ({ data }) => { look(); due = (JSON.parse(String(data)) as { expect?: Record<string, string> }).expect ?? {}; }); }
    };
    Object.assign(window, { checked });
  });
}
const checked = (page: Page) => page.evaluate(() => (window as unknown as { checked: { done: number; missing: string[] } }).checked);

test('widget on a host page with a strict policy: each payload in each field is text, and nothing runs, loads or is reported', async () => {
  const all = payloads(canary.url).map(({ text }) => text);
  const companion = await startFakeCompanion(join(OUTPUT, 'widget'));
  const policy = `default-src 'none'; script-src ${companion.url}; connect-src ${companion.url} ${companion.url.replace('http', 'ws')}; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`;
  const host = await startHostPage(companion.url, policy);
  const browser = await launchVisitorBrowser();
  const context = await browser.newContext({ viewport: { width: 420, height: 720 } });
  const deeds = await watchContext(context, [companion.url, host.origin]);
  const page = await context.newPage();
  await checkFrames(page);
  await page.goto(host.url('"><img src=x onerror=__hit(0)>'));
  await openChat(page);
  const send = (frame: object): void => companion.send(frame as VisitorDown);
  for (const text of all) widgetFrames(text).forEach(send);
  const { frame, fields } = transcript(all);
  send({ type: 'conversation', conversation: { ...view, messageSeq: 1 } });
  send(frame);
  send({ type: 'typing', by: 'bot', on: false });
  await expect.poll(async () => (await checked(page)).done, { timeout: 40_000 }).toBe(all.length * (fields + 5));
  expect((await checked(page)).missing).toEqual([]);
  const found = await inspect(page, deeds);
  await page.screenshot({ path: picture('widget') });
  for (const text of ['W'.repeat(78), 'نص عربي']) await page.getByText(text).first().scrollIntoViewIfNeeded().then(() => page.screenshot({ path: picture(`widget-${text[0] === 'W' ? 'long' : 'rtl'}`) }));
  expect({ ...deeds, odd: found.odd, asked: canary.asked }).toEqual({ ...NOTHING, odd: [], asked: [] });
  expect(found.links).toBeGreaterThan(20);
  await browser.close();
  await host.close();
  await companion.close();
});

/** In an extension page: opens every conversation of the list and keeps all that was on screen, with the words of fields and hints. */
async function readEverything(page: Page, isDesk: boolean): Promise<string> {
  return await page.evaluate(async (opens) => {
    const seen: string[] = [];
    const read = (): void => {
      seen.push(document.body.textContent);
      for (const one of document.querySelectorAll<HTMLElement>('input, textarea, [title], [aria-label]')) seen.push(one.title, one.ariaLabel ?? '', 'value' in one ? String(one.value) : '');
    };
    const turn = (): Promise<void> => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });
    read();
    if (!opens) return seen.join('\n');
    for (const id of [...document.querySelectorAll<HTMLElement>('[data-conversation]')].map((one) => one.dataset['conversation']!)) {
      const button = document.querySelector<HTMLElement>(`[data-conversation="${id}"]`);
      if (!button) continue;
      button.click();
      // The transcript comes with the first watch of a conversation: its last note says that all of it is there.
      for (let at = 0; at < 200 && !document.querySelector('[role=log]')?.textContent.includes('Only your team sees this'); at++) await turn();
      read();
      document.querySelector<HTMLElement>('[aria-label="Back to the list"]')?.click();
      await turn();
    }
    return seen.join('\n');
  }, isDesk);
}

/** All that the options page shows at these addresses, read as soon as each is there. */
async function readTabs(page: Page, hashes: readonly string[]): Promise<string> {
  return await page.evaluate(async (all) => {
    const seen: string[] = [];
    for (const hash of all) {
      location.hash = hash;
      for (let at = 0; at < 200; at++) {
        await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });
        if (at > 0 && !document.querySelector('[aria-busy=true]') && (!hash.endsWith('/knowledge') || document.querySelector('[role=tabpanel] li'))) break;
      }
      seen.push(document.body.textContent, ...[...document.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? [one.shadowRoot.textContent] : [])));
      for (const one of document.querySelectorAll<HTMLInputElement>('input, textarea')) seen.push(one.value);
    }
    return seen.join('\n');
  }, hashes);
}

/** Of each field, what was taken and is not on screen. */
const missing = (screen: string, taken: Taken, fields: readonly string[]): string[] => fields.flatMap((field) => (taken[field] ?? []).filter((text) => !screen.includes(text)).map((text) => `${field}: ${text}`));

test('side panel, inbox, options, popup, notifications and export: each payload in each field is text, and nothing runs, loads or is reported', async () => {
  test.setTimeout(180_000);
  const all = payloads(canary.url).map(({ text }) => text.trim()).filter(Boolean);
  const companion = await startTestCompanion({ RATE_LIMITS: 'off' });
  const admin = await connectRole(companion, 'admin');
  const taken: Taken = {};
  const bots = await fillBots(admin, all, taken);
  const [cited] = await Promise.all([fillKnowledge(companion.url, admin, bots, all, taken), fillTeam(admin, all, taken)]);
  const visits = Array.from({ length: 45 }, (_, at): Visit => {
    const texts = all.filter((_one, place) => place % 45 === at);
    return { visitorId: `v-${at}`, page: { url: texts[at % texts.length]!, title: texts.join(' ').slice(0, 300) }, language: texts[0]!.slice(0, 35), texts };
  });
  await fillVisits(companion.url, visits, (at) => bots[at % bots.length]!);
  taken['message'] = all;
  taken['page address'] = visits.map(({ page }) => page.url);
  await fillReplies(admin, visits, taken);

  await admin.close();
  const agent = await launchExtensionBrowser();
  const deeds = await watchContext(agent.context, [companion.url, `chrome-extension://${agent.extensionId}/`]);
  await agent.pairAs(companion, 'admin');
  const look = async (page: Page, name: string): Promise<void> => {
    await page.screenshot({ path: picture(name) });
    expect((await inspect(page, deeds, companion.url)).odd, name).toEqual([]);
  };
  const inbox = await agent.openPage('inbox.html');
  await expect(inbox.getByRole('listitem').first()).toBeVisible();
  for (let rows = 0; rows < visits.length;) { await inbox.getByRole('button', { name: 'Load more' }).click({ timeout: 3_000 }).catch(() => undefined); rows = await inbox.locator('[data-conversation]').count(); }
  const desk = await readEverything(inbox, true);
  expect(missing(desk, taken, ['message', 'reply', 'note', 'bot name', 'agent label'])).toEqual([]);
  await inbox.locator('[data-conversation]').nth(20).click();
  await look(inbox, 'inbox');

  const options = await agent.openPage('options.html#/bots');
  await expect(options.getByRole('listitem').first()).toBeVisible();
  await look(options, 'options-bots');
  const tabs = [...bots.flatMap((id) => [`#/bots/${id}/general`, `#/bots/${id}/support`]), ...cited.map((id) => `#/bots/${id}/knowledge`), '#/team', '#/bots', '#/bots/100%', ...all.slice(0, 20).map((text) => `#/bots/${text}`)];
  const settings = await readTabs(options, tabs);
  expect(missing(settings, taken, ['bot name', 'greeting', 'offline message', 'agent label', 'site', 'member name', 'question', 'answer', 'heading', 'section', 'file name'])).toEqual([]);
  await readTabs(options, ['#/team']);
  await look(options, 'options-team');
  await readTabs(options, [`#/bots/${bots[3]!}/general`]);
  await look(options, 'options-general');
  await readTabs(options, [`#/bots/${cited[1]!}/knowledge`]);
  await look(options, 'options-knowledge');
  const welcome = await agent.openPage(`welcome.html#${new URLSearchParams({ server: `${companion.url}/"><img src=x onerror=__hit(0)>`, code: '<script>__hit(0)</script>' }).toString()}`);
  await expect(welcome.getByRole('heading', { name: 'Welcome to Baton' })).toBeVisible();
  await look(welcome, 'welcome');
  await Promise.all([inbox, options, welcome].map((page) => page.close()));

  const panel = await agent.openSidePanel();
  watchPage(panel, deeds);
  await panel.getByRole('tab', { name: /All/ }).click();
  await panel.locator('[data-conversation]').nth(5).click();
  await expect(panel.getByRole('log')).toContainText('Only your team sees this');
  await look(panel, 'side-panel');

  const csv = await (await fetch(`${companion.url}/api/conversations.csv`, { headers: { authorization: `Bearer ${admin.device.token}`, origin: admin.device.origin } })).text();
  const cells = [...csv.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n)/g)].map(([, cell]) => cell!.replaceAll('""', '"'));
  expect(cells.length).toBeGreaterThan(all.length * 2 * 11);
  expect(cells.filter(runsInSheet)).toEqual([]);
  expect(taken['message'].filter((text) => !cells.includes(text.toWellFormed()) && !cells.includes(`'${text.toWellFormed()}`)).map((text) => JSON.stringify(text))).toEqual([]);
  expect({ ...deeds, asked: canary.asked }).toEqual({ ...NOTHING, asked: [] });
  expect(Object.values(taken).reduce((sum, texts) => sum + texts.length, 0)).toBeGreaterThan(5_000);
  await agent.close();
  await companion.close();
});

test('notifications and the popup: what a visitor writes is quoted on one line, and nothing runs, loads or is reported', async () => {
  const all = payloads(canary.url).map(({ text }) => text.trim()).filter(Boolean);
  const companion = await startTestCompanion({ RATE_LIMITS: 'off' });
  const admin = await connectRole(companion, 'admin');
  const bots = await fillBots(admin, all, {});
  await admin.close();
  const agent = await launchExtensionBrowser();
  const deeds = await watchContext(agent.context, [companion.url, `chrome-extension://${agent.extensionId}/`]);
  await agent.pairAs(companion, 'admin');
  // Whatever the browser is given to show by itself: plain strings of known names.
  const worker = await agent.worker();
  await worker.evaluate(() => {
    const given: unknown[] = [];
    Object.assign(globalThis, { given });
    chrome.notifications.create = ((id: string, options: object) => { given.push([id, options]); return Promise.resolve(id); }) as typeof chrome.notifications.create;
  });
  const late = Array.from({ length: 60 }, (_, at): Visit => ({ visitorId: `late-${at}`, page: { url: 'x', title: 'x' }, language: 'en', texts: [all[(at * 9) % all.length]!] }));
  late.push({ visitorId: 'late-forger', page: { url: 'x', title: 'x' }, language: 'en', texts: ['hello\n\nBaton\nAn admin asks you to sign in again'] });
  await fillVisits(companion.url, late, () => bots[0]!);
  const given = (): Promise<[string, Record<string, unknown>][]> => worker.evaluate(() => (globalThis as unknown as { given: [string, Record<string, unknown>][] }).given);
  await expect.poll(async () => (await given()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(late.length);
  for (const [, { title, message, contextMessage, iconUrl, ...rest }] of await given()) {
    expect([title, contextMessage, iconUrl, rest]).toEqual(['A visitor asks for a person', 'Baton', `chrome-extension://${agent.extensionId}/icon/128.png`, { type: 'basic', requireInteraction: true }]);
    expect(message).toMatch(/^Visitor [\w-]{3}: “[^\n\r\u2028\u2029\u202A-\u202E\u2066-\u2069]*”$/);
  }
  const popup = await agent.openPopup();
  watchPage(popup, deeds);
  await expect(popup.getByText('waiting').first()).toBeVisible();
  await popup.screenshot({ path: picture('popup') });
  expect({ ...deeds, asked: canary.asked }).toEqual({ ...NOTHING, asked: [] });
  await agent.close();
  await companion.close();
});
